// F6 and M4: services to merchants at a published price, the same for all; nothing depends on buying one.
import { type CostCity, type Costs, refusalOf, startCosts } from './pricing-costs-support.ts';

let the: Costs;
beforeAll(async () => {
  the = await startCosts();
}, 60_000);
afterAll(() => the?.stop());
beforeEach(() => {
  the.clock.now = new Date('2024-03-01T10:00:00+08:00');
});

let items = 0;
const feeBody = async (city: CostCity, change: object = {}) => {
  items += 1;
  const item = `item-${items}`;
  const document = await the.paper(city, 'operator');
  return {
    ...{ item, title: '数据加工（标准）', kind: 'processing', unit: 'hour' },
    ...{ basis: { kind: 'stated', fen: 10_001, document }, margin: '0.05', from: '2024-03-02' },
    ...change,
  };
};
const publish = async (city: CostCity, change: object = {}) =>
  the.post(the.people(city).operator, '/v1/service-fees', await feeBody(city, change));
/** An item that applies, on its first day. */
const listed = async (
  city: CostCity,
  change: object = {},
): Promise<{ item: string; fee: string; fen: number }> => {
  const answer = await publish(city, change);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  the.clock.now = new Date('2024-03-02T10:00:00+08:00');
  return answer.json();
};
const order = (who: ReturnType<Costs['people']>['merchant' | 'rival'], item: string, change: object = {}) =>
  the.post(who, '/v1/service-orders', { operator: 'operator', item, qty: '3', ...change });
let charges = 0;
const charge = (
  city: CostCity,
  of: { order: string; item: string; unitFen: number },
  change: object = {},
) => {
  charges += 1;
  return the.post(the.people(city).operator, '/v1/service-charges', {
    ...{ charge: `SF-${charges}`, ...of, qty: '1.5', chargedOn: '2024-03-02' },
    ...change,
  });
};

const cities: {
  tag: string;
  refuses: string;
  city: CostCity;
  title: string;
  maximum: string;
  above: string;
  article: RegExp;
  income: string;
}[] = [
  {
    city: 'national',
    tag: '[F6 national]',
    refuses: '[F6 national refuses]',
    title: '六',
    maximum: '0.1',
    above: '0.11',
    article: /六|tenth/,
    income: 'merchantServices',
  },
  {
    ...{
      city: 'zhongwei',
      tag: '[F6 zhongwei]',
      refuses: '[F6 zhongwei refuses]',
      title: '十四: 保本微利',
      maximum: '0.05',
      above: '0.06',
      income: 'merchantServices',
    },
    article: /保本微利/,
  },
  {
    city: 'wuhai',
    tag: '[F6 wuhai]',
    refuses: '[F6 wuhai refuses]',
    title: '国家 六: 九（一） counts kinds alone',
    maximum: '0.1',
    above: '0.11',
    article: /九（一）/,
    income: 'dataServices',
  },
];

describe.each(cities)('$tag $title', ({ city, maximum, income }) => {
  it('cost plus a small margin, published before it applies, and charged at that price to every merchant', async () => {
    const { merchant, rival } = the.people(city);
    const { item, fee, fen } = await listed(city, { margin: maximum });
    // 10 001 fen × 1.1 = 11 001.1, × 1.05 = 10 501.05: rounded down, so that the margin shown is never exceeded.
    expect(fen).toBe(maximum === '0.1' ? 11_001 : 10_501);
    const seen = await the.call(null, 'GET', `/v1/public/service-fees?jurisdiction=${city}`);
    expect(seen.statusCode).toBe(200);
    expect(seen.json<{ items: object[] }>().items).toContainEqual(
      expect.objectContaining({ fee, item, costFen: 10_001, margin: maximum, marginFen: fen - 10_001, fen }),
    );
    const csv = await the.call(null, 'GET', '/v1/public/service-fees', undefined, { accept: 'text/csv' });
    expect(csv.body).toContain('单价（分）');
    for (const who of [merchant, rival]) {
      const placed = await order(who, item);
      expect(placed.json()).toMatchObject({ unitFen: fen, state: 'placed' });
      const of = { order: placed.json<{ order: string }>().order, item, unitFen: fen };
      const made = await charge(city, of);
      expect([made.statusCode, made.json()]).toMatchObject([
        201,
        { merchant: who.organisation, unitFen: fen, fen: Math.floor((fen * 3) / 2), income },
      ]);
      const { id } = made.json<{ id: string }>();
      expect(await the.events(id)).toMatchObject([
        { type: 'serviceCharge.made.v1', data: { merchant: who.organisation, income } },
      ]);
    }
  });
});

