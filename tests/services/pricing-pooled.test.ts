// F2, F5: what is over the cap is deducted, 65号 first; in a made-up city whose own text goes first it is pooled, and then owed to nobody.
import { loadPacks, sha256 } from '@gongshu/infra/packs';
import { carriedExcess } from '@gongshu/service-pricing/settlements/carried';
import { figuresOf } from '@gongshu/service-pricing/settlements/figures';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { packSetOf } from '@gongshu/shared/packs/resolve';
import { withChange } from '../packs/sabotage.ts';
import { pricingPeople } from '../support/pricing.ts';
import { type Settling, startSettling } from '../support/settlements.ts';

const jurisdiction = 'shuozhou';
const shipped = loadPacks();
const made = packSetOf(withChange('shuozhou/pricing.yaml', '{ to: pool,', '{ to: pool, first: pool,'), {
  ...{ mode: 'development', adopted: {}, sha256 },
});
const { operator, finance } = pricingPeople(jurisdiction);
const parties = [
  { id: 'city-government', kind: 'government', factor: '1' },
  { id: 'operator', kind: 'operator', factor: '1' },
];
const of = { jurisdiction, operator: 'operator', year: 2023 };

let the: Settling;
beforeAll(async () => {
  the = await startSettling([jurisdiction], { packs: made });
}, 120_000);
afterAll(() => the?.stop());

// By hand: 1,500 calls at 1 yuan = 150,000 fen; cap 100,000, so 50,000 over it; cost 60,000; fee 2 % of all = 3,000.
// Within the cap 100,000 − 60,000 − 3,000 = 37,000 are left; with the 50,000 pooled 87,000 are shared by halves.
it('the same year by both packs: deducted and not shared by the shipped one, shared and not deducted by the made-up one', async () => {
  await the.law.begin('2024-01-02T09:00:00');
  const product = await the.product(jurisdiction);
  await the.tariff(jurisdiction, product, 100);
  await the.record(jurisdiction, [the.use(product, '2023-06-03', 1_500)]);
  await the.cost(jurisdiction, 2023, 60_000, 'labour');
  await the.permit(jurisdiction, 2023, 100_000);
  await the.agree(jurisdiction, 2023, parties, '0.02');
  expect((await the.bill(jurisdiction, '2023-12')).statusCode).toBe(201);
  await the.report(jurisdiction, 2023, [product]);

  const deducted = await figuresOf(the.db, pricingLaw(shipped.resolve(jurisdiction)), of);
  expect(deducted).toMatchObject({
    ...{ excessFen: 50_000, carriedFen: 50_000, surplusFen: 37_000 },
    shares: [{ fen: 18_500 }, { fen: 18_500 }],
  });
  expect(deducted).not.toHaveProperty('pooledFen');

  const caseNo = await the.open(operator, '/v1/settlements', { year: 2023 });
  const { figures } = (await the.row(caseNo)).state as unknown as { figures: Record<string, unknown> };
  expect(figures).toMatchObject({
    ...{ excessFen: 50_000, pooledFen: 50_000, carriedFen: 0, surplusFen: 37_000 },
    shares: [{ fen: 43_500 }, { fen: 43_500 }],
  });
  for (const who of [operator, finance])
    expect(
      await the.post(who, `/v1/settlements/${caseNo}/confirmation`, {
        ...{ outcome: 'confirm', figures: figures['hash'] },
      }),
    ).toMatchObject({ status: 200 });
  expect(await carriedExcess(the.db, { ...of, year: 2024 })).toBe(0n);
  expect(await the.told(caseNo, 'settlement.confirmed.v1')).toMatchObject([{ pooledFen: 50_000 }]);

  const at = `/v1/settlements/${caseNo}`;
  const statements = (await the.call(operator, 'GET', `${at}/statements`)).json<{ poolFen: number }>();
  expect(statements.poolFen).toBe(87_000);
  const paper = (await the.call(operator, 'GET', `${at}/statement?format=json`)).body;
  expect(paper).toContain('超收（纳入收益统筹）');
  expect(paper).toContain('870.00');
  const other = await the.call(operator, 'POST', `${at}/simulation`, { factors: { operator: '2' } });
  expect(other.json()).toMatchObject({
    ...{ excessFen: 50_000, carriedFen: 0, surplusFen: 37_000 },
    shares: [{ fen: 29_000 }, { fen: 58_000 }],
  });
}, 60_000);

it('asked as a question it is the same: pooled, not carried on', async () => {
  const product = 'p-1';
  const answer = await the.call(null, 'POST', '/v1/pricing/what-if', {
    ...{ jurisdiction, costKinds: ['labour'], subsidyFen: 0, allocationKey: 'equal', previousExcessFen: 0 },
    costs: [{ id: 'a', kind: 'labour', product: null, fen: 60_000, related: true }],
    ...{ bondYield: '0', points: '0', tax: { mode: 'amount', fen: 40_000 } },
    products: [{ id: product, unit: 'call', ceilingFen: 100, expectedQty: 1 }],
    tariffs: [{ product, class: 'general', purpose: 'industry', fen: 100, discount: '0' }],
    usage: [{ id: 'u', product, qty: 1_500, merchant: 'm', class: 'general', purpose: 'industry' }],
    sharing: { resourceFeeRate: '0', poolFen: null, factors: [1, 1], parties: ['a', 'b'] },
  });
  expect(answer.json()).toMatchObject({
    ...{
      excessFen: 50_000,
      carriedToNextPeriodFen: 0,
      surplusFen: 0,
      poolFen: 50_000,
      poolOverSurplus: false,
    },
    excessRule: { to: 'pool', conflict: expect.stringContaining('65') },
    shares: [{ fen: 25_000 }, { fen: 25_000 }],
  });
});
