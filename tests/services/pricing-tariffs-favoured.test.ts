// F1, 朔州 十（三）: whom the text favours pays less than others do, whatever its own price says and whichever is set first.
import { atPrices } from './pricing-tariffs-support.ts';
import { type Pricing, startPricing } from '../support/pricing.ts';

let the: Pricing;
beforeAll(async () => {
  the = await startPricing(['shuozhou', 'zhongwei']);
  await the.law.begin('2025-03-03T09:00:00');
});
afterAll(() => the.stop());

const from = '2025-03-17';
const priced = async (city: 'shuozhou' | 'zhongwei') => {
  const at = atPrices(the, city);
  const product = await the.product(city);
  await at.ceiling(product, at.unit(1_000, '2025-03-03'));
  return { at, product };
};
const small = (discount: string, change: object = {}) => ({ class: 'smallFirm', discount, ...change });
const tooDear = { status: 422, code: 'favouredTooDear', article: { article: '十（三）' } };

it('a discount off a higher price of its own is none; at the least discount off the general charge it stands', async () => {
  const { at, product } = await priced('shuozhou');
  expect(await at.published(product, 500, from)).toMatchObject({ state: 'published' });
  // A tenth off 1,000 is 900, and everybody else pays 500: 450 at most.
  expect(await at.tariff(product, 1_000, from, small('0.1'))).toMatchObject(tooDear);
  expect(await at.tariff(product, 501, from, small('0.1'))).toMatchObject(tooDear);
  expect(await at.published(product, 500, from, small('0.1'))).toMatchObject({ state: 'published' });
  expect(await at.published(product, 900, from, small('0.5', { class: 'welfare' }))).toMatchObject({
    state: 'published',
  });
});

it('a general charge that would undercut the favoured one waits until that is lowered', async () => {
  const { at, product } = await priced('shuozhou');
  await at.published(product, 1_000, from);
  await at.published(product, 1_000, from, small('0.1'));
  expect(await at.tariff(product, 999, from)).toMatchObject(tooDear);
  // A discount for all lowers the general charge too.
  expect(await at.tariff(product, 1_000, from, { discount: '0.2' })).toMatchObject(tooDear);
  await at.published(product, 1_000, from, small('0.3'));
  expect(await at.published(product, 1_000, from, { discount: '0.2' })).toMatchObject({ state: 'published' });
});

it('filed side by side, the later receipt finds what the earlier one published', async () => {
  const { at, product } = await priced('shuozhou');
  const general = await at.tariff(product, 500, from);
  const favoured = await at.tariff(product, 1_000, from, small('0.1'));
  expect([general['state'], favoured['state']]).toEqual(['filed', 'filed']);
  expect(await at.answer(String(favoured['tariff']), 'receipt')).toMatchObject({ state: 'published' });
  expect(await at.answer(String(general['tariff']), 'receipt')).toMatchObject(tooDear);
});

it('a scenario is held against its own general charge, or against that for all where it has none', async () => {
  const { at, product } = await priced('shuozhou');
  await at.published(product, 1_000, from);
  const school = { scenario: 'school' };
  expect(await at.published(product, 1_000, from, small('0.1', school))).toMatchObject({
    state: 'published',
  });
  expect(await at.tariff(product, 400, from, school)).toMatchObject(tooDear);
  expect(await at.published(product, 400, from, { scenario: 'bank' })).toMatchObject({ state: 'published' });
});

it('a city that favours nobody holds nothing against it', async () => {
  const { at, product } = await priced('zhongwei');
  await at.published(product, 500, from);
  expect(await at.published(product, 1_000, from, { class: 'smallFirm' })).toMatchObject({
    state: 'published',
  });
});