describe.each(cities)('$refuses $title', ({ city, above, article }) => {
  it('a margin over the pack’s, a fee that is not on the list, another price than the list’s', async () => {
    const { merchant } = the.people(city);
    const before = await the.count('service_fee');
    const over = refusalOf(await publish(city, { margin: above }));
    expect(over).toMatchObject({ status: 422, code: 'marginOverMaximum', pointers: ['/body/margin'] });
    expect(over.article).toMatch(article);
    expect(await the.count('service_fee')).toBe(before);
    const { item, fen } = await listed(city);
    expect(refusalOf(await order(merchant, 'no-such-item'))).toMatchObject({
      ...{ status: 422, code: 'serviceFeeNotListed', pointers: ['/body/item'] },
    });
    const placed = (await order(merchant, item)).json<{ order: string }>();
    const made = await the.count('service_charge');
    for (const unitFen of [fen + 1, fen - 1]) {
      const differs = refusalOf(await charge(city, { order: placed.order, item, unitFen }));
      expect(differs).toMatchObject({ status: 422, code: 'serviceFeeDiffers', pointers: ['/body/unitFen'] });
      expect(differs.article).toBe({ national: '六', zhongwei: '十四', wuhai: '六', shuozhou: '' }[city]);
    }
    expect(
      refusalOf(await charge(city, { order: placed.order, item: 'consulting', unitFen: fen })),
    ).toMatchObject({ status: 422, code: 'serviceFeeNotListed' });
    expect(await the.count('service_charge')).toBe(made);
  });
});

describe.each([
  { city: 'national', article: '六', tag: '[M4 national]' },
  { city: 'zhongwei', article: '二十二', tag: '[M4 zhongwei]' },
] as const)('$tag 第$article条', ({ city }) => {
  it('a merchant orders of its own will, and nothing else is asked of it', async () => {
    const { merchant } = the.people(city);
    const { item } = await listed(city);
    expect((await order(merchant, item)).statusCode).toBe(201);
  });
});
describe.each([
  { city: 'national', article: '六', named: '[M4 national refuses]' },
  { city: 'zhongwei', article: '二十二', named: '[M4 zhongwei refuses]' },
  { city: 'shuozhou', article: '六', named: 'elsewhere, in shuozhou, by the article of the fees:' },
] as const)('$named 第$article条', ({ city, article }) => {
  it('no application depends on buying a service, whoever says so; nobody orders for a merchant', async () => {
    const { merchant, operator } = the.people(city);
    const { item, fen } = await listed(city);
    const before = [await the.count('service_order'), await the.count('service_charge')];
    const conditionOf = '640500-SQ-2024-000001';
    for (const key of ['conditionOf', 'requiredFor'])
      expect(refusalOf(await order(merchant, item, { [key]: conditionOf }))).toEqual({
        ...{ status: 422, code: 'serviceTied', article, pointers: [`/body/${key}`] },
      });
    expect((await order(operator as never, item)).statusCode).toBe(403);
    expect([await the.count('service_order'), await the.count('service_charge')]).toEqual(before);
    const placed = (await order(merchant, item)).json<{ order: string }>();
    const tied = await charge(
      city,
      { order: placed.order, item, unitFen: fen },
      { requiredFor: conditionOf },
    );
    expect(refusalOf(tied)).toMatchObject({ status: 422, code: 'serviceTied', article });
    expect(await the.count('service_charge')).toBe(before[1]);
  });
});

