// Design 5: signing in from several tabs, forms with files, and the portal’s complaint of a merchant who is signed in.
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { accountOf, type Person } from '@gongshu/infra/issuer-people';
import type { Kysely } from 'kysely';
import { folderPrefix } from '@gongshu/service-disclosure/html/upload-folder';
import { formsOf } from '../support/browser.ts';
import { type DeskTest, startDesk } from '../support/desk.ts';
import { testBodies } from '../support/test-bodies.ts';
import { at } from './application-read-support.ts';

const person = (role: Person['roles'][number], organisation: string, subject: string): Person => ({
  ...{ subject, roles: [role], organisation, jurisdiction: 'zhongwei' },
});
const reviewer = person('sourceDepartment', 'dept-transport', 't-1');
const colleague = person('sourceDepartment', 'dept-transport', 't-2');
const merchant = person('merchant', 'merchant-1', 'm-1');
const caseNo = (n: number): string => `640500-SQ-2024-00000${n}`;

let desk: DeskTest;
beforeAll(async () => {
  desk = await startDesk();
  const { catalog } = desk;
  for (const n of [1, 2]) {
    await catalog.submit(caseNo(n), { reviewers: ['dept-transport'] });
    await catalog.play(caseNo(n), 'review', 'dept-transport', { from: `03-0${n}T10:00:00` });
  }
  catalog.clock.now = new Date(at('03-05T10:00:00'));
}, 120_000);
afterAll(() => desk?.stop());

describe('signing in', () => {
  it('a cookie put under the name of another state signs nobody in', async () => {
    const begun = await fetch(`${desk.deskUrl}/desk/sign-in`, { redirect: 'manual' });
    const [cookie = ''] = (begun.headers.get('set-cookie') ?? '').split(';');
    const known = createHash('sha256').update('forged').digest('hex').slice(0, 12);
    const answer = await fetch(`${desk.deskUrl}/desk/sign-in/return?code=x&state=forged`, {
      headers: { cookie: cookie.replace(/-[0-9a-f]{12}=/, `-${known}=`), accept: 'text/html' },
      redirect: 'manual',
    });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('登录未完成')]);
  });

  it('two tabs that sign in at once both come back to their own page', async () => {
    // A browser keeps the issuer's cookies by path, which ours does not: two of ours, with the desk's cookies in common.
    const tabs = [desk.browser(), desk.browser()] as const;
    const [first, second] = [
      await tabs[0].open('/desk/absences'),
      await tabs[1].open(`/desk/cases/${caseNo(1)}`),
    ];
    const both = new Map([...tabs[0].cookies(), ...tabs[1].cookies()]);
    expect(both.size).toBe(2);
    for (const [tab, shown, path] of [
      [tabs[0], first, '/desk/absences'],
      [tabs[1], second, `/desk/cases/${caseNo(1)}`],
    ] as const) {
      for (const [name, value] of both) tab.cookies().set(name, value);
      const [form] = formsOf(shown);
      const page = await tab.send({ ...form, action: shown.url, fields: [] } as never, {
        account: accountOf(reviewer),
      });
      expect([page.status, new URL(page.url).pathname]).toEqual([200, path]);
    }
  });

  it('a browser that began many sign-ins and finished none keeps few cookies of them', async () => {
    const jar = new Map<string, string>();
    for (let n = 0; n < 20; n += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const begun = await fetch(`${desk.deskUrl}/desk/sign-in`, { redirect: 'manual', headers: { cookie } });
      for (const line of begun.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (/Max-Age=0/.test(line)) jar.delete(name);
        else jar.set(name, value);
      }
    }
    const held = [...jar.keys()];
    expect(held.length).toBeLessThanOrEqual(8);
    expect(held.length).toBeGreaterThan(0);
  });

  it('fifty chosen tasks are found again after a sign-in; what is longer than any page leads to the desk', async () => {
    const tasks = Array.from({ length: 50 }, (_none, n) => {
      const number = `640500-SQ-2024-${String(n).padStart(6, '0')}`;
      return `task=${encodeURIComponent(`catalog~review~${number}/review/dept-transport~${number}~dept-transport`)}`;
    });
    const address = `/desk/decisions?act=decideReview&${tasks.join('&')}`;
    expect(address.length).toBeGreaterThan(4_000);
    const page = await desk.browser().signIn(accountOf(reviewer), address);
    expect([page.status, page.url]).toEqual([200, `${desk.deskUrl}${address}`]);
    const beyond = `/desk/sign-in?to=${encodeURIComponent(`/desk?x=${'y'.repeat(9_000)}`)}`;
    expect((await desk.browser().signIn(accountOf(reviewer), beyond)).url).toBe(`${desk.deskUrl}/desk`);
  });
});

