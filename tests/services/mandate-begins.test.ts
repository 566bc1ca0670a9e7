// X2: from the first day of a mandate contingency plans that are lacking stand in the work list, and the first drill is foreseen.
import { createLookAtDrill } from '@gongshu/activities/disclosure/look-at-drill';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { loadPacks } from '@gongshu/infra/packs';
import { addressOf } from '@gongshu/service-disclosure/desk/act-paths';
import { inLanguage } from '@gongshu/service-disclosure/desk/language';
import { wordsOfLacking } from '@gongshu/service-disclosure/desk/views/task-list';
import { planTasks } from '@gongshu/service-disclosure/contingency/tasks';
import { keepScenario } from '@gongshu/service-disclosure/contingency/scenarios-subscriber';
import { keepMandate } from '@gongshu/service-disclosure/evidence/mandates-subscriber';
import type { Kysely } from 'kysely';
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';

const packs = loadPacks();
const city = 'zhongwei';
const who = disclosurePeople(city);
let the: Disclosure;
beforeAll(async () => {
  the = await startDisclosure([city]);
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(() => the?.stop());

const tell = (name: 'inForce' | 'ended', caseNo: string, from = '2025-03-01') =>
  the.db.transaction().execute((trx) =>
    keepMandate(trx as never, packs, {
      ...{ type: `cn.gongshu.operatingAgreement.${name}.v1`, jurisdiction: city },
      ...{ lawtime: '2025-03-03T09:00:00+08:00', data: { caseNo, operator: 'operator', from } },
    }),
  );
const tasks = async (by = who.operator): Promise<any[]> =>
  (await the.call(by, 'GET', '/v1/tasks?limit=200'))
    .json()
    .items.filter(({ kind, article }: any) => kind === 'contingencyPlanFiling' && article === '第二十八条');
const lacking = async (by = who.operator): Promise<string[]> => (await tasks(by)).map(({ caseNo }) => caseNo);
const handIn = async (given: object = { class: 'platform' }) => {
  const body = { document: await the.upload(city, 'operator', '预案'), ...given };
  return (await the.call(who.operator, 'POST', '/v1/contingency-plans', body)).json<{ plan: string }>().plan;
};
const decide = (plan: string, outcome: 'approve' | 'return') =>
  the.call(who.bureau, 'POST', `/v1/contingency-plans/${plan}/decision`, {
    ...{ outcome, reasons: outcome === 'return' ? [{ code: 'contactsMissing', text: '缺少值守电话' }] : [] },
  });
const drills = async () => (await the.call(who.auditor, 'GET', '/v1/drills')).json().items;

it('[X2 zhongwei] nobody lacks a plan before a mandate, nor in a city that the installation does not hold', async () => {
  expect(await lacking()).toEqual([]);
  const actor = { ...who.operator, id: 'x', organisation: 'operator' } as never;
  expect(planTasks(packs)(actor, '2025-03-03', undefined)).toHaveLength(1);
  const elsewhere = { ...who.operator, id: 'x', organisation: 'operator', jurisdiction: 'nowhere' } as never;
  expect(planTasks(packs)(elsewhere, '2025-03-03', undefined)).toEqual([]);
});

it('[X2 zhongwei] each class without a plan, from the first day on; handed in it is done, returned it is not', async () => {
  for (const _twice of [1, 2]) await tell('inForce', 'A-1', '2025-03-05');
  expect(await lacking()).toEqual([]); // the day has not come
  await the.law.begin('2025-03-05T00:00:01');
  expect((await lacking()).toSorted()).toEqual(['platform', 'scenario']);
  for (const task of await tasks()) {
    expect(task.acts).toEqual(['submitContingencyPlan']);
    expect(addressOf('disclosure', task, task.acts[0])).toEqual({
      ...{ service: 'disclosure', path: '/v1/contingency-plans' },
    });
  }
  expect(await lacking({ ...who.operator, organisation: 'operator-2' } as never)).toEqual([]);
  expect(await lacking(who.merchant as never)).toEqual([]);
  const plan = await handIn();
  expect(await lacking()).toEqual(['scenario']);
  await decide(plan, 'return');
  expect((await lacking()).toSorted()).toEqual(['platform', 'scenario']);
  await decide(await handIn(), 'approve');
  expect(await lacking()).toEqual(['scenario']);
});

describe('[X2 zhongwei] a plan settles the class of scenarios it names (中卫 二十八: 根据场景分类)', () => {
  const scenario = (name: string, code: string) =>
    the.db.transaction().execute((trx) =>
      keepScenario(trx as never, {
        ...{ type: `cn.gongshu.scenario.${name}.v1`, jurisdiction: city },
        data: { scenario: `CJ-${code}`, code },
      }),
    );
  const authorised = (agreement: string, operator: string, scenarios: string[]) =>
    (the.db as any)
      .insertInto('public_mandate')
      .values({
        ...{ agreement, operator, scenarios, jurisdiction: city, mode: 'byScenario', fields: [] },
        ...{ from_on: '2025-03-01', until_on: '2028-03-01', state: 'inForce', ground: null, document: null },
        ...{ article: null, instrument: null, told_at: new Date('2025-03-01T00:00:00Z'), sequence: 1 },
      })
      .execute();
  const ended = (agreement: string) =>
    (the.db as any)
      .updateTable('public_mandate')
      .set({ state: 'ended' })
      .where('agreement', '=', agreement)
      .execute();
  const owed = async () => (await lacking()).toSorted();

  it('the classes are those of scenarios collected, as long as they stand; each is asked for by itself', async () => {
    expect(await owed()).toEqual(['scenario']);
    for (const _twice of [1, 2])
      for (const code of ['parking', 'transit', 'clinics']) await scenario('collected', code);
    await scenario('proposed', 'schools'); // appraised first: it stands once it is approved
    expect(await owed()).toEqual(['scenario/clinics', 'scenario/parking', 'scenario/transit']);
    for (const task of await tasks()) {
      expect(addressOf('disclosure', task, task.acts[0])?.path).toBe('/v1/contingency-plans');
      expect(task.subject).toBe(`contingency-plan-zhongwei-operator-${task.caseNo.replace('/', '-')}`);
    }
    await scenario('withdrawn', 'clinics');
    expect(await owed()).toEqual(['scenario/parking', 'scenario/transit']);
  });

  it('a plan for one leaves the others asked for; returned, its own is asked for again', async () => {
    const plan = await handIn({ class: 'scenario', scenario: 'parking' });
    expect(await owed()).toEqual(['scenario/transit']);
    await decide(plan, 'return');
    expect(await owed()).toEqual(['scenario/parking', 'scenario/transit']);
    await decide(await handIn({ class: 'scenario', scenario: 'parking' }), 'approve');
    expect(await owed()).toEqual(['scenario/transit']);
  });

  it('sabotage: where no class is known the same one plan settles them all', async () => {
    for (const code of ['parking', 'transit']) await scenario('withdrawn', code);
    expect(await owed()).toEqual([]);
    for (const code of ['parking', 'transit']) await scenario('collected', code);
    expect(await owed()).toEqual(['scenario/transit']);
  });

  it('those a mandate is given for are known too, and are its operator’s alone', async () => {
    await authorised('XY-1', 'operator', ['elderlyCare']);
    await authorised('XY-2', 'operator-2', ['transit', 'logistics']);
    expect(await owed()).toEqual(['scenario/elderlyCare']);
    await ended('XY-2');
    expect(await owed()).toEqual(['scenario/elderlyCare', 'scenario/transit']);
    await ended('XY-1');
  });

  it('the desk says the class in words', () => {
    expect(wordsOfLacking('scenario/parking')).toBe('场景 · parking');
    expect(inLanguage('en', () => wordsOfLacking('scenario/parking'))).toBe('A class of scenarios · Parking');
    expect(wordsOfLacking('platform')).toBe('平台');
  });
});

it('[X2 zhongwei] the first drill is that of the mandate’s year, once; none is missed by whom nothing is given to operate', async () => {
  expect(await drills()).toMatchObject([{ body: 'operator', dueOn: '2025-12-31', state: 'ahead' }]);
  const { drill } = (await drills())[0];
  await tell('ended', 'A-1');
  expect(await lacking()).toEqual([]);
  const look = createLookAtDrill({
    ...{
      db: { disclosure: the.db } as never,
      time: async () => ({ now: Date.parse('2026-01-01T00:00:01+08:00') }),
    },
  } as never);
  expect(await look({ drill, look: 'due' })).toEqual({ told: false });
  expect(await the.told(drill, 'drill.overdue.v1')).toEqual([]);
  expect(await drills()).toHaveLength(1);
  // Under a mandate that runs the same look does tell: the twin of what was just silent.
  await tell('inForce', 'A-2');
  await (the.db as unknown as Kysely<IncidentTables>)
    .updateTable('drill_due')
    .set({ state: 'ahead' })
    .where('drill', '=', drill)
    .execute();
  expect(await look({ drill, look: 'due' })).toEqual({ told: true });
});
