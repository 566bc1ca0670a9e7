import { createHash } from 'node:crypto';
import { procedureActs } from '@gongshu/service-disclosure/desk/act-paths';
import { type ProcedureKind, procedures } from '@gongshu/shared/procedure/kinds';
import { formToken } from '@gongshu/service-disclosure/desk/seal';
import type { Person } from '@gongshu/infra/issuer-people';
import { type Browser, formsOf, type Page } from '../support/browser.ts';
import { type DeskTest, startDesk } from '../support/desk.ts';
import { at } from './application-read-support.ts';

const person = (role: Person['roles'][number], organisation: string, subject: string): Person => ({
  ...{ subject, roles: [role], organisation, jurisdiction: 'zhongwei' },
});
const reviewer = person('sourceDepartment', 'dept-transport', 't-1');
const colleague = person('sourceDepartment', 'dept-transport', 't-2');
const stranger = person('sourceDepartment', 'dept-water', 'w-1');
const operator = person('operator', 'operator', 'o-1');
const merchant = person('merchant', 'merchant-1', 'm-1');
const caseNo = (n: number): string => `640500-SQ-2024-00000${n}`;
const evil = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'&';

let desk: DeskTest;
beforeAll(async () => {
  desk = await startDesk({
    deliver: async (receipt) => {
      await desk.catalog.db
        .updateTable('intake')
        .set({ state: 'delivered' })
        .where('receipt', '=', receipt)
        .execute();
      return { state: 'delivered', code: null };
    },
  });
  const { catalog } = desk;
  for (const n of [1, 2, 3, 4, 5]) await catalog.submit(caseNo(n), { reviewers: ['dept-transport'] });
  for (const n of [1, 2, 3, 4])
    await catalog.play(caseNo(n), 'review', 'dept-transport', { from: `03-0${n}T10:00:00` });
  await catalog.play(caseNo(5), 'check', 'operator', { from: '03-01T10:00:00' });
  await catalog.db
    .updateTable('application_content')
    .set({ contents: JSON.stringify({ scenario: evil, scope: '全市', manner: '接口' }) as never })
    .where('case_no', '=', caseNo(1))
    .execute();
  catalog.clock.now = new Date(at('03-05T10:00:00'));
}, 120_000);
afterAll(() => desk.stop());