describe('forms with files are bounded', () => {
  const extension = `/v1/applications/${caseNo(2)}/reviews/dept-transport/extension-requests`;
  const address = `/desk/acts?service=catalog&path=${encodeURIComponent(extension)}`;
  const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(folderPrefix));

  it('what was uploaded is on the disk no longer, whether it was taken or refused', async () => {
    const before = folders();
    const one = await desk.signIn(reviewer);
    const form = one.form(await one.open(address), '/desk/acts');
    const file = new File(['MZ'.repeat(100_000)], 'x.exe', { type: 'application/x-msdownload' });
    const page = await one.send(form, { '/body/days': '2', '/body/documentHash|file': file });
    expect(page.status).toBe(422);
    // It is taken away once the page has been sent.
    for (let tries = 0; tries < 100 && folders().length > before.length; tries += 1)
      await new Promise((go) => setTimeout(go, 30));
    expect(folders()).toEqual(before);
  });

  it.each<[string, (form: FormData) => Partial<RequestInit>, number]>([
    [
      'longer than the largest file',
      (form) => {
        form.append('/body/documentHash|file', new File(['x'.repeat(22 * 1024 * 1024)], 'a.txt'));
        return { body: form };
      },
      413,
    ],
    [
      'with more words than any form has',
      (form) => {
        form.append('/body/reason', '长'.repeat(600_000));
        return { body: form };
      },
      413,
    ],
    [
      'that is broken off',
      () => ({
        body: '--b\r\ncontent-disposition: form-data; name="token"\r\n\r\nx',
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
      }),
      400,
    ],
    [
      'that does not say how long it is',
      (form) => ({ body: new Response(form).body, duplex: 'half' }) as Partial<RequestInit>,
      400,
    ],
    [
      'with a NUL character',
      (form) => {
        form.append('/body/reason', 'a\u0000b');
        return { body: form };
      },
      400,
    ],
  ])('a form %s is refused, and the desk goes on', async (_name, sending, status) => {
    const one = await desk.signIn(reviewer);
    const given = new FormData();
    for (const [name, value] of one.form(await one.open(address), '/desk/acts').fields)
      given.append(name, value);
    const init = sending(given);
    const chunked = init.body instanceof ReadableStream;
    const boundary = chunked ? { 'content-type': 'multipart/form-data; boundary=b' } : {};
    const page = await one.open(address, {
      ...{ method: 'POST', ...init },
      headers: { ...boundary, ...(init.headers as object) },
    });
    expect(page.status).toBe(status);
    expect((await one.open('/desk')).status).toBe(200);
  });

  it('a session that sends forms without end is told to wait; another one is served', async () => {
    const one = await desk.signIn(colleague);
    const form = one.form(await one.open(address), '/desk/acts');
    const wrong = { ...form, multipart: false, fields: [] };
    const statuses: number[] = [];
    for (let n = 0; n < 121; n += 1) statuses.push((await one.send(wrong)).status);
    expect([...new Set(statuses.slice(0, 120))]).toEqual([400]);
    const last = await one.send(wrong);
    expect([statuses.at(-1), last.status]).toEqual([429, 429]);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = await desk.signIn(reviewer);
    expect((await other.send(wrong)).status).toBe(400);
  });
});

