// F3: everybody reads what applies and what is announced; a product off the list is not charged for; papers.
import { tariffsInForce } from '@gongshu/service-pricing/tariffs/in-force';
import { keepProduct } from '@gongshu/service-pricing/products/products-subscriber';
import { readPdf } from '../support/pdf.ts';
import { type Pricing, pricingPeople, startPricing } from '../support/pricing.ts';
import { atPrices } from './pricing-tariffs-support.ts';

let the: Pricing;
let at: ReturnType<typeof atPrices>;
let shuozhou: ReturnType<typeof atPrices>;
beforeAll(async () => {
  the = await startPricing(['zhongwei', 'shuozhou']);
  at = atPrices(the, 'zhongwei');
  shuozhou = atPrices(the, 'shuozhou');
  await the.law.begin('2024-03-01T09:00:00');
});
afterAll(() => the.stop());

const priced = async (...tariffs: [fen: number, from: string, change?: object][]) => {
  const product = await the.product('zhongwei');
  await at.ceiling(product, at.unit(1_000, '2024-03-01'), at.unit(5_000, '2024-04-01', { unit: 'hour' }));
  const numbers: string[] = [];
  for (const [fen, from, change] of tariffs) {
    const said = await at.tariff(product, fen, from, change);
    if (said.status !== 201) throw new Error(JSON.stringify(said));
    numbers.push(said['tariff'] as string);
  }
  return { product, numbers };
};
let sequence = 0;
const told = (product: string, name: string, instant: string) => {
  sequence += 1;
  const event = {
    ...{ type: `cn.gongshu.productEgress.${name}.v1`, jurisdiction: 'zhongwei', sequence: String(sequence) },
    data: { caseNo: '640500-CY-2024-000001', product, version: 1, at: instant },
  };
  return the.db.transaction().execute((trx) => keepProduct(trx, event as never));
};

it('by city, product and day, page by page, as JSON and as CSV, without a token', async () => {
  const { product, numbers } = await priced(
    [1_000, '2024-03-11'],
    [900, '2024-04-01'],
    [500, '2024-03-11', { class: 'government' }],
  );
  const on = async (day: string) =>
    (await at.publicly('tariffs', product, day)).map(({ fen, standing, until }) => [fen, standing, until]);
  expect(await on('2024-03-01')).toEqual([
    [1_000, 'announced', '2024-03-31'],
    [900, 'announced', null],
    [500, 'announced', null],
  ]);
  expect(await on('2024-04-01')).toEqual([
    [900, 'inForce', null],
    [500, 'inForce', null],
  ]);
  const first = await the.call(null, 'GET', `/v1/public/tariffs?product=${product}&limit=2`);
  const { items, next } = first.json();
  expect(items).toMatchObject([
    { tariff: numbers[0], yuan: '10.00' },
    { tariff: numbers[1], yuan: '9.00' },
  ]);
  const second = await the.call(null, 'GET', `/v1/public/tariffs?product=${product}&limit=2&cursor=${next}`);
  expect(second.json()).toMatchObject({ items: [{ tariff: numbers[2] }], next: null });
  const csv = await the.app.inject({
    url: `/v1/public/ceilings?product=${product}`,
    headers: { accept: 'text/csv' },
  });
  expect(csv.body.split('\r\n')).toHaveLength(4);
  expect(csv.body).toContain('单价（元）');
  const ceilings = await the.call(null, 'GET', `/v1/public/ceilings?product=${product}&limit=1`);
  const after = await the.call(
    null,
    'GET',
    `/v1/public/ceilings?product=${product}&limit=1&cursor=${ceilings.json().next}`,
  );
  expect([ceilings, after].map((page) => page.json().items[0].unit)).toEqual(['call', 'hour']);
});

it.each([
  ['/v1/public/tariffs?on=2024-02-30', 400],
  ['/v1/public/tariffs?cursor=zzz', 400],
  ['/v1/public/ceilings?product=%00', 400],
  ['/v1/tariffs/640500-SF-2024-999999', 404],
])('%s: %d', async (url, status) => {
  expect((await the.call(null, 'GET', url)).statusCode).toBe(status);
});

it.each<[string, object]>([
  ['a discount of more than all', { discount: '1.01' }],
  ['an amount that is no whole fen', { fen: 1.5 }],
  ['a unit nobody knows', { unit: 'byte' }],
  ['a day that is none', { from: '2024-02-30' }],
])('%s is refused as it stands', async (_name, change) => {
  const { product } = await priced();
  const answer = await at.tariff(product, 10, '2024-03-11', change);
  expect(answer.status).toBe(400);
});