describe('G1: signing in', () => {
  it('leads to the issuer and back to the page that was asked for; the cookie is for this host and no script', async () => {
    const one = desk.browser();
    const page = await one.signIn(
      Buffer.from(JSON.stringify(reviewer)).toString('base64url'),
      `/desk/cases/${caseNo(1)}`,
    );
    expect([page.status, new URL(page.url).pathname]).toEqual([200, `/desk/cases/${caseNo(1)}`]);
    expect(page.text).toContain('t-1（数源部门');
    const answer = await fetch(`${desk.deskUrl}/desk/sign-in`, { redirect: 'manual' });
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax; Max-Age=600$/);
    const asked = new URL(answer.headers.get('location') ?? '');
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      ...{ response_type: 'code', code_challenge_method: 'S256', client_id: 'gongshu-desk' },
      ...{ state: expect.any(String), nonce: expect.any(String) },
    });
  });

  it('keeps neither the cookie nor the token readable in the database', async () => {
    const one = await desk.signIn(reviewer);
    const id = one.cookies().get('gongshu-desk') ?? '';
    const row = await desk.disclosureDb
      .selectFrom('desk_session')
      .selectAll()
      .where('id_hash', '=', createHash('sha256').update(id).digest('hex'))
      .executeTakeFirstOrThrow();
    const text = JSON.stringify(row) + row.sealed.toString('latin1');
    expect(text).not.toContain(id);
    expect(text).not.toContain('eyJ');
  });

  it('begins a new session each time, and the one before is over', async () => {
    const one = await desk.signIn(reviewer);
    const before = one.cookies().get('gongshu-desk') ?? '';
    await one.open('/desk/sign-in');
    const after = one.cookies().get('gongshu-desk') ?? '';
    expect(after).not.toBe(before);
    const old = await fetch(`${desk.deskUrl}/desk`, {
      headers: { cookie: `gongshu-desk=${before}` },
      redirect: 'manual',
    });
    expect([old.status, old.headers.get('location')]).toEqual([303, '/desk/sign-in?to=%2Fdesk']);
  });

  it('an answer that nobody began signs nobody in', async () => {
    const one = desk.browser();
    const page = await one.open('/desk/sign-in/return?code=x&state=y');
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('登录未完成')]);
    expect(one.cookies().get('gongshu-desk')).toBeUndefined();
  });

  it('an answer with another state signs nobody in', async () => {
    const begun = await fetch(`${desk.deskUrl}/desk/sign-in`, { redirect: 'manual' });
    const [cookie = ''] = (begun.headers.get('set-cookie') ?? '').split(';');
    const answer = await fetch(`${desk.deskUrl}/desk/sign-in/return?code=x&state=forged`, {
      headers: { cookie, accept: 'text/html' },
      redirect: 'manual',
    });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('登录未完成')]);
  });

  it('leads to no other host afterwards', async () => {
    const account = Buffer.from(JSON.stringify(reviewer)).toString('base64url');
    for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', '/zhongwei']) {
      const page = await desk.browser().signIn(account, `/desk/sign-in?to=${encodeURIComponent(to)}`);
      expect(page.url).toBe(`${desk.deskUrl}/desk`);
    }
  });

  it('signing out ends the session here and at the issuer', async () => {
    const one = await desk.signIn(reviewer);
    const page = await one.send(one.form(await one.open('/desk'), '/desk/sign-out'));
    expect(page.url).toContain(desk.issuerUrl);
    const [form] = formsOf(page);
    const out = await one.send(form as never, { logout: 'yes' });
    expect([new URL(out.url).pathname, out.text]).toEqual([
      '/desk/signed-out',
      expect.stringContaining('您已退出'),
    ]);
    const again = await one.open('/desk');
    expect(again.url).toContain('/sign-in/');
  });

  it('a session that lay idle for half an hour leads to sign-in and back to the page', async () => {
    const one = await desk.signIn(reviewer);
    await desk.disclosureDb
      .updateTable('desk_session')
      .set({ seen_at: new Date(Date.now() - 31 * 60_000) })
      .execute();
    const page = await one.open(`/desk/cases/${caseNo(2)}`); // the issuer still knows him
    expect(new URL(page.url).pathname).toBe(`/desk/cases/${caseNo(2)}`);
    await desk.disclosureDb
      .updateTable('desk_session')
      .set({ ends_at: new Date(Date.now() - 1) })
      .execute();
    const answer = await fetch(`${desk.deskUrl}/desk/absences`, {
      headers: { cookie: `gongshu-desk=${one.cookies().get('gongshu-desk')}` },
      redirect: 'manual',
    });
    expect(answer.headers.get('location')).toBe('/desk/sign-in?to=%2Fdesk%2Fabsences');
  });
});