describe('the list', () => {
  it('is ahead of its first day; versions follow one another and none is edited; withdrawn, an item is gone', async () => {
    const { operator, merchant, bureau } = the.people('zhongwei');
    expect(refusalOf(await publish('zhongwei', { from: '2024-03-01' }))).toMatchObject({
      ...{ status: 422, code: 'serviceFeeNotAhead', pointers: ['/body/from'] },
    });
    const first = await listed('zhongwei', { item: 'computing-a', kind: 'computing' });
    const body = await feeBody('zhongwei', { item: 'computing-a', kind: 'computing' });
    const basis = { ...body.basis, fen: 20_000 };
    const next = await the.post(operator, '/v1/service-fees', { ...body, basis, from: '2024-03-10' });
    expect(next.json()).toMatchObject({ version: 2, fen: 21_000, from: '2024-03-10' });
    for (const from of ['2024-03-05', '2024-03-10'])
      expect(refusalOf(await the.post(operator, '/v1/service-fees', { ...body, from })).code).toBe(
        'serviceFeeNotAhead',
      );
    expect((await order(merchant, 'computing-a')).json()).toMatchObject({ unitFen: 10_501 });
    the.clock.now = new Date('2024-03-10T09:00:00+08:00');
    expect((await order(merchant, 'computing-a')).json()).toMatchObject({ unitFen: 21_000 });
    expect(await the.get(null, `/v1/service-fees/${first.fee}`)).toMatchObject({ version: 1, fen: 10_501 });
    const url = `/v1/service-fees/${next.json<{ fee: string }>().fee}/withdrawal`;
    expect((await the.post(bureau, url, { from: '2024-03-20' })).statusCode).toBe(403);
    expect((await the.post(operator, url, { from: '2024-03-20' })).statusCode).toBe(201);
    the.clock.now = new Date('2024-03-20T09:00:00+08:00');
    expect(refusalOf(await order(merchant, 'computing-a')).code).toBe('serviceFeeNotListed');
    const seen = await the.call(null, 'GET', '/v1/public/service-fees?jurisdiction=zhongwei&limit=200');
    expect(seen.body).not.toContain('computing-a');
  });

  it('rests on the cost ledger: a unit costs the items over the units they make, audits included', async () => {
    const { operator, price } = the.people('zhongwei');
    const { cost } = await the.cost(operator, { fen: 1_000 });
    const other = await the.cost(operator, { fen: 3_000 });
    const adjusted = { fen: 2_001, ground: '核减', document: await the.paper('zhongwei', 'price-office') };
    expect((await the.post(price, `/v1/costs/${other.cost}/adjustments`, adjusted)).statusCode).toBe(201);
    const basis = { kind: 'ledger', costs: [cost, other.cost], units: '4' };
    const made = await publish('zhongwei', { basis });
    // (1 000 + 2 001) / 4 = 750.25, down to 750; 750 × 1.05 = 787.5, down to 787.
    expect(made.json()).toMatchObject({ costFen: 750, fen: 787, costBasis: { sumFen: 3_001, units: '4' } });
    const wuhai = the.people('wuhai').operator;
    const theirs = (await the.cost(wuhai, { kind: 'security' })).cost;
    const foreign = await publish('zhongwei', { basis: { ...basis, costs: [cost, theirs] } });
    expect(foreign.json()).toMatchObject({
      ...{ status: 422, code: 'serviceCostUnknown', errors: [{ pointer: '/body/basis/costs/1' }] },
    });
  });

  const carriedTooOften = { status: 409, code: 'serviceCostCarried', article: { article: '十四' } };
  it('a cost is carried once: by several services in parts that are one at most, whatever is published at once', async () => {
    const { operator } = the.people('zhongwei');
    const { cost } = await the.cost(operator, { fen: 1_000 });
    const { cost: another } = await the.cost(operator, { fen: 7 });
    const on = (share: string | undefined, change: object = {}) =>
      publish('zhongwei', {
        basis: { kind: 'ledger', costs: [another, cost], units: '10', ...(share && { share }) },
        ...change,
      });
    const half = (await on('0.5')).json<Record<string, any>>();
    // (1 000 + 7) × 0.5 / 10 = 50.35, down to 50.
    expect(half).toMatchObject({ costFen: 50, costBasis: { share: '0.5' } });
    expect((await on(undefined)).json()).toMatchObject(carriedTooOften);
    expect((await on('0.5000001')).json()).toMatchObject({
      ...{
        ...carriedTooOften,
        errors: [{ pointer: '/body/basis/costs/0' }, { pointer: '/body/basis/costs/1' }],
      },
    });
    const both = await Promise.all([on('0.5'), on('0.5')]);
    expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409]);
    // The service itself may take up a new version of its own part; what it no longer carries is free again.
    expect((await on('0.4', { item: half['item'], from: '2024-03-05' })).statusCode).toBe(201);
    expect((await on('0.1', { from: '2024-03-04' })).json()).toMatchObject(carriedTooOften);
    expect((await on('0.1', { from: '2024-03-05' })).statusCode).toBe(201);
    for (const share of ['0', '1.1', '-1', 'x']) expect((await on(share)).statusCode).toBe(400);
  });

  it('a stated figure serves until a year was reported; then a price rests on the ledger', async () => {
    const { operator } = the.people('wuhai');
    const stated = async () => (await publish('wuhai')).json<Record<string, any>>();
    expect(await stated()).toMatchObject({ basis: 'stated' });
    const { cost } = await the.cost(operator, { year: 2023, kind: 'security' });
    expect(await stated()).toMatchObject({ basis: 'stated' });
    const key = { year: 2023, key: 'equal', products: [await the.product('wuhai')], ground: '共同平台' };
    await the.post(operator, '/v1/allocation-keys', key);
    const filed = await the.post(operator, '/v1/cost-reports', { year: 2023 });
    expect(filed.json()).toMatchObject({ state: 'filed' });
    expect(await stated()).toMatchObject({
      ...{ status: 409, code: 'serviceCostStated', errors: [{ pointer: '/body/basis/kind' }] },
    });
    const basis = { kind: 'ledger', costs: [cost], units: '10' };
    expect((await publish('wuhai', { basis })).json()).toMatchObject({ basis: 'ledger' });
  });

  it('takes exact amounts above nought, and refuses every other', async () => {
    const { merchant } = the.people('zhongwei');
    const { item } = await listed('zhongwei');
    for (const qty of ['abc', '0', '0.0', '-1', '1e3', '1.1234567', 0, null])
      expect([qty, (await order(merchant, item, { qty })).statusCode]).toEqual([qty, 400]);
    for (const margin of ['5%', '-0.1', 'x'])
      expect((await publish('zhongwei', { margin })).statusCode).toBe(400);
    const basis = { kind: 'ledger', costs: [`FY-${crypto.randomUUID()}`], units: 'x' };
    expect((await publish('zhongwei', { basis })).statusCode).toBe(400);
    expect((await order(merchant, item, { qty: 2.5 })).json()).toMatchObject({ qty: '2.5' });
  });

  it('knows no merchant and no discount: a body that names one is refused', async () => {
    for (const wrong of [{ discount: '0.1' }, { merchant: 'merchant-1' }, { class: 'smallFirm' }])
      expect((await publish('zhongwei', wrong)).statusCode).toBe(400);
  });
});

