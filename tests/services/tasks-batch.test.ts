import type { Delivery } from '@gongshu/infra/intake/deliver';
import { at, startReading } from './application-read-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

const city = bodiesOf('zhongwei');
const elsewhere = bodiesOf('wuhai');
const merchant = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: 'zhongwei' } as const;
const auditor = { roles: ['auditor'], jurisdiction: 'zhongwei' } as const;
const person = (subject: string) => ({ ...city.department, subject });
const [one, two, applicant] = [person('t-1'), person('t-2'), person('m-1')];
const caseNo = (n: number): string => `640500-SQ-2024-00000${n}`;
const turn = (n: number): string => `${caseNo(n)}/review/dept-transport`;

let service: Awaited<ReturnType<typeof startReading>>;
let temporal: Delivery['state'] = 'delivered';
let asked: string[] = [];
const post = (who: Who, url: string, body: object, headers: Record<string, string> = {}) =>
  service.call(who, 'POST', url, { body, headers });

type Task = { caseNo: string; acts: string[]; assignee: string | null; standingInFor: string | null };
const tasks = async (who: Who, query = ''): Promise<Task[]> =>
  (await service.call(who, 'GET', `/v1/tasks${query}`)).json<{ items: Task[] }>().items;
const cases = async (who: Who, query = ''): Promise<string[]> =>
  (await tasks(who, query)).map((task) => task.caseNo);

/** Four reviews of the transport department, one acceptance of the operator. */
beforeAll(async () => {
  service = await startReading({
    deliver: async (receipt) => {
      asked.push(receipt);
      if (temporal === 'delivered')
        await service.db
          .updateTable('intake')
          .set({ state: 'delivered' })
          .where('receipt', '=', receipt)
          .execute();
      return { state: temporal, code: null };
    },
  });
  for (const n of [1, 2, 3, 4, 5]) await service.submit(caseNo(n), { reviewers: ['dept-transport'] });
  for (const n of [1, 2, 3, 4])
    await service.play(caseNo(n), 'review', 'dept-transport', { from: `03-0${n}T10:00:00` });
  await service.play(caseNo(5), 'acceptance', 'operator', { from: '03-01T10:00:00' });
  await service.db
    .insertInto('person')
    .values(
      (
        [
          ['zhongwei', 't-1', 'dept-transport'],
          ['zhongwei', 't-2', 'dept-transport'],
          ['zhongwei', 'h-1', 'dept-health'],
          ['wuhai', 'w-1', 'dept-transport'],
        ] as const
      ).map(([jurisdiction, id, organisation]) => ({ jurisdiction, id, organisation })),
    )
    .execute();
  service.clock.now = new Date(at('03-05T10:00:00'));
});
afterAll(() => service.stop());

