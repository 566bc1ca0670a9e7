import { verifyAudit } from '@gongshu/infra/audit';
import { at, startReading } from './application-read-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

const zhongwei = bodiesOf('zhongwei');
const merchant = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: 'zhongwei' } as const;
const auditor = { roles: ['auditor'], jurisdiction: 'zhongwei' } as const;
const system = { roles: ['systemAdministrator'], jurisdiction: 'zhongwei' } as const;
const elsewhere = bodiesOf('wuhai').bureau;
const caseNo = (n: number): string => `640500-SQ-2024-00000${n}`;

let city: Awaited<ReturnType<typeof startReading>>;
const delivered: string[] = [];
const get = (who: Who, url: string) => city.call(who, 'GET', url);

type Task = { kind: string; caseNo: string; subject: string; acts: string[]; daysLeft: number | null };
const tasks = async (who: Who, query = ''): Promise<Task[]> => {
  const answer = await get(who, `/v1/tasks${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<{ items: Task[] }>().items;
};

/** 1: a review with an extension asked for; 2: out for correction; 3: a check overdue; 4: a review past its deadline; 5: the review that ends first. */
beforeAll(async () => {
  city = await startReading({
    deliver: async (receipt) => {
      delivered.push(receipt);
      await city.db
        .updateTable('intake')
        .set({ state: 'delivered' })
        .where('receipt', '=', receipt)
        .execute();
      return { state: 'delivered', code: null };
    },
  });
  for (const n of [1, 2, 3, 4, 5]) await city.submit(caseNo(n), { reviewers: ['dept-transport'] });
  const asked = await city.take(caseNo(1), 'requestExtension', {
    turn: `${caseNo(1)}/review/dept-transport`,
    when: at('03-11T10:00:00'),
    by: { id: 't-1', role: 'sourceDepartment', organisation: 'dept-transport' },
    text: { reason: '需现场核实' },
  });
  await city.play(caseNo(1), 'review', 'dept-transport', {
    from: '03-05T10:00:00',
    entries: [{ kind: 'extensionRequested', at: at('03-11T10:00:00'), days: 5, receipt: asked }],
  });
  await city.play(caseNo(2), 'acceptance', 'operator', {
    from: '03-11T10:00:00',
    entries: [{ kind: 'returned', at: at('03-11T15:00:00'), id: 'BZ-2', receipt: null }],
  });
  await city.play(caseNo(3), 'check', 'operator', {
    entries: [{ kind: 'overdue', at: at('03-09T00:00:00'), lastDay: '2024-03-08', receipt: null }],
  });
  await city.play(caseNo(4), 'review', 'dept-transport', { from: '02-20T10:00:00' });
  await city.play(caseNo(5), 'review', 'dept-transport', { from: '03-01T10:00:00' });
  city.clock.now = new Date(at('03-12T10:00:00'));
});
afterAll(() => city.stop());

describe('tasks', () => {
  it('are a reviewer’s open turns, soonest first, with the acts allowed now', async () => {
    expect(await tasks(zhongwei.department)).toMatchObject([
      { caseNo: caseNo(4), overdue: true, daysLeft: -5, acts: [] }, // silence has the word
      { caseNo: caseNo(5), daysLeft: 3, acts: ['decideReview', 'returnReview', 'requestExtension'] },
      { caseNo: caseNo(1), daysLeft: 10, acts: ['decideReview', 'returnReview'] },
    ]);
  });

  it('are an operator’s overdue check, still to be done; a turn out for correction waits for the applicant', async () => {
    expect(await tasks(zhongwei.operator)).toMatchObject([
      { kind: 'check', caseNo: caseNo(3), overdue: true, acts: ['checkApplication'] },
    ]);
    expect(await tasks(merchant)).toMatchObject([
      { kind: 'correction', subject: 'BZ-2', acts: ['resubmitApplication', 'withdrawApplication'] },
    ]);
  });

  it('are the bureau’s overdue checks, extension requests and parked acts', async () => {
    const parked = await city.take(caseNo(5), 'recordDecision', {
      turn: `${caseNo(5)}/review/dept-transport`,
      state: 'parked',
    });
    expect(await tasks(zhongwei.bureau)).toMatchObject([
      { kind: 'checkDirection', caseNo: caseNo(3), acts: ['directCheck'] },
      { kind: 'parkedAct', subject: parked, acts: ['deliverIntake', 'strikeIntake'] },
      { kind: 'extensionAnswer', caseNo: caseNo(1), acts: ['decideExtension'] },
    ]);
    await city.db.updateTable('intake').set({ state: 'delivered' }).where('receipt', '=', parked).execute();
  });

  it.each<[string, number[]]>([
    ['?within=3', [4, 5]],
    ['?within=2', [4]],
    ['?overdue=true', [4]],
    ['?within=200', [4, 5, 1]],
  ])('%s', async (query, cases) => {
    expect((await tasks(zhongwei.department, query)).map((task) => task.caseNo)).toEqual(cases.map(caseNo));
  });

  it('come in pages and as CSV', async () => {
    const first = (await get(zhongwei.department, '/v1/tasks?limit=2')).json();
    const rest = await tasks(zhongwei.department, `?limit=2&cursor=${first.next}`);
    expect([...first.items, ...rest].map((task: Task) => task.caseNo)).toEqual([4, 5, 1].map(caseNo));
    const csv = await city.call(zhongwei.department, 'GET', '/v1/tasks', { headers: { accept: 'text/csv' } });
    const lines = csv.body.trim().split('\r\n');
    expect(lines).toHaveLength(4);
    for (const line of lines.slice(1)) expect(line).toMatch(/,(?:受理|合规性核查|审核),/);
  });

  it('of another city, or of nobody, are none', async () => {
    expect(await tasks(elsewhere)).toEqual([]);
    expect(await tasks(auditor)).toEqual([]);
    expect((await get(null, '/v1/tasks')).statusCode).toBe(401);
    for (const [wrong, name] of [
      ['within=-1', 'within'],
      ['within=1.5', 'within'],
      ['within=soon', 'within'],
      ['within=251', 'within'],
      ['overdue=yes', 'overdue'],
      ['witin=3', 'witin'],
      ['limit=0', 'limit'],
    ]) {
      const answer = await get(zhongwei.operator, `/v1/tasks?${wrong}`);
      expect([wrong, answer.statusCode, answer.json().errors]).toMatchObject([
        wrong,
        400,
        [{ pointer: `/query/${name}` }],
      ]);
    }
  });
});

describe('a receipt tells what became of an act', () => {
  it('to the body that acted, the bureau and the auditor', async () => {
    const receipt = await city.take(caseNo(4), 'recordDecision', {
      turn: `${caseNo(4)}/review/dept-transport`,
      by: { id: 't-1', role: 'sourceDepartment', organisation: 'dept-transport' },
      state: 'refused',
      code: 'deadlinePassed',
    });
    const statuses = async (...whos: Who[]) =>
      Promise.all(whos.map(async (who) => (await get(who, `/v1/receipts/${receipt}`)).statusCode));
    expect(await statuses(zhongwei.department, zhongwei.bureau, auditor)).toEqual([200, 200, 200]);
    expect(await statuses(zhongwei.other, merchant, elsewhere)).toEqual([404, 404, 404]);
    expect((await get(zhongwei.department, `/v1/receipts/${receipt}`)).json()).toMatchObject({
      state: 'refused',
      code: 'deadlinePassed',
      problem: { title: { zh: expect.any(String) }, detail: { en: expect.stringContaining('2024-03-06') } },
    });
    expect((await get(zhongwei.bureau, '/v1/receipts/SJ-1')).statusCode).toBe(400);
  });
});

describe('an act that waits', () => {
  const post = (who: Who, url: string, body?: unknown) => city.call(who, 'POST', url, { body });
  const parkedOn = (n: number) => city.take(caseNo(n), 'recordDecision', { state: 'parked' });

  it('is listed for the bureau and the system’s administrator, and delivered again by them', async () => {
    const receipt = await parkedOn(1);
    for (const who of [zhongwei.bureau, system])
      expect((await get(who, '/v1/intake?state=parked')).json().items).toMatchObject([{ receipt }]);
    expect((await get(elsewhere, '/v1/intake')).json().items).toEqual([]);
    expect((await get(merchant, '/v1/intake')).statusCode).toBe(403);
    expect((await post(elsewhere, `/v1/intake/${receipt}/delivery`)).statusCode).toBe(404);
    expect((await post(system, `/v1/intake/${receipt}/delivery`)).json()).toMatchObject({
      state: 'delivered',
    });
    expect(delivered).toEqual([receipt]);
    expect((await post(system, `/v1/intake/${receipt}/delivery`)).json()).toMatchObject({
      code: 'intakeSettled',
    });
  });

  it('is struck out once, with a reason, as an event of its case', async () => {
    const receipt = await parkedOn(2);
    const url = `/v1/intake/${receipt}/strike`;
    expect((await post(zhongwei.bureau, url, {})).statusCode).toBe(400);
    expect((await post(system, url, { reason: '重复' })).statusCode).toBe(403);
    expect((await post(zhongwei.bureau, url, { reason: '重复提交' })).json()).toMatchObject({
      state: 'struckOut',
    });
    expect((await post(zhongwei.bureau, url, { reason: '重复提交' })).json()).toMatchObject({
      code: 'intakeSettled',
    });
    const { items } = (await get(zhongwei.bureau, `/v1/applications/${caseNo(2)}/history`)).json();
    expect(items.at(-1)).toMatchObject({ name: 'application.actStruckOut.v1', receipt });
    const words = await city.db
      .selectFrom('intake_text')
      .select('body')
      .where('receipt', '=', receipt)
      .executeTakeFirst();
    expect(words?.body).toEqual({ strikeReason: '重复提交' });
    expect((await verifyAudit(city.db as never)).broken).toBeNull();
  });

  it('that is still on its way is not struck out', async () => {
    const receipt = await city.take(caseNo(1), 'recordDecision', { state: 'taken' });
    const answer = await post(zhongwei.bureau, `/v1/intake/${receipt}/strike`, { reason: 'x' });
    expect(answer.json()).toMatchObject({ code: 'intakeSettled', status: 409 });
  });
});

describe('Zhongwei art. 21: a certificate of silence', () => {
  it('is content for those who handle the case, and a yes or no to everyone else', async () => {
    const end = { outcome: 'deemedApproved', at: at('03-16T00:00:00'), receipt: null } as const;
    await city.play(caseNo(5), 'review', 'dept-transport', { end });
    const url = `/v1/certificates/MS-${caseNo(5)}-review-dept-transport`;
    const { hash, content } = (await get(merchant, url)).json();
    expect(content).toMatchObject({ outcome: 'deemedApproved', lastDay: '2024-03-15' });
    expect((await get(null, url)).statusCode).toBe(404);
    expect((await get(null, `${url}?hash=${hash}`)).json()).toEqual({
      id: `MS-${caseNo(5)}-review-dept-transport`,
      valid: true,
    });
    const other = `sha256:${'0'.repeat(64)}`;
    expect((await get(null, `${url}?hash=${other}`)).json()).toMatchObject({ valid: false });
    expect((await get(null, `/v1/certificates/MS-none?hash=${hash}`)).json()).toMatchObject({ valid: false });
    expect((await get(elsewhere, url)).statusCode).toBe(404);
    expect((await get(null, `${url}?hash=abc`)).statusCode).toBe(400);
  });
});

describe('a file that is out for correction', () => {
  const again = (kind: string | null, item: string) =>
    city.call(zhongwei.operator, 'POST', `/v1/applications/${caseNo(2)}/acceptance/corrections`, {
      body: { ...(kind !== null && { kind }), items: [{ item, text: '请补充' }] },
    });
  const asked = () =>
    city.db.selectFrom('intake').select('receipt').where('act', '=', 'returnForCorrection').execute();

  it('is not returned a second time for the same by a clerk who clicks twice', async () => {
    const item = 'term';
    const before = await asked();
    await city.db
      .updateTable('correction')
      .set({ items: JSON.stringify([{ item, text: '请补充' }]) as never })
      .where('id', '=', 'BZ-2')
      .execute();
    const answer = await again(null, item);
    expect([answer.statusCode, answer.json()]).toMatchObject([
      409,
      { code: 'alreadyReturned', article: { article: '三十二' } },
    ]);
    expect(await asked()).toEqual(before);
    // Another kind has another effect on the clock: of mixed corrections, restart wins.
    expect((await again('scopeChanged', item)).statusCode).toBe(200);
    expect(await asked()).toHaveLength(before.length + 1);
  });
});