describe('a merchant’s complaint about its own case, by the portal’s form', () => {
  const path = '/zhongwei/complaints/new';
  const own = caseNo(1);
  const given = {
    ...{ about: 'refusal', text: '使用申请被拒绝，未说明理由。', who: 'named', name: '甲', contact: '乙' },
    linkedCase: own,
  };
  beforeAll(async () => {
    const db = desk.disclosureDb as never as Kysely<any>;
    await db
      .insertInto('body')
      .values(testBodies.map((one) => ({ jurisdiction: 'zhongwei', ...one })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await db
      .insertInto('known_case')
      .values({ case_no: own, jurisdiction: 'zhongwei', applicant: 'merchant-1' })
      .execute();
  });

  it('is led to by signing in, names the case, and is kept with it', async () => {
    const page = await desk.browser().open(path);
    expect(page.html).not.toContain('name="linkedCase"');
    const one = desk.browser();
    const link = one.link(page, '数商投诉本单位案件的办理，先登录，即可关联案件');
    const asked = await one.signIn(accountOf(merchant), link);
    expect([new URL(asked.url).pathname, asked.html]).toEqual([
      path,
      expect.stringContaining('name="linkedCase"'),
    ]);
    const taken = await one.send(one.form(asked, path), given);
    expect([taken.status, taken.text]).toEqual([202, expect.stringContaining('投诉已收到')]);
    const rows = await (desk.disclosureDb as never as Kysely<any>)
      .selectFrom('complainant')
      .select(['linked_case', 'organisation'])
      .where('linked_case', '=', own)
      .execute();
    expect(rows).toEqual([{ linked_case: own, organisation: 'merchant-1' }]);
  });

  it.each([
    ['nobody signed in', undefined, own],
    ['another merchant', person('merchant', 'merchant-2', 'm-9'), own],
    ['a case that is none', merchant, '640500-SQ-2024-999999'],
  ])('is refused at its field for %s, and what was written stays', async (_name, who, linkedCase) => {
    const one = who ? await desk.signIn(who) : desk.browser();
    const refused = await one.send(one.form(await one.open(path), path), { ...given, linkedCase });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('id="f-linkedCase-error"');
    expect(Object.fromEntries(one.form(refused, path).fields)).toMatchObject({ ...given, linkedCase });
  });

  it('who handles it reads who complained on a page of its own, each look on record; nobody else does', async () => {
    const db = desk.disclosureDb as never as Kysely<any>;
    const { case_no: number } = await db
      .selectFrom('complainant')
      .select('case_no')
      .where('linked_case', '=', own)
      .executeTakeFirstOrThrow();
    const looks = async () =>
      (await db.selectFrom('outbox').select('id').where('type', '=', 'complaint.identityRead.v1').execute())
        .length;
    const before = await looks();
    const one = await desk.signIn(person('bureau', 'city-bureau', 'b-1'));
    const who = await one.open(`/desk/cases/${number}/complainant`);
    expect(who.status).toBe(200);
    for (const told of ['甲', '乙', 'merchant-1', own]) expect(who.text).toContain(told);
    expect(who.headers.get('cache-control')).toContain('no-store');
    expect(await looks()).toBe(before + 1);
    for (const other of [merchant, reviewer])
      expect([403, 404]).toContain(
        (await (await desk.signIn(other)).open(`/desk/cases/${number}/complainant`)).status,
      );
    expect((await one.open(`/desk/cases/${own}/complainant`)).status).toBe(404);
    expect(await looks()).toBe(before + 1);
  });

  it('without a case is anybody’s: the account of who is signed in is not kept', async () => {
    const one = await desk.signIn(merchant);
    const { linkedCase: _case, ...bare } = given;
    const text = '另一件事，与本单位案件无关。';
    expect((await one.send(one.form(await one.open(path), path), { ...bare, text })).status).toBe(202);
    const { account } = await (desk.disclosureDb as never as Kysely<any>)
      .selectFrom('complainant')
      .select(['account'])
      .orderBy('case_no', 'desc')
      .executeTakeFirstOrThrow();
    expect(account).toBeNull();
  });
});