describe('A5: a turn is given to a person', () => {
  const assign = (who: Who, n: number, to: string | null) =>
    post(who, '/v1/tasks/assignments', { turn: turn(n), person: to });

  it('by its body or the bureau; by nobody else', async () => {
    expect((await assign(city.department, 1, 't-1')).json()).toEqual({ turn: turn(1), assignee: 't-1' });
    expect((await assign(city.bureau, 2, 't-2')).statusCode).toBe(200);
    for (const [who, status] of [
      [city.other, 404],
      [elsewhere.bureau, 404],
      [merchant, 403],
      [auditor, 403],
      [null, 401],
    ] as const)
      expect([status, (await assign(who, 3, 't-1')).statusCode]).toEqual([status, status]);
    expect(
      (await post(city.department, '/v1/tasks/assignments', { turn: 'none', person: 't' })).statusCode,
    ).toBe(404);
    const { items } = (
      await service.call(city.bureau, 'GET', `/v1/applications/${caseNo(1)}/history`)
    ).json();
    expect(items.at(-1)).toMatchObject({ name: 'application.taskAssigned.v1', turn: turn(1) });
  });

  it.each([
    ['nobody that is registered', 'nobody', 'personUnknown'],
    ['a person of another city’s body of the same id', 'w-1', 'personUnknown'],
    ['another body’s person', 'h-1', 'personOfAnotherBody'],
  ])('not to %s', async (_name, to, code) => {
    for (const who of [city.department, city.bureau]) {
      const answer = await assign(who, 3, to);
      expect([answer.statusCode, answer.json()]).toMatchObject([
        422,
        { code, errors: [{ pointer: '/body/person', code }] },
      ]);
    }
    expect((await tasks(one)).find((task) => task.caseNo === caseNo(3))?.assignee).toBeNull();
  });

  it('is that person’s, and of the others the office’s', async () => {
    expect(await cases(one, '?mine=true')).toEqual([caseNo(1)]);
    expect(await cases(two, '?mine=true')).toEqual([caseNo(2)]);
    expect((await tasks(one)).map(({ assignee }) => assignee)).toEqual(['t-1', 't-2', null, null]);
  });

  it('a substitute sees what he stands in for, on the days of the absence, and no longer once it is cancelled', async () => {
    await service.db
      .insertInto('absence')
      .values({
        id: 'QJ-1',
        ...{ jurisdiction: 'zhongwei', organisation: 'dept-transport', person: 't-1', substitute: 't-2' },
        from_on: '2024-03-05',
        until_on: '2024-03-05',
        cancelled_at: null,
      })
      .execute();
    expect(await tasks(two, '?mine=true')).toMatchObject([
      { caseNo: caseNo(1), assignee: 't-1', standingInFor: 't-1' },
      { caseNo: caseNo(2), assignee: 't-2', standingInFor: null },
    ]);
    expect(await cases(one, '?mine=true')).toEqual([caseNo(1)]);
    for (const day of ['03-04T23:59:59', '03-06T00:00:00']) {
      service.clock.now = new Date(at(day));
      expect([day, await cases(two, '?mine=true')]).toEqual([day, [caseNo(2)]]);
    }
    service.clock.now = new Date(at('03-05T10:00:00'));
    await service.db.updateTable('absence').set({ cancelled_at: new Date() }).execute();
    expect(await cases(two, '?mine=true')).toEqual([caseNo(2)]);
  });

  it('and given back to the office', async () => {
    expect((await assign(city.department, 2, null)).json()).toEqual({ turn: turn(2), assignee: null });
    expect(await cases(two, '?mine=true')).toEqual([]);
  });
});

describe('nobody handles the case he applied for', () => {
  it('the case is not in his list, and his decision, return and request are refused', async () => {
    expect(await cases(one)).toHaveLength(4);
    expect(await cases(applicant)).toEqual([]);
    const at1 = `/v1/applications/${caseNo(1)}/reviews/dept-transport`;
    const hash = `sha256:${'d'.repeat(64)}`;
    for (const [path, body] of [
      ['decision', { outcome: 'approve' }],
      ['corrections', { items: [{ item: 'term', text: '补充' }] }],
      ['extension-requests', { days: 3, reason: '核实', documentHash: hash }],
    ] as const) {
      const answer = await post(applicant, `${at1}/${path}`, body);
      expect([path, answer.statusCode, answer.json().code]).toEqual([path, 403, 'actorIsApplicant']);
    }
    const batch = await post(applicant, '/v1/tasks/decisions', {
      decisions: [{ turn: turn(1), outcome: 'approve' }],
    });
    expect(batch.json().decisions[0].problem).toMatchObject({ code: 'actorIsApplicant' });
    const given = await post(city.department, '/v1/tasks/assignments', { turn: turn(1), person: 'm-1' });
    expect(given.json()).toMatchObject({ status: 422, code: 'assigneeUnknown' });
    expect(asked).toEqual([]);
  });
});