it('the operator ends its own tariff, and nobody else', async () => {
  const { product, numbers } = await priced(
    [1_000, '2024-03-11'],
    [700, '2024-03-11', { class: 'government' }],
  );
  const [general = '', government = ''] = numbers;
  const end = (who: object, number: string, until: string) =>
    the.post(who as never, `/v1/tariffs/${number}/end`, { until });
  // Published, it is known to everybody; nobody else ends it.
  expect(await end(shuozhou.who.operator, general, '2024-05-01')).toMatchObject({ status: 403 });
  expect(await end(at.who.merchant, general, '2024-05-01')).toMatchObject({ status: 403 });
  expect(await end(at.who.operator, general, '2024-02-29')).toMatchObject({ code: 'tariffDayPassed' });
  expect(await end(at.who.operator, general, '2024-05-31')).toMatchObject({ status: 200 });
  expect(await end(at.who.operator, general, '2024-06-30')).toMatchObject({ code: 'tariffEndsEarlier' });
  expect(await end(at.who.operator, government, '2024-03-05')).toMatchObject({ status: 200 });
  expect(await end(at.who.operator, government, '2024-03-05')).toMatchObject({ code: 'tariffNotPublished' });
  expect(await at.publicly('tariffs', product, '2024-03-20')).toMatchObject([
    { tariff: general, until: '2024-05-31' },
  ]);
  expect(await the.told(government, 'tariff.ended.v1')).toMatchObject([{ until: null }]);
});

it('a filing is known to its operator and the authorities alone, until it is published', async () => {
  const product = await the.product('shuozhou');
  await shuozhou.ceiling(product, shuozhou.unit(1_000, '2024-03-01'));
  const { tariff } = await shuozhou.tariff(product, 900, '2024-03-20');
  const read = async (who: object | null) =>
    (await the.call(who as never, 'GET', `/v1/tariffs/${tariff}`)).statusCode;
  const { operator, bureau, price, merchant } = shuozhou.who;
  expect(await Promise.all([operator, bureau, price, merchant, at.who.operator, null].map(read))).toEqual([
    ...[200, 200, 200, 404, 404, 404],
  ]);
  expect((await the.call(operator, 'GET', `/v1/tariffs/${tariff}/notice`)).json()).toMatchObject({
    code: 'tariffNotPublished',
  });
  await shuozhou.answer(tariff, 'receipt');
  expect(await Promise.all([merchant, null].map(read))).toEqual([200, 200]);
  const own = async (who: object) =>
    (await the.call(who as never, 'GET', '/v1/tariffs'))
      .json()
      .items.map((one: { tariff: string }) => one.tariff);
  expect(await own(operator)).toEqual([tariff]);
  expect(await own(pricingPeople('zhongwei').auditor)).not.toContain(tariff);
});

it('while its product is off the list nothing is charged for, and nothing published', async () => {
  const { product, numbers } = await priced([1_000, '2024-03-11']);
  await told(product, 'suspended', '2024-03-20T15:00:00+08:00');
  await told(product, 'restored', '2024-03-25T09:00:00+08:00');
  await told(product, 'suspended', '2024-04-10T09:00:00+08:00');
  expect(await at.tariff(product, 900, '2024-04-20')).toMatchObject({ status: 409, code: 'notOnList' });
  const days = { jurisdiction: 'zhongwei', operator: 'operator', from: '2024-03-01', until: '2024-04-30' };
  const rows = await tariffsInForce(the.db, days);
  expect(rows.filter((one) => one.product === product)).toMatchObject([
    { tariff: numbers[0], fen: 1_000n, from: '2024-03-11', until: '2024-03-20' },
    { tariff: numbers[0], from: '2024-03-25', until: '2024-04-10' },
  ]);
  expect(await at.publicly('tariffs', product)).toMatchObject([{ offered: false }]);
});

it('the notice is a paper: amounts in yuan, the ceiling, what is free', async () => {
  const { numbers } = await priced([999, '2024-03-11', { discount: '0.2' }]);
  const [number = ''] = numbers;
  const answer = await the.call(null, 'GET', `/v1/tariffs/${number}/notice`);
  expect(answer.headers['content-type']).toBe('application/pdf');
  expect(answer.headers['x-missing-characters']).toBe('0');
  const { text } = await readPdf(answer.rawPayload);
  for (const word of ['收费标准公示', number, '9.99', '10.00', '公共治理', '2024年3月11日'])
    expect(text).toContain(word);
});
