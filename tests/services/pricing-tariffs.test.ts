// F1, F3: free purposes are free, a tariff stands under its ceiling, is public before it applies and filed where the text asks.
import { atPrices } from './pricing-tariffs-support.ts';
import { type Pricing, startPricing } from '../support/pricing.ts';

const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
type City = (typeof cities)[number];

let the: Pricing;
beforeAll(async () => {
  the = await startPricing(cities);
  await the.law.begin('2025-03-03T09:00:00');
});
afterAll(() => the.stop());

const in65 = expect.stringContaining('价格形成机制的通知');
const priced = async (city: City) => {
  const at = atPrices(the, city);
  const product = await the.product(city);
  const today = new Date((await the.law.now()) + 8 * 3_600_000).toISOString().slice(0, 10);
  await at.ceiling(product, at.unit(1_000, today));
  return { at, product };
};

/** What every city holds for free purposes: a charge is refused with the article, nought is published. */
const freeIsFree = async (city: City, article: unknown) => {
  const at = atPrices(the, city);
  for (const purpose of ['publicGovernance', 'publicWelfare']) {
    const product = await the.product(city, { purpose });
    expect(await at.tariff(product, 1, '2025-03-17')).toMatchObject({
      ...{ status: 422, code: 'chargeOnFreePurpose', article },
    });
    expect(
      await the.post(
        at.who.bureau,
        '/v1/ceiling-prices',
        await at.drafted(product, [at.unit(1, '2025-04-01')]),
      ),
    ).toMatchObject({ status: 422, code: 'chargeOnFreePurpose' });
    const free = await at.published(product, 0, '2025-03-17');
    expect(free).toMatchObject({ state: 'published', fen: 0, yuan: '0.00', purpose });
  }
};
const industryPays = async (city: City) => {
  const { at, product } = await priced(city);
  expect(await at.published(product, 1_000, '2025-03-17')).toMatchObject({
    ...{ state: 'published', standing: 'announced', fen: 1_000, yuan: '10.00', noticeUntil: '2025-03-10' },
  });
};
const welfareAndSmallFirms = async (city: City) => {
  const { at, product } = await priced(city);
  for (const one of ['welfare', 'smallFirm'])
    expect(await at.published(product, 1_000, '2025-03-17', { class: one, discount: '0.1' })).toMatchObject({
      state: 'published',
      discount: '0.1',
    });
};

describe('[F1 zhongwei] industry pays, public governance and welfare never', () => {
  it('a tariff of an industry product is published', async () => {
    await expect(industryPays('zhongwei')).resolves.toBeUndefined();
  });
  it('[F1 zhongwei refuses] a charge on a free purpose', async () => {
    await expect(
      freeIsFree('zhongwei', { article: '二十四', instrument: expect.stringContaining('中卫') }),
    ).resolves.toBeUndefined();
  });
});
/** A charge may be made, none must: an industry product is offered for nothing, without a ceiling. */
const mayBeFree = async (city: City) => {
  const at = atPrices(the, city);
  const product = await the.product(city);
  expect(await at.published(product, 0, '2025-03-17')).toMatchObject({ state: 'published', fen: 0 });
};
describe('a charge on industry may be made, and need not', () => {
  it('[F1 zhongwei unused] nothing is asked', async () => {
    await expect(mayBeFree('zhongwei')).resolves.toBeUndefined();
  });
  it('[F1 wuhai unused] nothing is asked', async () => {
    await expect(mayBeFree('wuhai')).resolves.toBeUndefined();
  });
});
describe('[F1 shuozhou] welfare scenarios and small firms are favoured', () => {
  it('with the discount the text asks for', async () => {
    await expect(welfareAndSmallFirms('shuozhou')).resolves.toBeUndefined();
  });
  it('[F1 shuozhou refuses] a favoured customer without it, and a charge on a free purpose', async () => {
    const { at, product } = await priced('shuozhou');
    for (const discount of ['0', '0.09', '0.099999999999'])
      expect(await at.tariff(product, 1_000, '2025-03-17', { class: 'smallFirm', discount })).toMatchObject({
        status: 422,
        code: 'discountTooSmall',
        article: { article: '十（三）' },
      });
    expect(await at.tariff(product, 1_000, '2025-03-17', { class: 'government' })).toMatchObject({
      status: 201,
    });
    await freeIsFree('shuozhou', { instrument: in65 });
  });
});
describe('a discount', () => {
  it('is an exact decimal of at most 1; anything else is refused at its place', async () => {
    const { at, product } = await priced('national');
    for (const discount of ['', 'x', '-1', '1e5', '%', '1.5'])
      expect(await at.tariff(product, 1_000, '2025-03-17', { discount })).toMatchObject({
        ...{ status: 400, code: 'invalidRequest', errors: [{ pointer: '/body/discount' }] },
      });
    expect(await at.tariff(product, 1_000, '2025-03-17', { discount: '1' })).toMatchObject({ status: 201 });
  });
});
describe('[F1 wuhai] industry may be charged', () => {
  it('and is', async () => {
    await expect(industryPays('wuhai')).resolves.toBeUndefined();
  });
  it('[F1 wuhai refuses] a charge on a free purpose', async () => {
    await expect(freeIsFree('wuhai', { article: '九（二）' })).resolves.toBeUndefined();
  });
});

