// V1: figures are counted from facts that the events of cases tell; once bad is bad, told twice is told once.
import type { EvaluationTables } from '@gongshu/infra/evaluations/tables';
import { evaluationDues } from '@gongshu/infra/evaluations/schedules';
import { keepSchedules } from '@gongshu/infra/schedules';
import { foresee, foreseeNoMore } from '@gongshu/infra/evaluations/due';
import { factIn, factsTold, keepFact } from '@gongshu/service-registry/evaluations/facts-subscriber';
import { figuresOf } from '@gongshu/service-registry/evaluations/figures';
import { evaluationRules } from '@gongshu/shared/evaluation/rules';
import { loadPacks } from '@gongshu/infra/packs';
import { type Kysely, sql } from 'kysely';
import { startRegistry } from '../support/registry.ts';

let city: Awaited<ReturnType<typeof startRegistry>>;
let db: Kysely<EvaluationTables>;
beforeAll(async () => {
  city = await startRegistry();
  db = city.db as never;
  await sql`
    insert into platform.law_clock (real_at, virtual_at, speed)
    values (clock_timestamp(), '2024-03-16T10:00:00+08:00', 0)
    on conflict (one) do update set virtual_at = excluded.virtual_at, speed = 0`.execute(db);
}, 60_000);
afterAll(() => city?.stop());

const event = (type: string, data: object, lawtime = '2024-02-01T10:00:00+08:00') => ({
  ...{ type: `cn.gongshu.${type}`, jurisdiction: 'wuhai', lawtime, data },
});
const tell = async (type: string, data: object, lawtime?: string): Promise<void> => {
  const fact = factIn(event(type, data, lawtime));
  if (!fact) throw new Error(`${type} says nothing`);
  await db.transaction().execute((trx) => keepFact(trx, fact));
};
const checked = (caseNo: string, late: boolean) => ({ caseNo, turn: 'check', reviewer: 'operator', late });

it('counts checks in time, scenarios served and overreach upheld, each with its cases, within the year evaluated', async () => {
  await tell('application.checkPassed.v1', checked('SQ-1', false));
  await tell('application.checkPassed.v1', checked('SQ-1', false));
  await tell('application.checkOverdue.v1', checked('SQ-2', false));
  await tell('application.checkPassed.v1', { ...checked('SQ-2', false) }); // done after it was overdue: bad stays bad
  await tell('onboarding.checkFailed.v1', checked('JZ-1', true));
  await tell('application.checkPassed.v1', checked('SQ-0', false), '2022-01-01T10:00:00+08:00'); // another year
  await tell('application.checkPassed.v1', { ...checked('SQ-9', false), reviewer: 'other' });
  const grant = (grantNo: string, purpose: string) => ({ grantNo, purpose, operator: 'operator' });
  await tell('grant.granted.v1', grant('G-1', 'parking'));
  await tell('grant.granted.v1', grant('G-2', 'parking'));
  await tell('grant.granted.v1', grant('G-3', 'health'));
  const report = (one: string, outcome?: string) => ({
    grantNo: 'G-1',
    report: one,
    operator: 'operator',
    outcome,
  });
  await tell('grant.overreachReported.v1', report('R-1'));
  await tell('grant.overreachReported.v1', report('R-2'));
  await tell('grant.overreachDecided.v1', report('R-1', 'suspended'));
  await tell('grant.overreachDecided.v1', report('R-2', 'dismissed'));
  const figures = await figuresOf(db, {
    ...{ caseNo: 'none', jurisdiction: 'wuhai', rules: evaluationRules(loadPacks().resolve('wuhai')) },
    facts: {
      ...{ agreement: 'YY', operator: 'operator', year: 2023, from: '2023-03-15', until: '2024-03-14' },
      withoutSource: ['publicService'],
    },
  });
  const of = (indicator: string, source: string) =>
    figures.find((one) => one.indicator === indicator)?.sources.find((one) => one.source === source);
  expect(of('performance', 'applicationsOnTime')).toMatchObject({
    value: '1',
    of: 3,
    cases: ['JZ-1', 'SQ-1', 'SQ-2'],
  });
  expect(of('scenarioBenefit', 'scenariosServed')).toMatchObject({
    value: '2',
    of: 3,
    cases: ['G-1', 'G-2', 'G-3'],
  });
  expect(of('securityManagement', 'overreachReports')).toMatchObject({ value: '1', of: 2, cases: ['G-1'] });
  expect(of('securityManagement', 'incidents')).toMatchObject({ noSource: false, value: '0', of: 0 });
});

