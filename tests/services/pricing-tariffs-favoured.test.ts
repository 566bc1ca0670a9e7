// F1, 朔州 十（三）: whom the text favours pays less than others do, whatever its own price says and whichever is set first.
import { unfavoured } from './pricing-tariffs-order-support.ts';
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
});

it('each pays by the tariff for all where a scenario has none of its own: that is what is compared', async () => {
  const { at, product } = await priced('shuozhou');
  await at.published(product, 1_000, from);
  await at.published(product, 1_000, from, small('0.1'));
  const bank = { scenario: 'bank' };
  // Small firms would go on paying 900 for what everybody else has for 500.
  expect(await at.tariff(product, 500, from, bank)).toMatchObject(tooDear);
  expect(await at.published(product, 500, from, small('0.1', bank))).toMatchObject({ state: 'published' });
  expect(await at.published(product, 500, from, bank)).toMatchObject({ state: 'published' });
  // Of one month alone the others are judged too.
  expect(await at.tariff(product, 400, '2025-06-01', bank)).toMatchObject(tooDear);
});

it('a tariff does not end where whom the text favours would then pay too much', async () => {
  const { at, product } = await priced('shuozhou');
  const bank = { scenario: 'bank' };
  await at.published(product, 1_000, from);
  await at.published(product, 1_000, from, small('0.1'));
  const favoured = await at.published(product, 500, from, small('0.1', bank));
  const general = await at.published(product, 500, from, bank);
  const end = async (tariff: unknown) => {
    const path = `/v1/tariffs/${String(tariff)}/end`;
    const answer = await the.call(at.who.operator, 'POST', path, { until: '2025-04-30' });
    return { status: answer.statusCode, ...answer.json<Record<string, unknown>>() };
  };
  expect(await end(favoured['tariff'])).toMatchObject(tooDear);
  expect(await end(general['tariff'])).toMatchObject({ status: 200, until: '2025-04-30' });
  expect(await end(favoured['tariff'])).toMatchObject({ status: 200, until: '2025-04-30' });
});

it('a lower ceiling that cuts the general charge cuts the favoured one with it, by the article that favours', async () => {
  const { at, product } = await priced('shuozhou');
  await at.published(product, 900, from, small('0.2', { class: 'welfare' })); // 720
  await at.published(product, 900, from, small('0.3')); // 630
  await at.published(product, 1_000, from, { discount: '0.2' }); // 800; at most 720 for whom the text favours
  await at.published(product, 300, from, small('0.1', { scenario: 'bank' }));
  const lower = await at.ceiling(product, at.unit(850, '2025-05-06'));
  // The general charge is 680 then: 612 at most, which is 765 less a fifth; 850 less three tenths is 595 already.
  const rows = (await at.publicly('tariffs', product, '2025-03-20')).filter((one) => one['cutBy'] === lower);
  expect(rows.map((one) => [one['class'], one['fen'], one['discount'], one['from']])).toEqual([
    ['welfare', 765, '0.2', '2025-05-06'],
    ['smallFirm', 850, '0.3', '2025-05-06'],
    ['general', 850, '0.2', '2025-05-06'],
  ]);
  const told = await Promise.all(rows.map((one) => the.told(one['tariff'], 'tariff.cut.v1')));
  const clauses = told.flat().map((one) => (one as Record<string, unknown>)['article']);
  expect(clauses[0]).toContain('十（三）');
  // Of the day, from the rows alone; and sabotage: had each come down to the ceiling alone, it would be found.
  const standing = await at.publicly('tariffs', product, '2025-05-06');
  const ofDay = standing.filter(({ from: first, until }) => first <= '2025-05-06' && !until);
  expect(ofDay.map((one) => String(one['class'])).toSorted()).toEqual([
    'general',
    'smallFirm',
    'smallFirm',
    'welfare',
  ]);
  const only: Record<string, unknown>[] = ofDay
    .filter((one) => one['discount'] === '0.2')
    .map((one) => ({ ...one, class: one['class'] === 'welfare' ? 'smallFirm' : one['class'] }));
  expect(unfavoured(only)).toEqual([]);
  expect(unfavoured(only.map((one) => ({ ...one, fen: 850 })))).not.toEqual([]);
});

it('a city that favours nobody holds nothing against it', async () => {
  const { at, product } = await priced('zhongwei');
  await at.published(product, 500, from);
  expect(await at.published(product, 1_000, from, { class: 'smallFirm' })).toMatchObject({
    state: 'published',
  });
});
