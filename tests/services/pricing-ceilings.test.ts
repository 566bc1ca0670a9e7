// F3: what a ceiling is opened on; each refusal where it belongs, and who may do what.
import { atPrices } from './pricing-tariffs-support.ts';
import { type Pricing, startPricing } from '../support/pricing.ts';

let the: Pricing;
let at: ReturnType<typeof atPrices>;
beforeAll(async () => {
  the = await startPricing(['zhongwei']);
  at = atPrices(the, 'zhongwei');
  await the.law.begin('2024-03-01T09:00:00');
});
afterAll(() => the.stop());

const open = async (product: string, change: object = {}, who: object = at.who.bureau) =>
  the.post(
    who as never,
    '/v1/ceiling-prices',
    await at.drafted(product, [at.unit(1_000, '2024-03-01')], change),
  );

it('opened by the bureau for a charged product on the list, for today or later', async () => {
  expect(await open(await the.product('zhongwei'))).toMatchObject({ status: 201 });
});

it.each<[string, object, object]>([
  [
    'a day that has passed',
    { ceilings: [{ unit: 'call', fen: 1, from: '2024-02-29', expectedQty: '1' }] },
    { status: 422, code: 'ceilingDayPassed' },
  ],
  ['an operator nobody knows', { operator: 'merchant-1' }, { status: 422, code: 'noSuchOperator' }],
  [
    'a document of another body',
    { documents: [`sha256:${'0'.repeat(64)}`] },
    { status: 422, code: 'documentUnknown' },
  ],
  ['no document at all', { documents: [] }, { status: 400 }],
  ['no grounds', { grounds: ' ' }, { status: 400 }],
  [
    'a quantity that is not exact',
    { ceilings: [{ unit: 'call', fen: 1, from: '2024-03-01', expectedQty: '1e3' }] },
    { status: 400 },
  ],
])('%s is refused', async (_name, change, refusal) => {
  expect(await open(await the.product('zhongwei'), change)).toMatchObject(refusal);
});

it('one unit twice is refused', async () => {
  const product = await the.product('zhongwei');
  const ceilings = [at.unit(1, '2024-03-01'), at.unit(2, '2024-04-01')];
  expect(await open(product, { ceilings })).toMatchObject({ status: 400 });
});

it('a product off the list, unknown or free has no ceiling', async () => {
  expect(await open(await the.product('zhongwei', { state: 'recalled' }))).toMatchObject({
    code: 'notOnList',
  });
  expect(await open('640500-CP-2024-999999')).toMatchObject({ status: 409, code: 'notOnList' });
  expect(await open(await the.product('zhongwei', { purpose: 'publicWelfare' }))).toMatchObject({
    ...{ status: 422, code: 'chargeOnFreePurpose' },
  });
});

it('the operator neither opens nor sets one', async () => {
  const product = await the.product('zhongwei');
  expect(await open(product, {}, at.who.operator)).toMatchObject({ status: 403 });
  const caseNo = await at.draft(product, [at.unit(1_000, '2024-03-01')]);
  for (const who of [at.who.operator, at.who.price])
    expect(await the.post(who, `/v1/ceiling-prices/${caseNo}/setting`)).toMatchObject({ status: 403 });
  const read = await the.call(at.who.operator, 'GET', `/v1/ceiling-prices/${caseNo}`);
  expect(read.json()).toMatchObject({ stage: 'drafted', waitsFor: [{ act: 'setCeiling' }, {}] });
});