it('products out in the year, those that are free, and accesses within their grants, each with what stands behind it (E4, D2)', async () => {
  const product = async (no: string, purpose: string, released: string, ended: string | null) => {
    await sql`
      insert into product (product_no, jurisdiction, owner, operator, name, class, purpose, created_at)
      values (${no}, 'wuhai', 'merchant-1', 'operator', '热力', 'api', ${purpose}, ${released})`.execute(db);
    await sql`
      insert into procedure (case_no, kind, jurisdiction, authority, pack_version, start, stage, state, calendar_version,
        opened_by, opened_at)
      values (${`case-${no}`}, 'productEgress', 'wuhai', 'city-bureau', 'v', '{}', 'released', '{}', 'none', 'a', now())`.execute(
      db,
    );
    await sql`
      insert into product_version (case_no, product_no, version, state, listed_at, released_at, ended_at)
      values (${`case-${no}`}, ${no}, 1, ${ended ? 'retired' : 'released'}, ${released}, ${released}, ${ended})`.execute(
      db,
    );
  };
  await product('CP-1', 'publicWelfare', '2023-05-01', null);
  await product('CP-2', 'industry', '2022-05-01', '2023-06-01');
  await product('CP-3', 'publicGovernance', '2022-01-01', '2022-12-31'); // gone before
  await product('CP-4', 'publicWelfare', '2024-05-01', null); // not yet
  for (const [id, at, beyond] of [
    ['1', '2023-04-01', false],
    ['2', '2023-04-02', true],
    ['3', '2022-04-02', false],
  ] as const)
    await sql`
      insert into trace_entry (id, jurisdiction, subject_kind, subject, owner, operator, act, via, at, beyond_grant,
        recorded_by, recorded_body, recorded_at)
      values (${id}, 'wuhai', 'grant', 'G-1', 'merchant-1', 'operator', 'access', 'api', ${at}, ${beyond}, 'a', 'operator', now())`.execute(
      db,
    );
  const rules = evaluationRules(loadPacks().resolve('wuhai'));
  const figures = await figuresOf(db, {
    ...{ caseNo: 'none', jurisdiction: 'wuhai' },
    rules: {
      ...rules,
      sources: { publicService: ['productsInUse', 'freeProducts', 'accessesServed'] },
    } as never,
    facts: {
      ...{ agreement: 'YY', operator: 'operator', year: 2023, from: '2023-03-15', until: '2024-03-14' },
      withoutSource: [],
    },
  });
  expect(figures.find(({ indicator }) => indicator === 'publicService')?.sources).toMatchObject([
    { source: 'productsInUse', value: '2', cases: ['CP-1', 'CP-2'] },
    { source: 'freeProducts', value: '1', of: 2, cases: ['CP-1'] },
    { source: 'accessesServed', value: '1', of: 2, cases: ['G-1'] },
  ]);
});