describe('A5: the work list', () => {
  it('shows what waits by due day, with days left, article, and what is red and why', async () => {
    const one = await desk.signIn(reviewer);
    const page = await one.open('/desk');
    expect(page.status).toBe(200);
    for (const n of [1, 2, 3, 4]) expect(page.text).toContain(caseNo(n));
    expect(page.text).toContain('以后到期（4）');
    expect(page.text).toMatch(/剩 \d+ 个工作日/);
    expect(page.text).toContain('启动期限的告知尚无送达记录');
    expect(page.text).toContain('审核');
    expect(page.html).not.toContain('<script');
    const csv = await one.open('/desk/tasks.csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.html).toContain(caseNo(4));
  });

  it('is narrowed by day, and by whom it lies with', async () => {
    const one = await desk.signIn(reviewer);
    expect((await one.open('/desk?show=office&days=2')).text).toContain('没有待办事项');
    expect((await one.open('/desk?show=mine')).text).toContain('没有待办事项');
    expect((await one.open('/desk?show=overdue')).text).toContain('没有待办事项');
    expect((await one.open('/desk?days=%27')).text).toContain(caseNo(1));
  });
});

it('draws no form for who could never send it', async () => {
  const one = await desk.signIn(reviewer);
  const refused = await one.open(`/desk/acts?service=catalog&path=/v1/applications/${caseNo(1)}/withdrawal`);
  expect(refused.status).toBe(403);
  expect(refused.html).not.toContain('<form class="form"');
});

describe('the case page', () => {
  it('shows facts, clock day by day, history and the acts allowed now; hostile words are words', async () => {
    const one = await desk.signIn(reviewer);
    const page = await one.open(`/desk/cases/${caseNo(1)}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<script>alert(1)</script>');
    expect(page.html).not.toMatch(/<script|<img|onerror=[^&]*alert\(2\)>/);
    expect(page.text).toContain('逐日计算');
    expect(page.text).toMatch(/跳过/);
    for (const act of ['审核', '退回补正', '延期']) expect(page.text).toContain(act);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each([
    ['another body’s', () => stranger, caseNo(1)],
    ['a number of no case', () => reviewer, '640500-SQ-2024-999999'],
    ['no number', () => reviewer, 'nonsense'],
    ['a hostile number', () => reviewer, '%3Cscript%3E'],
  ])('%s is not found', async (_name, who, no) => {
    const one = await desk.signIn(who());
    const page = await one.open(`/desk/cases/${no}`);
    expect(page.status).toBe(404);
    expect(page.html).not.toContain('<script');
  });
});

describe('a form for every act', () => {
  const path = (n: number): string => `/v1/applications/${caseNo(n)}/reviews/dept-transport/decision`;
  const formPage = (one: Browser, address: string): Promise<Page> =>
    one.open(`/desk/acts?service=catalog&path=${encodeURIComponent(address)}`);

  it('posts with its token as the key: sent twice it is one act with one receipt', async () => {
    const one = await desk.signIn(reviewer);
    const form = one.form(await formPage(one, path(1)), '/desk/acts');
    const given = { '/body/outcome': 'approve' };
    const first = await one.send(form, given);
    const second = await one.send(form, given);
    expect([first.status, first.text]).toEqual([200, expect.stringContaining('收件回执')]);
    expect(second.url).toBe(first.url);
    const rows = await desk.catalog.db
      .selectFrom('intake')
      .select('receipt')
      .where('case_no', '=', caseNo(1))
      .where('act', '=', 'recordDecision')
      .execute();
    expect(rows).toHaveLength(1);
  });

  it('tells what the service refuses at its field, in both languages, with the article; what was written stays', async () => {
    const one = await desk.signIn(reviewer);
    const form = one.form(await formPage(one, path(2)), '/desk/acts');
    const bare = await one.send(form, { '/body/outcome': 'refuse' });
    expect(bare.status).toBe(422);
    expect(bare.text).toMatch(/《.+》.*二十一/);
    expect(bare.html).toMatch(/<p lang="en">[^<]+<\/p>/);
    const again = one.form(bare, '/desk/acts');
    const wrong = await one.send(again, {
      '/body/outcome': 'refuse',
      '/body/reasons/0/code': 'no such code',
      '/body/reasons/0/text': evil,
    });
    expect(wrong.status).toBe(400);
    expect(wrong.html).toContain('id="f-/body/reasons/0/code-error"');
    expect(wrong.html).not.toContain('<script');
    expect(Object.fromEntries(one.form(wrong, '/desk/acts').fields)).toMatchObject({
      '/body/outcome': 'refuse',
      '/body/reasons/0/text': evil,
    });
  });

  it('uploads the files that were chosen, and names their hashes', async () => {
    const one = await desk.signIn(reviewer);
    const form = one.form(
      await formPage(one, `/v1/applications/${caseNo(2)}/reviews/dept-transport/extension-requests`),
      '/desk/acts',
    );
    expect(form.multipart).toBe(true);
    const file = new File(['现场核实情况'], '说明.txt', { type: 'text/plain' });
    const page = await one.send(form, {
      '/body/days': '2',
      '/body/reason': '需现场核实',
      '/body/documentHash|file': file,
    });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('收件回执')]);
    const refused = await one.send(form, {
      '/body/days': '2',
      '/body/reason': '需现场核实',
      '/body/documentHash|file': new File(['MZ'], 'x.exe', { type: 'application/x-msdownload' }),
    });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('id="f-/body/documentHash-error"');
    expect(Object.fromEntries(one.form(refused, '/desk/acts').fields)['/body/reason']).toBe('需现场核实');
  });

  it('on the case page a department has the forms of its own entries; another has none', async () => {
    const one = await desk.signIn(reviewer);
    const page = await one.open(`/desk/cases/${caseNo(1)}`);
    expect(one.link(page, '修改目录条目 ZY-0')).toContain('&method=patch');
    const other = await (await desk.signIn(merchant)).open(`/desk/cases/${caseNo(1)}`);
    expect(page.text).toContain('收件回执 SJ-'); // papers by their titles
    expect([other.status, other.html.includes('patch')]).toEqual([200, false]);
  });

  it('prefills the findings that the city’s rules have checked', async () => {
    const one = await desk.signIn(operator);
    const page = await formPage(one, `/v1/applications/${caseNo(5)}/check/decision`);
    const fields = Object.fromEntries(one.form(page, '/desk/acts').fields);
    expect(fields['/body/findings/0/field']).toBe('dataSecurity');
    expect(fields['/body/findings/3/field']).toBe('tradeSecrets');
  });

  it.each<[string, (browser: Browser) => Promise<string | undefined>, number]>([
    ['missing', async () => undefined, 400],
    ['made up', async () => 'AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA', 403],
    ['of another session', async () => formToken('x'.repeat(43), '/desk/absences'), 403],
    [
      'of another form of the same session',
      async (one) => formToken(one.cookies().get('gongshu-desk') ?? '', '/desk/sign-out'),
      403,
    ],
  ])('a token that is %s does nothing', async (_name, token, status) => {
    const one = await desk.signIn(reviewer);
    const form = one.form(await formPage(one, path(3)), '/desk/acts');
    const given = await token(one);
    const fields = form.fields.filter(([name]) => name !== 'token');
    const page = await one.send(
      { ...form, fields },
      { '/body/outcome': 'approve', ...(given !== undefined && { token: given }) },
    );
    expect(page.status).toBe(status);
    const rows = await desk.catalog.db
      .selectFrom('intake')
      .select('receipt')
      .where('case_no', '=', caseNo(3))
      .where('act', '=', 'recordDecision')
      .execute();
    expect(rows).toEqual([]);
  });

  it('a form sent from another site does nothing, whatever its token', async () => {
    const one = await desk.signIn(reviewer);
    const form = one.form(await formPage(one, path(3)), '/desk/acts');
    const page = await one.send(form, { '/body/outcome': 'approve' }, { 'sec-fetch-site': 'cross-site' });
    expect(page.status).toBe(403);
  });

  it('stands for every act of every procedure that the desk knows', async () => {
    const lacking: string[] = [];
    for (const [kind, acts] of Object.entries(procedureActs)) {
      const { service, path: of } = procedures[kind as ProcedureKind];
      const document: any = await (await fetch(`${desk.addresses[service]}/openapi.json`)).json();
      for (const last of new Set(Object.values(acts)))
        if (!document.paths[`${of}/{caseNo}/${last}`]?.post) lacking.push(`${of}/{caseNo}/${last}`);
    }
    expect(lacking).toEqual([]);
  });

  it.each([
    ['no service', '/desk/acts?service=none&path=/v1/applications'],
    ['no route', '/desk/acts?service=catalog&path=/v1/none'],
    ['another host', '/desk/acts?service=catalog&path=//evil.example/v1/applications'],
    ['a way up', '/desk/acts?service=catalog&path=/v1/applications/../../health'],
    ['a file that is a page', '/desk/files/catalog?path=/openapi.json'],
  ])('leads nowhere for %s', async (_name, address) => {
    const one = await desk.signIn(reviewer);
    expect((await one.open(address)).status).toBe(404);
  });
});

describe('several alike in one act', () => {
  it('each with its own reason and receipt; what failed stays on the page with its own', async () => {
    const one = await desk.signIn(reviewer);
    const list = await one.open('/desk');
    const form = one.form(list, '/desk/decisions');
    const keys = [3, 4].map(
      (n) => `catalog~review~${caseNo(n)}/review/dept-transport~${caseNo(n)}~dept-transport`,
    );
    for (const key of keys) expect(form.html).toContain(key);
    const page = await one.send(form, { act: 'decideReview', task: keys });
    expect(page.status).toBe(200);
    const rows = one.form(page, '/desk/decisions');
    const done = await one.send(rows, { '/row0/outcome': 'approve', '/row1/outcome': 'refuse' });
    expect(done.text).toContain('已办理（1 件）');
    expect(done.text).toContain('1 件未办理');
    const again = one.form(done, '/desk/decisions');
    expect(again.action).toContain(encodeURIComponent(caseNo(4)));
    expect(again.action).not.toContain(encodeURIComponent(caseNo(3)));
    const all = await one.send(again, {
      '/row0/outcome': 'refuse',
      '/row0/reasons/0/code': 'scopeTooWide',
      '/row0/reasons/0/text': '范围过宽',
    });
    expect(all.text).toContain('已办理（1 件）');
    const taken = await desk.catalog.db
      .selectFrom('intake')
      .select('case_no')
      .where('act', '=', 'recordDecision')
      .where('case_no', 'in', [caseNo(3), caseNo(4)])
      .execute();
    expect(taken.map((row) => row.case_no).sort()).toEqual([caseNo(3), caseNo(4)]);
    const replayed = await one.send(rows, { '/row0/outcome': 'approve', '/row1/outcome': 'refuse' });
    expect(replayed.text).toContain('已办理（1 件）');
  });
});

describe('each kind of person has a desk', () => {
  it.each<[string, Person, string]>([
    ['reviewer', reviewer, '数源部门'],
    ['service desk', operator, '运营机构'],
    ['merchant', merchant, '数商'],
    ['bureau', person('bureau', 'city-bureau', 'b-1'), '数据主管部门'],
    ['auditor', { subject: 'a-1', roles: ['auditor'], jurisdiction: 'zhongwei' }, '审计员'],
  ])('%s', async (_name, who, words) => {
    const one = await desk.signIn(who);
    for (const path of [
      '/desk',
      '/desk/openings',
      '/desk/cases',
      '/desk/cases?of=application',
      '/desk/notices',
      '/desk/absences',
    ]) {
      const page = await one.open(path);
      expect([path, page.status]).toEqual([path, 200]);
    }
    expect((await one.open('/desk')).text).toContain(words);
  });

  it('a merchant may begin an application, and may not accept one', async () => {
    const one = await desk.signIn(merchant);
    const page = await one.open('/desk/openings');
    expect(page.html).toContain(encodeURIComponent('/v1/applications'));
    expect(page.text).not.toContain('登记单位');
  });
});

describe('A5: substitutes', () => {
  it('one’s own absence is recorded, shown, refused at its field, and cancelled', async () => {
    const bureau = await desk.signIn(person('bureau', 'city-bureau', 'b-1'));
    const opening = async (path: string) =>
      bureau.form(await bureau.open(`/desk/acts?service=registry&path=${path}`), '/desk/acts');
    const registered = await bureau.send(await opening('/v1/parties/imports'), {
      ...{ '/body/parties/0/id': 'city-bureau', '/body/parties/0/kind': 'bureau' },
      ...{ '/body/parties/0/name': '示例市数据局', '/body/parties/0/level': 'city' },
      ...{ '/body/parties/1/id': 'dept-transport', '/body/parties/1/kind': 'sourceDepartment' },
      ...{ '/body/parties/1/name': '示例市交通局', '/body/parties/1/level': 'city' },
    });
    expect(registered.text).toContain('已办理');
    const people = await bureau.send(await opening('/v1/people'), {
      ...{ '/body/people/0/id': 't-1', '/body/people/0/organisation': 'dept-transport' },
      ...{ '/body/people/0/name': '张三', '/body/people/1/id': 't-2' },
      ...{ '/body/people/1/organisation': 'dept-transport', '/body/people/1/name': '李四' },
    });
    expect(people.text).toContain('已办理');
    const one = await desk.signIn(reviewer);
    const form = one.form(await one.open('/desk/absences'), '/desk/absences');
    const given = { '/body/from': '2024-03-06', '/body/until': '2024-03-08', '/body/reasonCode': 'leave' };
    const own = await one.send(form, { ...given, '/body/substitute': 't-1' });
    expect(own.status).toBe(422);
    expect(own.html).toContain('id="f-/body/substitute-error"');
    const page = await one.send(one.form(own, '/desk/absences'), { ...given, '/body/substitute': 't-2' });
    expect(page.text).toContain('已登记');
    expect(page.text).toContain('t-2');
    const cancel = formsOf(page).find(({ action }) => action.includes('/desk/absences/QJ-'));
    expect((await one.send(cancel as never)).text).toContain('已取消');
    expect((await (await desk.signIn(colleague)).open('/desk/absences')).text).toContain('没有登记缺勤');
  });
});
