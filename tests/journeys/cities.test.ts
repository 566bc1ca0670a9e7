/**
 * Five cities side by side on one installation, each by its own pack: plan, selection, agreement, application,
 * evaluation, renewal or exit, through HTTP and events, in sandbox time (P1–V2). The fifth is a folder of YAML.
 */
import { valuesOf } from '@gongshu/shared/packs/pack';
import { type Stack, startStack, until } from '../support/stack.ts';
import { bringCities, type City, type CityName, cityNames, fifthCity } from '../support/stack-cities.ts';

let stack: Stack;
let cities: Record<CityName, City>;
/** Numbers of cases by city, as the steps open them. */
const cases = {} as Record<
  CityName,
  { plan?: string; selection?: string; agreement?: string; evaluation?: string }
>;

beforeAll(async () => {
  stack = await startStack('cities', {
    env: { GONGSHU_PACKS_DIR: fifthCity },
    empty: true,
    startsAt: new Date('2025-03-03T08:00:00+08:00'),
  });
  cities = await bringCities(stack);
  for (const name of cityNames) cases[name] = {};
}, 120_000);
afterAll(() => stack?.down(), 60_000);

const votes = Array.from({ length: 7 }, (_, n) => ({
  member: `member-${n}`,
  vote: n < 6 ? 'for' : 'absent',
}));

describe.each(cityNames)('%s: the implementation plan (P1, P2)', (name) => {
  it('takes the route of its pack, step by step, into force', async () => {
    const { pack, seats, must, tried, read, upload } = cities[name];
    const rules = valuesOf(pack, 'implementationPlan');
    const whole = {
      title: '公共数据资源授权运营实施方案',
      items: Object.fromEntries(rules.contents.map(({ item }) => [item, { text: `关于${item}` }])),
      feasibility: Object.fromEntries(rules.feasibility.map((topic) => [topic, `关于${topic}`])),
    };
    const [left] = rules.contents;
    const lacking = { ...whole, items: { ...whole.items, [left?.item ?? '']: undefined } };
    const refused = await tried(seats.bureau, '/v1/plans', { contents: lacking });
    expect(refused).toMatchObject({ status: 422, body: { code: 'planIncomplete' } });
    const { caseNo } = await must(seats.bureau, '/v1/plans', { contents: whole });
    cases[name].plan = caseNo;
    const minutes = await upload(seats.bureau);
    const document = await upload(seats.government);
    for (const { step } of rules.route) {
      expect(await read(seats.auditor, `/v1/plans/${caseNo}`)).toMatchObject({ stage: step });
      if (step === 'collectiveDecision')
        await must(seats.bureau, `/v1/plans/${caseNo}/deliberation`, {
          heldOn: '2025-03-03',
          votes,
          minutes,
        });
      if (step === 'governmentApproval')
        await must(seats.government, `/v1/plans/${caseNo}/approval`, { outcome: 'approve', document });
      if (step === 'filing') break;
    }
    const before = await read(seats.bureau, `/v1/plans/${caseNo}`);
    expect(before.stage).toBe('filing');
    expect(before.state.inForceAt === null).toBe(rules.filingLimit.waitsForReceipt);
    await must(seats.bureau, `/v1/plans/${caseNo}/filing`);
    await until(
      () => read(seats.bureau, '/v1/filings'),
      ({ items }) => items.some((one: any) => one.caseNo === caseNo && one.state === 'sent'),
    );
    const answer = await upload(seats.bureau);
    const receipt = { on: '2025-03-03', document: answer, number: '省备〔2025〕7号' };
    await must(seats.bureau, `/v1/plans/${caseNo}/filing/receipt`, receipt);
    expect(await read(seats.auditor, `/v1/plans/${caseNo}`)).toMatchObject({ outcome: 'inForce' });
    // Published: whoever has no token reads it.
    const { items } = await read(null, `/v1/publications?jurisdiction=${name}`);
    expect(items).toEqual([expect.objectContaining({ jurisdiction: name, subject: caseNo })]);
  });
});