describe('several alike are decided in one call', () => {
  const reasons = [{ code: 'measuresInsufficient', text: '安全措施不足' }];
  const decide = (who: Who, decisions: object[], headers: Record<string, string> = {}) =>
    post(who, '/v1/tasks/decisions', { decisions }, headers);
  type Decided = { turn: string; receipt: { receipt: string } | null; problem: { code: string } | null };
  const outcomes = (answer: { json: () => { decisions: Decided[] } }) =>
    answer.json().decisions.map(({ receipt, problem }) => problem?.code ?? (receipt ? 'taken' : 'neither'));

  it('each with its reason, its receipt or its problem; the same call again changes nothing', async () => {
    const given = [
      { turn: turn(1), outcome: 'approve' },
      { turn: turn(2), outcome: 'refuse', reasons },
      { turn: turn(3), outcome: 'refuse' },
      { turn: `${caseNo(5)}/acceptance`, outcome: 'approve' },
      { turn: turn(4), outcome: 'approve', findings: [] },
      { turn: `${caseNo(9)}/review/dept-transport`, outcome: 'approve' },
    ];
    const key = { 'idempotency-key': 'batch-one-1' };
    const answer = await decide(one, given, key);
    expect(answer.statusCode).toBe(200);
    expect(outcomes(answer)).toEqual([
      'taken',
      'taken',
      'reasonsMissing',
      'forbidden',
      'invalidRequest',
      'notFound',
    ]);
    expect(answer.json().decisions[2].problem).toMatchObject({
      article: { article: expect.any(String) },
      title: expect.any(String),
    });
    const [first, second] = answer.json().decisions.map(({ receipt }: Decided) => receipt?.receipt);
    expect(first).not.toBe(second);
    expect(new Set(asked)).toEqual(new Set([first, second]));
    expect((await decide(one, given, key)).body).toBe(answer.body);

    // The stored answer lost, as after a crash: every act is found where it was.
    await (service.db as never as import('kysely').Kysely<any>).deleteFrom('idempotency').execute();
    expect((await decide(one, given, key)).json().decisions[0].receipt.receipt).toBe(first);
    const rows = await service.db
      .selectFrom('intake')
      .select(['turn_id', 'actor_id'])
      .where('act', '=', 'recordDecision')
      .orderBy('turn_id')
      .execute();
    expect(rows).toEqual([
      { turn_id: turn(1), actor_id: 't-1' },
      { turn_id: turn(2), actor_id: 't-1' },
    ]);
    const words = await service.db
      .selectFrom('intake_text')
      .selectAll()
      .where('receipt', '=', second)
      .execute();
    expect(words[0]?.body).toMatchObject({ reasons });
  });

  it('what is not the caller’s own is not there for him', async () => {
    const of = [{ turn: turn(3), outcome: 'approve' }];
    expect(outcomes(await decide(city.other, of))).toEqual(['notFound']);
    expect(outcomes(await decide(elsewhere.department, of))).toEqual(['notFound']);
    expect((await decide(merchant, of)).statusCode).toBe(403);
    expect((await decide(auditor, of)).statusCode).toBe(403);
  });

  it('the operator’s acceptances go the same way', async () => {
    const answer = await decide(city.operator, [{ turn: `${caseNo(5)}/acceptance`, outcome: 'approve' }]);
    expect(outcomes(answer)).toEqual(['taken']);
  });

  it('a turn listed twice, none at all and more than a hundred are refused', async () => {
    const item = { turn: turn(3), outcome: 'approve' };
    for (const decisions of [[item, item], [], Array.from({ length: 101 }, () => item)])
      expect((await decide(one, decisions)).statusCode).toBe(400);
  });

  it('with Temporal away, all are taken in, and only the first waits for it', async () => {
    temporal = 'taken';
    asked = [];
    const answer = await decide(
      one,
      [3, 4].map((n) => ({ turn: turn(n), outcome: 'approve' })),
    );
    temporal = 'delivered';
    expect(answer.json().decisions.map((one: { receipt: { state: string } }) => one.receipt.state)).toEqual([
      'taken',
      'taken',
    ]);
  });
});
