// X2: from the first day of a mandate contingency plans that are lacking stand in the work list, and the first drill is foreseen.
import { createLookAtDrill } from '@gongshu/activities/disclosure/look-at-drill';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { loadPacks } from '@gongshu/infra/packs';
import { addressOf } from '@gongshu/service-disclosure/desk/act-paths';
import { planTasks } from '@gongshu/service-disclosure/contingency/tasks';
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
    .items.filter(({ kind }: any) => kind === 'contingencyPlanFiling');
const lacking = async (by = who.operator): Promise<string[]> => (await tasks(by)).map(({ caseNo }) => caseNo);
const handIn = async () => {
  const body = { class: 'platform', document: await the.upload(city, 'operator', '预案') };
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