it('prices tell: reports and settlements in time, years within the cap, tariffs published (F2–F5)', async () => {
  const told = async (type: string, data: object): Promise<void> => {
    for (const fact of factsTold(event(type, { operator: 'operator', ...data })))
      await db.transaction().execute((trx) => keepFact(trx, fact));
  };
  const report = (one: string, late: boolean) => ({ report: one, year: 2022, late });
  await told('costReport.filed.v1', report('CB-1', false));
  await told('costReport.filed.v1', report('CB-2', true));
  await told('costReport.filed.v1', { ...report('CB-9', false), operator: 'other' });
  const settled = (caseNo: string, excessFen: number, late: boolean) => ({
    caseNo,
    year: 2022,
    excessFen,
    late,
  });
  await told('settlement.opened.v1', settled('JS-1', 0, false));
  await told('settlement.confirmed.v1', settled('JS-1', 0, false));
  await told('settlement.opened.v1', settled('JS-2', 0, false));
  await told('settlement.confirmed.v1', settled('JS-2', 5, true));
  await told('settlement.opened.v1', settled('JS-3', 0, false)); // never confirmed
  const tariff = (one: string) => ({ tariff: one, product: 'CP-1' });
  await told('tariff.filed.v1', tariff('SF-1'));
  await told('tariff.published.v1', tariff('SF-1'));
  await told('tariff.filed.v1', tariff('SF-1')); // of another topic, and late
  await told('tariff.published.v1', tariff('SF-2')); // where nothing is filed
  await told('tariff.filed.v1', tariff('SF-3'));
  await told('tariff.returned.v1', tariff('SF-3'));
  for (const type of ['filed', 'returned', 'filed', 'published'])
    await told(`tariff.${type}.v1`, tariff('SF-4')); // put right and published
  const rules = evaluationRules(loadPacks().resolve('wuhai'));
  const figures = await figuresOf(db, {
    ...{ caseNo: 'none', jurisdiction: 'wuhai', rules },
    facts: {
      ...{ agreement: 'YY', operator: 'operator', year: 2023, from: '2023-03-15', until: '2024-03-14' },
      withoutSource: [],
    },
  });
  const performance = figures.find(({ indicator }) => indicator === 'performance')?.sources;
  const of = (source: string) => performance?.find((one) => one.source === source);
  expect(of('costReportsOnTime')).toMatchObject({ value: '1', of: 2, cases: ['CB-1', 'CB-2'] });
  expect(of('revenueWithinCap')).toMatchObject({ value: '1', of: 2, cases: ['JS-1', 'JS-2'] });
  expect(of('settlementsOnTime')).toMatchObject({ value: '1', of: 3, cases: ['JS-1', 'JS-2', 'JS-3'] });
  expect(of('tariffsPublished')).toMatchObject({
    value: '3',
    of: 4,
    cases: ['SF-1', 'SF-2', 'SF-3', 'SF-4'],
  });
  expect(factsTold(event('tariff.ended.v1', tariff('SF-1')))).toEqual([]);
});

it('an event of another kind says nothing', () => {
  expect(factIn(event('application.submitted.v1', { caseNo: 'SQ-1' }))).toBeUndefined();
});

describe('the Schedules of an agreement’s years', () => {
  const agreement = '150300-YY-2023-000001';
  const made: Record<string, { paused: boolean; args: unknown }> = {};
  const triggered: string[] = [];
  const client = {
    schedule: {
      create: async (options: {
        scheduleId: string;
        state: { paused: boolean };
        action: { args: unknown };
      }) => {
        made[options.scheduleId] = { paused: options.state.paused, args: options.action.args };
      },
      getHandle: (id: string) => ({
        trigger: async () => void triggered.push(id),
        delete: async () => void delete made[id],
      }),
    },
  } as never;
  const look = () => keepSchedules({ db, client, sandbox: true }, evaluationDues);

  it('stand paused in the sandbox, and the law’s clock triggers the one that is due, once', async () => {
    await sql`
      insert into procedure (case_no, kind, jurisdiction, authority, pack_version, start, stage, state, calendar_version,
        opened_by, opened_at)
      values (${agreement}, 'operatingAgreement', 'wuhai', 'city-bureau', 'v', '{}', 'inForce', '{}', 'none', 'a', now())`.execute(
      db,
    );
    await db
      .transaction()
      .execute((trx) =>
        foresee(
          trx,
          { agreement, jurisdiction: 'wuhai', operator: 'operator', from: '2023-03-15', until: '2026-03-15' },
          { months: 12, at: Date.parse('2023-03-15T10:00:00+08:00') },
        ),
      );
    await look();
    await look();
    const id = (year: number) => evaluationDues.scheduleId({ agreement, year } as never);
    expect(made).toEqual(
      Object.fromEntries(
        [2023, 2024, 2025].map((year) => [
          id(year),
          { paused: true, args: [{ agreement, jurisdiction: 'wuhai', year }] },
        ]),
      ),
    );
    expect(triggered).toEqual([id(2023)]);
  });

  it('the sandbox’s clock stops at the next opening, and is not settled while one is due', async () => {
    const { rows } = await sql<{ next: Date; unsettled: boolean }>`
      select platform.sandbox_next('2024-04-01T00:00:00+08:00', '2026-12-31T00:00:00+08:00') as next,
             platform.sandbox_unsettled('2024-03-16T00:00:00+08:00') as unsettled`.execute(db);
    expect(rows).toEqual([{ next: new Date('2025-03-15T09:00:00+08:00'), unsettled: true }]);
  });

  it('are gone when the agreement has ended', async () => {
    await db.transaction().execute((trx) => foreseeNoMore(trx, agreement, new Date()));
    await look();
    expect(made).toEqual({});
    const { rows } = await sql<{ unsettled: boolean }>`
      select platform.sandbox_unsettled('2024-03-16T00:00:00+08:00') as unsettled`.execute(db);
    expect(rows).toEqual([{ unsettled: false }]);
  });
});