describe('a charge', () => {
  it('is counted once by its number, of no more than was ordered, of no cancelled order; merchants see their own', async () => {
    const { merchant, rival, bureau, operator } = the.people('zhongwei');
    const { item, fen } = await listed('zhongwei');
    const { order: number } = (await order(merchant, item)).json<{ order: string }>();
    const of = { order: number, item, unitFen: fen };
    const [one, two] = await Promise.all([
      charge('zhongwei', of, { charge: 'twice' }),
      charge('zhongwei', of, { charge: 'twice' }),
    ]);
    expect([one.statusCode, two.statusCode].sort((a, b) => a - b)).toEqual([200, 201]);
    expect(one.json<{ id: string }>().id).toBe(two.json<{ id: string }>().id);
    expect(refusalOf(await charge('zhongwei', of, { charge: 'twice', qty: '1' })).code).toBe(
      'serviceChargeDiffers',
    );
    expect(refusalOf(await charge('zhongwei', of, { qty: '1.6' }))).toMatchObject({
      code: 'serviceNotOrdered',
    });
    expect(refusalOf(await charge('zhongwei', of, { chargedOn: '2024-03-03' })).code).toBe(
      'serviceChargeDateWrong',
    );
    // Two at once for the rest of the order: one of them stands.
    const rest = await Promise.all([charge('zhongwei', of), charge('zhongwei', of)]);
    expect(rest.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([201, 422]);
    const { id } = one.json<{ id: string }>();
    const seenBy = async (who: typeof merchant | typeof rival | typeof bureau | typeof operator) => [
      (await the.get(who, `/v1/service-charges/${id}`)).status,
      (await the.get(who, `/v1/service-orders/${number}`)).status,
    ];
    expect([
      await seenBy(merchant),
      await seenBy(rival),
      await seenBy(bureau),
      await seenBy(operator),
    ]).toEqual([
      [200, 200],
      [404, 404],
      [200, 200],
      [200, 200],
    ]);
    const listOf = async (who: typeof merchant | typeof rival) =>
      ((await the.get(who, '/v1/service-charges?limit=200'))['items'] as { merchant: string }[]).map(
        (row) => row.merchant,
      );
    expect(new Set(await listOf(rival))).toEqual(new Set(['merchant-2']));
    expect(await listOf(merchant)).not.toContain('merchant-2');
    const cancelled = (await order(merchant, item)).json<{ order: string }>().order;
    expect((await the.post(rival, `/v1/service-orders/${cancelled}/cancellation`)).statusCode).toBe(404);
    expect((await the.post(merchant, `/v1/service-orders/${cancelled}/cancellation`)).json()).toMatchObject({
      state: 'cancelled',
    });
    expect(refusalOf(await charge('zhongwei', { ...of, order: cancelled })).code).toBe(
      'serviceOrderStepNotReached',
    );
  });
});
