// X2, D1: contingency plans by class and version, drills by Schedule, and what became of orders that suspend.
import { createLookAtDrill } from '@gongshu/activities/disclosure/look-at-drill';
import type { OutboxRow } from '@gongshu/infra/cloud-event';
import { drillDues } from '@gongshu/infra/incidents/drills';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { keepSchedules } from '@gongshu/infra/schedules';
import { createOrderAnswersSubscriber } from '@gongshu/service-disclosure/incidents/order-answers';
import { linesOf } from '@gongshu/shared/notices/table';
import { topicOf } from '@gongshu/shared/events';
import { type Kysely, sql } from 'kysely';
import { type Disclosure, disclosurePeople as who, startDisclosure } from '../support/disclosure.ts';
import { feed } from '../support/feed.ts';

let the: Disclosure;
let db: Kysely<IncidentTables>;
beforeAll(async () => {
  the = await startDisclosure(['zhongwei', 'shuozhou', 'wuhai']);
  db = the.db as unknown as Kysely<IncidentTables>;
  await the.law.begin('2024-03-01T09:00:00');
}, 120_000);
afterAll(() => the?.stop());

type City = 'zhongwei' | 'shuozhou' | 'wuhai';
type By = 'bureau' | 'operator' | 'merchant' | 'department' | 'auditor';
const organisations: Record<string, string> = {
  bureau: 'city-bureau',
  operator: 'operator',
  department: 'dept-transport',
};
let papers = 0;
const paper = (city: City, by: By) => {
  papers += 1;
  return the.upload(city, organisations[by] ?? 'merchant-1', `预案 ${papers}`);
};
type Answered = { status: number; [key: string]: any };
const call = async (city: City, by: By, method: 'GET' | 'POST', path: string, body?: object) => {
  const answer = await the.call(who(city)[by], method, path, body);
  return { status: answer.statusCode, ...answer.json<object>() } as Answered;
};
/** Wuhai's is drawn up jointly: there each names the other. */
const joint = (city: City, by: By) =>
  city === 'wuhai' ? { jointWith: [by === 'bureau' ? 'operator' : 'city-bureau'] } : {};
const submit = async (city: City, given: object, by: By = 'operator') =>
  call(city, by, 'POST', '/v1/contingency-plans', {
    ...{ document: await paper(city, by), ...joint(city, by), ...given },
  });
const decide = (
  city: City,
  plan: string,
  outcome: 'approve' | 'return',
  given: object = {},
  by: By = 'bureau',
) => call(city, by, 'POST', `/v1/contingency-plans/${plan}/decision`, { outcome, reasons: [], ...given });
const approved = async (city: City, given: object, by: By = 'operator'): Promise<string> => {
  const { plan } = await submit(city, given, by);
  const { status, code } = await decide(city, plan, 'approve');
  if (status !== 200) throw new Error(`${status} ${code}`);
  return plan;
};
const reasons = [{ code: 'contactsMissing', text: '缺少值守电话' }];
const statesOf = async (city: City) =>
  (await call(city, 'auditor', 'GET', '/v1/contingency-plans'))['items'].map(
    ({ class: one, scenario, version, state }: any) =>
      [one, scenario, version, state].filter((part) => part !== null).join(' '),
  );

