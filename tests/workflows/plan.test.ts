// P1, P2: the plan takes its pack's route; late is overdue, never deemed; versions are kept.
import { peopleOf, type Procedures, startProcedures } from '../support/procedures.ts';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { loadPacks } from '@gongshu/infra/packs';

const { bureau, government, auditor } = peopleOf('zhongwei');
const packs = loadPacks();
const { contents: items, feasibility } = valuesOf(packs.resolve('zhongwei'), 'implementationPlan');
const contents = {
  title: '公共数据资源授权运营实施方案',
  items: Object.fromEntries(items.map(({ item }) => [item, { text: `关于${item}的内容` }])),
  feasibility: Object.fromEntries(feasibility.map((topic) => [topic, `关于${topic}的论证`])),
};

let the: Procedures;
beforeAll(async () => {
  the = await startProcedures(['zhongwei'], { replayed: true });
}, 120_000);
afterAll(() => the.stop());

const votes = (inFavour: number, against: number, absent: number) => [
  ...Array.from({ length: inFavour }, (_, n) => ({ member: `for-${n}`, vote: 'for' })),
  ...Array.from({ length: against }, (_, n) => ({ member: `against-${n}`, vote: 'against' })),
  ...Array.from({ length: absent }, (_, n) => ({ member: `absent-${n}`, vote: 'absent' })),
];

it('goes by collective decision and government into force, and is withdrawn by nobody then', async () => {
  await the.law.begin('2024-03-01T09:00:00');
  const caseNo = await the.open(bureau, '/v1/plans', { contents }, 'plan-in-force');
  const minutes = await the.upload('zhongwei', 'city-bureau', '会议纪要');
  const few = await the.post(bureau, `/v1/plans/${caseNo}/deliberation`, {
    ...{ heldOn: '2024-03-01', minutes, votes: votes(3, 0, 4) },
  });
  expect(few).toMatchObject({ status: 422, code: 'quorumNotMet' });
  expect(
    await the.post(government, `/v1/plans/${caseNo}/approval`, { outcome: 'approve', document: minutes }),
  ).toMatchObject({
    status: 422,
  });
  const carried = await the.post(bureau, `/v1/plans/${caseNo}/deliberation`, {
    ...{ heldOn: '2024-03-01', minutes, votes: votes(5, 1, 1) },
  });
  expect(carried).toMatchObject({ status: 200 });
  const document = await the.upload('zhongwei', 'city-government', '批复');
  expect(
    await the.post(government, `/v1/plans/${caseNo}/approval`, { outcome: 'approve', document }),
  ).toMatchObject({ status: 200 });
  expect(await the.story(caseNo)).toEqual(['opened', 'deliberated', 'approved', 'inForce']);
  expect(await the.told(caseNo, 'plan.inForce.v1')).toMatchObject([{ caseNo, version: 1 }]);
  const view = await the.call(auditor, 'GET', `/v1/plans/${caseNo}`);
  expect(view.json()).toMatchObject({ stage: 'filing', outcome: null });
  // The clock of what it waits for, day by day (A7): a Friday's first day is the Monday after.
  const [period] = view.json<{
    periods: { budget: number; lastDay: string; days: { date: string; counted: boolean }[] }[];
  }>().periods;
  const counted = period?.days.filter((day) => day.counted).map(({ date }) => date) ?? [];
  expect([counted[0], counted.length, counted.at(-1)]).toEqual([
    '2024-03-04',
    period?.budget,
    period?.lastDay,
  ]);
  expect(period?.days.find(({ date }) => date === '2024-03-02')).toMatchObject({
    counted: false,
    reason: 'weekend',
  });
});