describe('complaints count for the operators they concern, and only where something was found (V1, S4)', () => {
  const put = (caseNo: string, body: string, role: string) =>
    event('complaint.bodyAsked.v1', { caseNo, body, role, ownWords: false });
  const opened = (caseNo: string) => event('complaint.opened.v1', { caseNo, about: 'service' });
  const closed = (caseNo: string, result: string) =>
    event('complaint.closed.v1', { caseNo, about: 'service', result, reviewed: false });
  const take = async (...events: ReturnType<typeof event>[]): Promise<void> => {
    for (const one of events)
      for (const fact of factsTold(one)) await db.transaction().execute((trx) => keepFact(trx, fact));
  };
  const complaintsOf = async (operator: string) => {
    const figures = await figuresOf(db, {
      ...{ caseNo: 'none', jurisdiction: 'wuhai', rules: evaluationRules(loadPacks().resolve('wuhai')) },
      facts: {
        ...{ agreement: 'YY', operator, year: 2023, from: '2023-03-15', until: '2024-03-14' },
        withoutSource: [],
      },
    });
    return figures.flatMap(({ sources }) => sources).find(({ source }) => source === 'complaints');
  };
  beforeEach(() => sql`delete from registry.evaluation_fact where source like 'complaints%'`.execute(db));

  it('one that was not accepted is found against nobody, closed or not', async () => {
    const declined = event('complaint.notAccepted.v1', { caseNo: 'TS-1', about: 'service', ground: 'other' });
    await take(opened('TS-1'), declined);
    expect(await complaintsOf('operator')).toMatchObject({ value: '0', of: 1 });
    await take(closed('TS-1', 'notAccepted'));
    expect(await complaintsOf('operator')).toMatchObject({ value: '0', of: 1, cases: ['TS-1'] });
    await take(opened('TS-2'), closed('TS-2', 'unfounded'), opened('TS-3'), closed('TS-3', 'founded'));
    expect(await complaintsOf('operator')).toMatchObject({ value: '1', of: 3 });
  });

  it('one put to a source department alone is no operator’s; put to an operator too it is that operator’s', async () => {
    await take(opened('TS-1'), put('TS-1', 'dept-transport', 'sourceDepartment'), closed('TS-1', 'founded'));
    expect(await complaintsOf('operator')).toMatchObject({ value: '0', of: 0, cases: [] });
    await take(opened('TS-2'), put('TS-2', 'dept-transport', 'sourceDepartment'));
    await take(put('TS-2', 'operator', 'operator'), closed('TS-2', 'founded'));
    expect(await complaintsOf('operator')).toMatchObject({ value: '1', of: 1, cases: ['TS-2'] });
    expect(await complaintsOf('another')).toMatchObject({ value: '0', of: 0 });
    // Nobody was asked: everybody's.
    await take(opened('TS-3'), closed('TS-3', 'founded'));
    expect(await complaintsOf('another')).toMatchObject({ value: '1', of: 1, cases: ['TS-3'] });
  });

  it('asked of a body that went into another, it is its successor’s', async () => {
    const replaced = { caseNo: 'TS-1', body: 'operator', by: 'another' };
    await take(opened('TS-1'), put('TS-1', 'operator', 'operator'), closed('TS-1', 'founded'));
    expect(await complaintsOf('another')).toMatchObject({ of: 0 });
    await take(event('complaint.bodyReplaced.v1', replaced));
    expect(await complaintsOf('another')).toMatchObject({ value: '1', of: 1 });
  });
});

it('a check whose last day is the last of the year evaluated is overdue in that year (民法典 二百零三)', () => {
  const at = (type: string) =>
    factsTold(event(type, checked('SQ-1', false), '2024-03-15T00:00:00+08:00')).map((fact) => fact.at);
  expect(at('application.checkOverdue.v1')).toEqual([new Date('2024-03-14T23:59:59.999+08:00')]);
  expect(at('application.checkPassed.v1')).toEqual([new Date('2024-03-15T00:00:00+08:00')]);
});