describe('[X2 zhongwei] a plan for each class of scenarios and for the platform', () => {
  it('handed in, returned with reasons, handed in again, in force; the next version takes its place', async () => {
    const city = 'zhongwei';
    const scenario = { class: 'scenario', scenario: 'parking' };
    const first = await submit(city, scenario);
    expect(first).toMatchObject({ status: 201, version: 1, state: 'submitted', body: 'operator' });
    expect(await submit(city, scenario)).toMatchObject({ status: 409, code: 'contingencyPlanWaits' });
    expect(await decide(city, first['plan'], 'return')).toMatchObject({
      status: 422,
      code: 'reasonsMissing',
    });
    expect(await decide(city, first['plan'], 'return', { reasons })).toMatchObject({
      ...{ status: 200, state: 'returned', reasons },
    });
    expect(await decide(city, first['plan'], 'approve')).toMatchObject({
      ...{ status: 409, code: 'contingencyPlanNotSubmitted' },
    });
    const second = await approved(city, scenario);
    await approved(city, { class: 'platform' });
    const third = await approved(city, scenario);
    expect(await statesOf(city)).toEqual([
      ...['scenario parking 3 inForce', 'platform 1 inForce', 'scenario parking 2 replaced'],
      'scenario parking 1 returned',
    ]);
    expect(await the.told(third, 'contingencyPlan.inForce.v1')).toMatchObject([
      { class: 'scenario', scenario: 'parking', version: 3, replaces: second, article: '第二十八条' },
    ]);
    expect(await the.told(first['plan'], 'contingencyPlan.returned.v1')).toMatchObject([
      { reasonCodes: ['contactsMissing'] },
    ]);
    const { rows } = await sql<{ told: string }>`
      select string_agg(payload::text, '') as told from outbox where type like 'contingencyPlan.%'`.execute(
      db,
    );
    expect(rows[0]?.told).not.toContain('值守');
  });

  it('two handed in at once: one waits, the other is told so', async () => {
    const given = { class: 'scenario', scenario: 'transit' };
    const both = await Promise.all([submit('zhongwei', given), submit('zhongwei', given)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  it('an incident of its class begins under it', async () => {
    const city = 'zhongwei';
    const incident = await the.open(who(city).operator, '/v1/incidents', {
      ...{ severity: 'general', class: 'platform', knownAt: '2024-03-01T08:30:00+08:00', what: '平台异常' },
      scope: { all: false, resources: [], products: [], bodies: [] },
    });
    const { items } = await call(city, 'bureau', 'GET', '/v1/contingency-plans?class=platform');
    expect(await the.told(incident, 'incident.declared.v1')).toMatchObject([{ plan: items[0].plan }]);
  });

  it('whatever happens in a scenario falls under the plan of its class of scenarios; what none foresees is told', async () => {
    const city = 'zhongwei';
    const declared = async (change: object) => {
      const incident = await the.open(who(city).operator, '/v1/incidents', {
        ...{ severity: 'general', class: 'leak', knownAt: '2024-03-01T08:30:00+08:00', what: '数据外泄' },
        ...{ scope: { all: false, resources: [], products: [], bodies: [] }, ...change },
      });
      const [event] = await the.told(incident, 'incident.declared.v1');
      const kinds = linesOf('incident.declared.v1', event as never).map(({ kind }) => kind);
      return [(event as Record<string, unknown>)['plan'], kinds];
    };
    const { items } = await call(city, 'bureau', 'GET', '/v1/contingency-plans?class=scenario');
    const parking = items.find((one: any) => one.scenario === 'parking' && one.state === 'inForce').plan;
    expect(await declared({ scenario: 'parking' })).toEqual([parking, ['incidentDeclared']]);
    // Sabotage: the class alone, as it was looked up before, finds none.
    expect(await declared({})).toEqual([null, ['incidentDeclared', 'incidentUnforeseen']]);
    expect(await declared({ scenario: 'tourism' })).toEqual([
      null,
      ['incidentDeclared', 'incidentUnforeseen'],
    ]);
  });
});

describe('[X2 zhongwei refuses] [X2 shuozhou refuses] [X2 wuhai refuses] plans beyond the city’s text', () => {
  it.each([
    ['zhongwei', 'operator', { class: 'leak' }, 422, 'contingencyPlanClass'],
    ['zhongwei', 'operator', { class: 'scenario' }, 422, 'contingencyPlanClass'],
    ['zhongwei', 'operator', { class: 'platform', scenario: 'parking' }, 422, 'contingencyPlanClass'],
    ['zhongwei', 'bureau', { class: 'platform' }, 403, 'contingencyPlanNotBy'],
    ['shuozhou', 'bureau', { class: 'leak' }, 403, 'contingencyPlanNotBy'],
    ['wuhai', 'operator', { class: 'platform' }, 422, 'contingencyPlanClass'],
    ['wuhai', 'department', { class: 'leak' }, 403, 'contingencyPlanNotBy'],
    ['wuhai', 'merchant', { class: 'leak' }, 403, 'forbidden'],
    ['wuhai', 'operator', { class: 'leak', document: `sha256:${'0'.repeat(64)}` }, 422, 'documentUnknown'],
    ['wuhai', 'operator', { class: 'leak', document: 'x' }, 400, 'invalidRequest'],
    ['wuhai', 'operator', { class: 'leak', jointWith: [] }, 422, 'contingencyPlanJointWith'],
    ['wuhai', 'operator', { class: 'leak', jointWith: ['operator'] }, 422, 'contingencyPlanJointWith'],
    ['wuhai', 'bureau', { class: 'leak', jointWith: ['city-bureau'] }, 422, 'contingencyPlanJointWith'],
    [
      ...([
        'wuhai',
        'operator',
        { class: 'leak', jointWith: ['city-bureau', 'dept-transport'] },
        422,
      ] as const),
      'contingencyPlanJointWith',
    ],
    ['wuhai', 'operator', { class: 'leak', jointWith: ['nobody'] }, 422, 'contingencyPlanJointWith'],
    ['shuozhou', 'operator', { class: 'leak', jointWith: ['city-bureau'] }, 422, 'contingencyPlanJointWith'],
  ] as const)('%s by the %s: %j is refused', async (city, by, given, status, code) => {
    const before = await statesOf(city);
    const answer = await submit(city, given, by);
    expect([answer.status, answer['code']]).toEqual([status, code]);
    expect(await statesOf(city)).toEqual(before);
  });

  it('the bureau alone decides, and on its own city’s', async () => {
    const { plan } = await submit('wuhai', { class: 'tampering' });
    expect(await decide('wuhai', plan, 'approve', {}, 'operator')).toMatchObject({ status: 403 });
    expect(await decide('shuozhou', plan, 'approve')).toMatchObject({ status: 404 });
    expect(await decide('wuhai', '150300-YA-2024-999999', 'approve')).toMatchObject({ status: 404 });
  });
});

/** What the Schedules start that are due by now; answers how many stood due. */
const round = async (): Promise<number> => {
  const look = createLookAtDrill(the.activityDeps);
  const due = await db
    .selectFrom('drill_due')
    .select(['drill', 'look'])
    .where('state', '=', 'ahead')
    .where('opens_at', '<=', new Date(await the.law.now()))
    .orderBy('opens_at')
    .orderBy('drill')
    .execute();
  for (const one of due) await look(one);
  return due.length;
};
const on = async (instant: string): Promise<number> => {
  await the.law.begin(instant);
  return round();
};
const drills = async (city: City) =>
  (await call(city, 'auditor', 'GET', '/v1/drills'))['items'].map(
    ({ drill, state }: { drill: string; state: string }) => `${drill.slice(10)} ${state}`,
  );
const record = async (
  city: City,
  drill: string,
  heldOn: string,
  by: By = 'operator',
  findings: object[] = [],
) =>
  call(city, by, 'POST', `/v1/drills/${drill}/record`, {
    ...{ heldOn, findings, document: await paper(city, by) },
  });

describe('[X2 shuozhou] a drill every year (朔州 十一（三）5)', () => {
  const city = 'shuozhou';
  const drill = '140600-YL-20241231-operator';

  it('is owed from the first plan in force, once, and stands with its two Schedules', async () => {
    expect(await drills(city)).toEqual([]);
    await approved(city, { class: 'leak' });
    await approved(city, { class: 'platform' });
    expect(await drills(city)).toEqual(['20241231-operator ahead']);
    const created: string[] = [];
    const schedule = {
      create: async ({ scheduleId, action }: any) => {
        created.push(`${scheduleId} ${action.workflowType} ${action.args[0].look}`);
      },
      getHandle: () => ({ trigger: async () => {}, delete: async () => {} }),
    };
    await keepSchedules({ db: db as never, client: { schedule } as never, sandbox: true }, drillDues);
    expect(created.filter((one) => one.includes('140600')).toSorted()).toEqual([
      `drill-${drill}-due drillLook due`,
      `drill-${drill}-reminder drillLook reminder`,
    ]);
  });

  it('reminded thirty days before, and no day earlier', async () => {
    await on('2024-12-01T08:59:59');
    expect(await drills(city)).toEqual(['20241231-operator ahead']);
    await on('2024-12-01T09:00:00');
    expect(await drills(city)).toEqual(['20241231-operator due']);
    expect(await the.told(drill, 'drill.due.v1')).toMatchObject([
      { body: 'operator', dueOn: '2024-12-31', article: '十一（三）5' },
    ]);
  });

  it('recorded once, on a day of its period; nothing is told when that day has passed', async () => {
    for (const day of ['2023-12-31', '2024-12-02'])
      expect(await record(city, drill, day)).toMatchObject({ status: 422, code: 'dateOutside' });
    expect(await record(city, drill, '2024-02-30')).toMatchObject({ status: 400 });
    expect(await record(city, drill, '2024-11-20', 'merchant')).toMatchObject({ status: 403 });
    const findings = [{ code: 'slowCall', text: '电话无人接听' }];
    expect(await record(city, drill, '2024-11-20', 'operator', findings)).toMatchObject({
      ...{ status: 200, state: 'recorded', heldOn: '2024-11-20', findings },
    });
    expect(await record(city, drill, '2024-11-20')).toMatchObject({
      status: 409,
      code: 'drillRecordedBefore',
    });
    expect(await the.told(drill, 'drill.recorded.v1')).toMatchObject([
      { late: false, findings: ['slowCall'] },
    ]);
    await on('2025-01-01T00:00:01');
    expect(await the.told(drill, 'drill.overdue.v1')).toEqual([]);
    expect(await drills(city)).toEqual(['20251231-operator ahead', '20241231-operator recorded']);
  });

  it('not recorded, it is overdue from the next day, told once, and recorded late', async () => {
    const next = '140600-YL-20251231-operator';
    await on('2025-12-01T09:00:00');
    await on('2025-12-31T23:59:59');
    expect(await the.told(next, 'drill.overdue.v1')).toEqual([]);
    expect(await on('2026-01-01T00:00:01')).toBeGreaterThan(0);
    expect(await on('2026-01-02T00:00:01')).toBe(0);
    expect(await the.told(next, 'drill.overdue.v1')).toMatchObject([{ dueOn: '2025-12-31', missed: 1 }]);
    expect((await drills(city)).slice(0, 2)).toEqual([
      '20261231-operator ahead',
      '20251231-operator overdue',
    ]);
    expect(await record(city, next, '2026-01-02')).toMatchObject({ status: 200, state: 'recordedLate' });
    expect(await the.told(next, 'drill.recorded.v1')).toMatchObject([{ late: true }]);
  });

  it('years in which nothing ran are caught up once: told as so many, and one drill is owed', async () => {
    // From 2026 to 2029 nobody looked.
    await on('2029-05-04T09:00:00');
    while ((await round()) > 0);
    const missed = '140600-YL-20261231-operator';
    expect(await the.told(missed, 'drill.overdue.v1')).toMatchObject([{ missed: 3 }]);
    expect(await the.told(missed, 'drill.due.v1')).toEqual([]);
    expect((await drills(city)).slice(0, 2)).toEqual([
      '20291231-operator ahead',
      '20261231-operator overdue',
    ]);
  });
});

it('[X2 wuhai] drills are held by bureau and operator alike, each its own', async () => {
  await approved('wuhai', { class: 'leak' });
  expect(await drills('wuhai')).toEqual(['20291231-operator ahead', '20291231-city-bureau ahead']);
  const own = '150300-YL-20291231-city-bureau';
  expect(await record('wuhai', own, '2029-05-04', 'operator')).toMatchObject({ status: 404 });
  expect(await record('shuozhou', own, '2029-05-04')).toMatchObject({ status: 404 });
  expect(await record('wuhai', own, '2029-05-04', 'bureau')).toMatchObject({ status: 200 });
});

describe('[X2 wuhai] one plan of bureau and operator, whichever files it (乌海 十: 应联合制定)', () => {
  const city = 'wuhai';
  const lacking = async (by: By): Promise<string[]> =>
    (await call(city, by, 'GET', '/v1/tasks?limit=200'))['items']
      .filter(({ kind }: { kind: string }) => kind === 'contingencyPlanFiling')
      .map(({ caseNo }: { caseNo: string }) => caseNo)
      .toSorted();
  const separately = (plan: string, body: string) =>
    db
      .insertInto('contingency_plan')
      .values({
        ...{ plan, jurisdiction: city, body, class: 'damage', scenario: '', version: 1, state: 'inForce' },
        ...{ document: `sha256:${'1'.repeat(64)}`, submitted_at: new Date('2024-01-02T00:00:00Z') },
        ...{ submitted_by: 'x', decided_at: null, decided_by: null, reasons: JSON.stringify([]) as never },
        ...{ replaced_at: null, replaced_by: null },
      })
      .execute();
  const stand = async () =>
    (await call(city, 'auditor', 'GET', '/v1/contingency-plans?class=damage'))['items'].map(
      ({ body, jointWith, version, state }: any) => `${[body, ...jointWith].join('+')} ${version} ${state}`,
    );

  it('settles the ask of both', async () => {
    await db
      .insertInto('operator_mandate')
      .values({
        agreement: 'W-1',
        jurisdiction: city,
        operator: 'operator',
        from_on: '2024-03-01',
        ended_at: null,
      })
      .execute();
    const before = await lacking('operator');
    expect(before).toContain('damage');
    expect(await lacking('bureau')).toEqual(before);
    // Sabotage: what one drew up alone, before it was asked for jointly, settles its own ask and no other.
    await separately('150300-YA-2024-900001', 'operator');
    expect(await lacking('operator')).not.toContain('damage');
    expect(await lacking('bureau')).toContain('damage');
    await approved(city, { class: 'damage' });
    expect(await lacking('operator')).not.toContain('damage');
    expect(await lacking('bureau')).not.toContain('damage');
    expect(await stand()).toEqual(['operator+city-bureau 2 inForce', 'operator 1 replaced']);
  });

  it('the next version may be filed by the other; it takes the place of the one before and waits alone', async () => {
    const next = await submit(city, { class: 'damage' }, 'bureau');
    expect(next).toMatchObject({ status: 201, version: 3, body: 'city-bureau', jointWith: ['operator'] });
    expect(await submit(city, { class: 'damage' })).toMatchObject({
      ...{ status: 409, code: 'contingencyPlanWaits' },
    });
    expect(await decide(city, next['plan'], 'approve')).toMatchObject({ status: 200, state: 'inForce' });
    expect((await stand()).filter((one: string) => one.endsWith('inForce'))).toEqual([
      'city-bureau+operator 3 inForce',
    ]);
    expect(await the.told(next['plan'], 'contingencyPlan.inForce.v1')).toMatchObject([
      { body: 'city-bureau', jointWith: ['operator'], article: '第十部分' },
    ]);
  });

  it('a plan handed in by either is refused under its article unless it names the other', async () => {
    const document = await paper(city, 'operator');
    const alone = await call(city, 'operator', 'POST', '/v1/contingency-plans', { class: 'leak', document });
    expect(alone).toMatchObject({
      ...{ status: 422, code: 'contingencyPlanJointWith', article: { article: '十' } },
      errors: [{ pointer: '/body/jointWith', code: 'required' }],
    });
  });
});

it('plans and drills as CSV, page by page', async () => {
  const csv = async (path: string) => {
    const answer = await the.app.inject({
      ...{ method: 'GET', url: path },
      headers: { accept: 'text/csv', ...(await the.signedIn(who('zhongwei').auditor)) },
    });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      ...[200, expect.stringContaining('text/csv')],
    ]);
    return answer.body
      .replace(/^\uFEFF/, '')
      .trim()
      .split('\r\n');
  };
  const [head, ...rows] = await csv('/v1/contingency-plans');
  expect(head).toContain('预案编号');
  expect(rows).toHaveLength(5);
  expect((await csv('/v1/drills')).slice(1).map((row) => row.split(',').slice(2, 4).join(' '))).toEqual([
    ...['2029-12-31 ahead', '2026-12-31 overdue', '2025-12-31 overdue', '2024-12-31 overdue'],
  ]);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await call('zhongwei', 'auditor', 'GET', `/v1/contingency-plans?limit=2${query}`);
    seen.push(...page['items'].map(({ plan }: { plan: string }) => plan));
    cursor = page['next'];
  } while (cursor !== null);
  expect(new Set(seen).size).toBe(5);
  expect(seen).toEqual(seen.toSorted().toReversed());
  expect(await call('zhongwei', 'merchant', 'GET', '/v1/drills')).toMatchObject({ status: 403 });
});

describe('[D1] what became of orders, as catalog and registry answer', () => {
  const answer = (id: string, service: 'catalog' | 'registry', version: number, given: object): OutboxRow => {
    const data = given as { order: string };
    const type = service === 'catalog' ? 'supplyOrder.obeyed.v1' : 'listOrder.obeyed.v1';
    return {
      ...{ id, aggregateid: data.order, aggregate_version: version, previous_version: version - 1, type },
      ...{ topic: topicOf(service, 'case'), jurisdiction: 'zhongwei', payload: data },
      ...{ occurred_at: new Date('2024-03-01T10:00:00+08:00'), recorded_at: new Date() },
    };
  };
  const order = '640500-AQ-2024-000001/1';
  const missed = [{ kind: 'resource', id: '640500-RES-none', code: 'unknown' }];
  const at = '2024-03-01T10:00:00+08:00';
  const rows = [
    answer('0190a000-0000-7000-8000-000000000001', 'catalog', 1, {
      ...{ order, move: 'ordered', at, held: 2, rested: 1, missed },
    }),
    answer('0190a000-0000-7000-8000-000000000002', 'registry', 1, {
      ...{ order, move: 'ordered', at, held: 0, rested: 0, missed: [] },
    }),
  ];
  const read = (city: City, by: By = 'auditor') =>
    call(city, by, 'GET', `/v1/supply-orders?order=${encodeURIComponent(order)}`);

  it('are kept once each, what was missed with its reason, and read by the city alone', async () => {
    for (let times = 0; times < 2; times += 1) {
      const subscriber = createOrderAnswersSubscriber(db, feed(rows), {
        report: (fault: unknown) => {
          throw fault;
        },
      });
      await subscriber.joined;
      await subscriber.stop();
    }
    expect((await read('zhongwei'))['items']).toMatchObject([
      { order, service: 'registry', move: 'ordered', held: 0, missed: [] },
      { order, service: 'catalog', move: 'ordered', held: 2, rested: 1, missed, at },
    ]);
    expect((await read('shuozhou'))['items']).toEqual([]);
    expect(await read('zhongwei', 'merchant')).toMatchObject({ status: 403 });
    expect(await call('zhongwei', 'auditor', 'GET', '/v1/supply-orders?order=%00')).toMatchObject({
      ...{ status: 400 },
    });
  });
});