/** Above, without, off the list, in a unit or from a day that cannot be: each with its clause. */
const underItsCeiling = async (city: City, article: unknown) => {
  const { at, product } = await priced(city);
  const bare = await the.product(city);
  const off = await the.product(city, { state: 'suspended' });
  const from = '2025-03-17';
  expect(await at.tariff(product, 1_001, from)).toMatchObject({ status: 422, code: 'aboveCeiling', article });
  // The discount does not lift the ceiling: the amount before it is what is compared.
  expect(await at.tariff(product, 1_001, from, { discount: '0.5' })).toMatchObject({ code: 'aboveCeiling' });
  expect(await at.tariff(product, 10, from, { unit: 'hour' })).toMatchObject({ code: 'noCeiling', article });
  expect(await at.tariff(bare, 10, from)).toMatchObject({ status: 422, code: 'noCeiling', article });
  expect(await at.tariff(off, 10, from)).toMatchObject({
    ...{ status: 409, code: 'notOnList', article: expect.anything() },
  });
  expect(await at.tariff(product, 10, '2025-03-10')).toMatchObject({
    ...{ status: 422, code: 'tariffNoticeTooShort', article: expect.anything() },
  });
};

describe('[F3 national] at or under the ceiling, public before it applies', () => {
  it('published at once, and read without a token', async () => {
    const { at, product } = await priced('national');
    const set = await at.tariff(product, 1_000, '2025-03-11');
    expect(set).toMatchObject({ status: 201, state: 'published', noticeUntil: '2025-03-10' });
    expect(await at.publicly('tariffs', product)).toMatchObject([{ fen: 1_000, standing: 'announced' }]);
    expect(await at.publicly('tariffs', product, '2025-03-11')).toMatchObject([{ standing: 'inForce' }]);
  });
  it('[F3 national refuses] above, without, off the list, too early', async () => {
    const article = expect.objectContaining({ article: expect.any(String) });
    await expect(underItsCeiling('national', article)).resolves.toBeUndefined();
  });
});
describe('[F3 wuhai] at or under the ceiling of the implementing body', () => {
  it('published at once', async () => {
    const { at, product } = await priced('wuhai');
    expect(await at.tariff(product, 999, '2025-03-11')).toMatchObject({ status: 201, state: 'published' });
  });
  it('[F3 wuhai refuses] above, without, off the list, too early', async () => {
    const article = { article: '九（二）', instrument: expect.stringContaining('乌海') };
    await expect(underItsCeiling('wuhai', article)).resolves.toBeUndefined();
  });
});
describe('[F3 shuozhou] differentiated, filed and public', () => {
  it('by customer and scenario; published with the receipt, and its first day waits for the notice', async () => {
    const { at, product } = await priced('shuozhou');
    const [general, small] = [
      await at.tariff(product, 1_000, '2025-03-11'),
      await at.tariff(product, 1_000, '2025-03-11', {
        class: 'smallFirm',
        scenario: 'transport',
        discount: '0.3',
      }),
    ];
    expect([general, small]).toMatchObject([{ state: 'filed' }, { state: 'filed', publishedAt: null }]);
    expect(await at.publicly('tariffs', product)).toEqual([]);
    await the.law.goTo('2025-03-05T09:00:00');
    expect(await at.answer(general['tariff'], 'receipt')).toMatchObject({
      ...{ status: 200, state: 'published', from: '2025-03-13', noticeUntil: '2025-03-12' },
    });
    expect(await at.publicly('tariffs', product)).toHaveLength(1);
    expect(await the.told(general['tariff'], 'tariff.published.v1')).toMatchObject([
      { fen: 1_000, from: '2025-03-13', article: '十（三）', replaces: [] },
    ]);
  });
  it('[F3 shuozhou refuses] what was not receipted is not charged; returned with reasons, it never applies', async () => {
    const { at, product } = await priced('shuozhou');
    const set = await at.tariff(product, 500, '2025-03-20');
    expect(await at.answer(set['tariff'], 'return')).toMatchObject({ status: 200, state: 'returned' });
    expect(await at.answer(set['tariff'], 'receipt')).toMatchObject({ status: 409, code: 'tariffNotFiled' });
    // Filed under a ceiling that is lower by the time it is answered.
    const overtaken = await at.tariff(product, 900, '2025-03-20');
    await at.ceiling(product, at.unit(800, '2025-03-18'));
    expect(await at.answer(overtaken['tariff'], 'receipt')).toMatchObject({
      ...{ status: 422, code: 'aboveCeiling', article: { instrument: in65 } },
    });
    expect(await at.publicly('tariffs', product)).toEqual([]);
    await underItsCeiling('shuozhou', { instrument: in65 });
  });
});
