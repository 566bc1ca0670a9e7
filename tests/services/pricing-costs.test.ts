// F4: the operator's cost ledger over HTTP on a real PostgreSQL.
import { type CostCity, type Costs, costsOf, refusalOf, startCosts } from './pricing-costs-support.ts';

let the: Costs;
beforeAll(async () => {
  the = await startCosts();
}, 60_000);
afterAll(() => the?.stop());

/** A kind that the city counts, and one that it does not. */
const entries: {
  tag: string;
  refuses: string;
  city: CostCity;
  title: string;
  kind: string;
  other: string;
  article: string;
}[] = [
  {
    city: 'national',
    tag: '[F4 national]',
    refuses: '[F4 national refuses]',
    title: '65号 三',
    kind: 'platformUpkeep',
    other: 'management',
    article: '三',
  },
  {
    city: 'shuozhou',
    tag: '[F4 shuozhou]',
    refuses: '[F4 shuozhou refuses]',
    title: '十（二）',
    kind: 'management',
    other: 'dataAcquisition',
    article: '十（二）',
  },
  {
    city: 'wuhai',
    tag: '[F4 wuhai]',
    refuses: '[F4 wuhai refuses]',
    title: '九（一）',
    kind: 'serviceSystem',
    other: 'labour',
    article: '九（一）',
  },
];

describe.each(entries)('$tag $title: itemised by the kinds that count', ({ city, kind }) => {
  it('an item stands in the ledger and in its totals, by kind and product; subsidies are netted', async () => {
    const { operator, bureau, merchant } = the.people(city);
    const product = await the.product(city);
    const one = await the.cost(operator, { kind, fen: 1_000_001, product });
    expect(one).toMatchObject({ status: 201, kind, fen: 1_000_001, countedFen: 1_000_001, product });
    expect((await the.cost(operator, { kind, fen: 500 })).status).toBe(201);
    const subsidy = { year: 2023, fen: 301, ground: '市财政专项补助' };
    expect((await the.post(operator, '/v1/subsidies', subsidy)).statusCode).toBe(201);
    const totals = await the.get(bureau, `/v1/costs/totals?year=2023&operator=operator`);
    expect(totals).toMatchObject({
      ...{ items: 2, acceptedFen: 1_000_501, subsidyFen: 301, netFen: 1_000_200, closedBy: null },
      byKind: [{ kind, items: 2, fen: 1_000_501 }],
      byProduct: [
        { product: null, fen: 500 },
        { product, fen: 1_000_001 },
      ],
    });
    const told = await the.events(one.cost);
    expect(told).toMatchObject([
      { type: 'cost.recorded.v1', data: { fen: 1_000_001, kind, operator: 'operator' } },
    ]);
    expect(JSON.stringify(told)).not.toContain('机房');
    expect((await the.get(merchant, `/v1/costs/${one.cost}`)).status).toBe(403);
  });
});

describe.each(entries)('$refuses $title', ({ city, other, kind, article }) => {
  it('what is unrelated to the operation, and what is of a kind that does not count: nothing is kept', async () => {
    const { operator } = the.people(city);
    const before = await the.count('cost_item');
    expect(refusalOf(await costsOf(the, operator, { kind, related: false }))).toMatchObject({
      ...{ status: 422, code: 'costUnrelated', pointers: ['/body/related'] },
      article: city === 'shuozhou' ? '十（二）' : '三',
    });
    expect(refusalOf(await costsOf(the, operator, { kind: other }))).toMatchObject({
      ...{ status: 422, code: 'costKindNotListed', pointers: ['/body/kind'], article },
    });
    expect(await the.count('cost_item')).toBe(before);
  });
});

describe('an entry of the ledger', () => {
  it('is of a product that the city has; of another city’s, of none, it is refused', async () => {
    const { operator } = the.people('zhongwei');
    const product = await the.product('zhongwei');
    const elsewhere = await the.product('wuhai');
    expect((await the.cost(operator, { product })).status).toBe(201);
    for (const wrong of [elsewhere, 'no-such-product'])
      expect(refusalOf(await costsOf(the, operator, { product: wrong }))).toMatchObject({
        ...{ status: 422, code: 'costProductUnknown', pointers: ['/body/product'] },
      });
  });

  it('does not lie ahead, and its day is of its year', async () => {
    const { operator } = the.people('zhongwei');
    const kept = await the.cost(operator, { year: undefined, incurredOn: '2024-03-01' });
    expect(kept).toMatchObject({ status: 201, year: 2024, incurredOn: '2024-03-01' });
    for (const wrong of [
      { year: 2025 },
      { year: undefined, incurredOn: '2024-03-02' },
      { year: 2022, incurredOn: '2023-05-01' },
    ])
      expect(refusalOf(await costsOf(the, operator, wrong)).code).toBe('costYearWrong');
    for (const bad of [
      { incurredOn: '2024-02-30' },
      { fen: 1.5 },
      { fen: -1 },
      { fen: 2 ** 53 },
      { year: undefined },
    ])
      expect((await costsOf(the, operator, bad)).statusCode).toBe(400);
  });

  it('of the same voucher is counted once; of other content refused', async () => {
    const { operator } = the.people('zhongwei');
    const voucher = '记-2023-0001';
    const first = await the.cost(operator, { voucher, fen: 100 });
    const again = await the.cost(operator, { voucher, fen: 100, ground: '重复报送' });
    expect([first.status, again.status, again.cost]).toEqual([201, 200, first.cost]);
    expect(refusalOf(await costsOf(the, operator, { voucher, fen: 101 }))).toMatchObject({
      ...{ status: 409, code: 'costVoucherDiffers' },
    });
  });

  it('of a voucher whose cost was reversed is refused, for it would not count', async () => {
    const { operator } = the.people('zhongwei');
    const voucher = '记-2023-0002';
    const { cost } = await the.cost(operator, { voucher, fen: 100 });
    await the.post(operator, `/v1/costs/${cost}/reversal`, { ground: '误记' });
    expect(refusalOf(await costsOf(the, operator, { voucher, fen: 100 }))).toMatchObject({
      ...{ status: 409, code: 'costReversed' },
    });
    expect(await the.cost(operator, { voucher: '记-2023-0002-1', fen: 100 })).toMatchObject({
      ...{ status: 201, countedFen: 100 },
    });
  });

  it('is never edited: a reversal points to it, once, and both are shown', async () => {
    const { operator, merchant, bureau } = the.people('zhongwei');
    const { cost } = await the.cost(operator, { year: 2022, fen: 77 });
    const url = `/v1/costs/${cost}/reversal`;
    const ground = '重复入账';
    expect((await the.post(merchant, url, { ground })).statusCode).toBe(403);
    const reversal = (await the.post(operator, url, { ground })).json<{ cost: string }>();
    expect(reversal).toMatchObject({ reverses: cost, countedFen: 0, fen: 77 });
    expect(refusalOf(await the.post(operator, url, { ground })).code).toBe('costReversed');
    const other = `/v1/costs/${reversal.cost}/reversal`;
    expect(refusalOf(await the.post(operator, other, { ground })).code).toBe('costReversed');
    expect(await the.get(bureau, `/v1/costs/${cost}`)).toMatchObject({
      ...{ fen: 77, countedFen: 0, reversedBy: reversal.cost },
    });
    expect(await the.get(operator, '/v1/costs/totals?year=2022')).toMatchObject({ items: 0, acceptedFen: 0 });
    expect((await the.events(cost)).map(({ type }) => type)).toEqual([
      'cost.recorded.v1',
      'cost.reversed.v1',
    ]);
  });

  it('is adjusted by an audit beside the original: the adjusted figure counts, both are shown', async () => {
    const { operator, price, finance } = the.people('zhongwei');
    const { cost } = await the.cost(operator, { year: 2021, fen: 1_000 });
    const url = `/v1/costs/${cost}/adjustments`;
    const ground = '核减招待费';
    const adjust = async (who: typeof price | typeof finance, fen: number) =>
      the.post(who, url, { fen, ground, document: await the.paper('zhongwei', who.organisation) });
    expect((await adjust(price, 900)).statusCode).toBe(201);
    expect((await adjust(finance, 850)).statusCode).toBe(201);
    expect(await the.get(operator, `/v1/costs/${cost}`)).toMatchObject({
      ...{ fen: 1_000, countedFen: 850 },
      adjustments: [
        { version: 1, beforeFen: 1_000, fen: 900, organisation: 'price-office' },
        { version: 2, beforeFen: 900, fen: 850, organisation: 'finance-office' },
      ],
    });
    expect(await the.get(operator, '/v1/costs/totals?year=2021')).toMatchObject({ acceptedFen: 850 });
    const notTheirs = { fen: 1, ground, document: await the.paper('zhongwei', 'operator') };
    expect((await the.post(operator, url, notTheirs)).statusCode).toBe(403);
    expect(refusalOf(await the.post(price, url, notTheirs)).code).toBe('documentUnknown');
    expect(refusalOf(await the.post(operator, `/v1/costs/${cost}/reversal`, { ground })).code).toBe(
      'costAdjusted',
    );
  });

  it('is its operator’s: another operator of the city neither sees nor reverses it', async () => {
    const { operator, bureau } = the.people('zhongwei');
    const other = { ...operator, organisation: 'operator-2' };
    const { cost } = await the.cost(operator, { year: 2020, fen: 5 });
    expect((await the.get(other, `/v1/costs/${cost}`)).status).toBe(404);
    expect((await the.post(other, `/v1/costs/${cost}/reversal`, { ground: 'x' })).statusCode).toBe(404);
    expect(await the.get(other, '/v1/costs?year=2020')).toMatchObject({ items: [] });
    expect(await the.get(bureau, '/v1/costs?year=2020')).toMatchObject({ items: [{ cost }] });
    expect(refusalOf(await the.call(bureau, 'GET', '/v1/costs/totals?year=2020')).code).toBe(
      'operatorNeeded',
    );
    const csv = await the.call(bureau, 'GET', '/v1/costs?year=2020', undefined, { accept: 'text/csv' });
    expect(csv.body).toContain('计入金额（分）');
    expect(csv.body).toContain(cost);
  });
});

describe('shared cost', () => {
  it('is laid on products by the stated key, to the fen, ties in the key’s order', async () => {
    const { operator } = the.people('zhongwei');
    const other = { ...operator, organisation: 'operator-3' };
    const products = [
      await the.product('zhongwei'),
      await the.product('zhongwei'),
      await the.product('zhongwei'),
    ];
    const [a = '', b = '', c = ''] = products;
    await the.cost(other, { year: 2022, fen: 100 });
    await the.cost(other, { year: 2022, fen: 30, product: b });
    const ask = async () => (await the.get(other, '/v1/costs/allocation?year=2022'))['allocation'];
    expect(await ask()).toBeNull();
    const key = (body: object) =>
      the.post(other, '/v1/allocation-keys', { year: 2022, ground: '按约定', ...body });
    expect((await key({ key: 'equal', products })).json()).toMatchObject({ version: 1 });
    // 100 by three equal parts: 33 each, and the fen that is left to the first.
    expect(await ask()).toMatchObject({
      ...{ key: 'equal', sharedFen: 100 },
      products: [
        { product: a, directFen: 0, sharedFen: 34, totalFen: 34 },
        { product: b, directFen: 30, sharedFen: 33, totalFen: 63 },
        { product: c, directFen: 0, sharedFen: 33, totalFen: 33 },
      ],
    });
    expect((await key({ key: 'directCost', products: [a, b] })).json()).toMatchObject({ version: 2 });
    expect(await ask()).toMatchObject({ products: [{ sharedFen: 0 }, { sharedFen: 100, totalFen: 130 }] });
    const weights = [
      { product: c, weight: '1.5' },
      { product: a, weight: '0.5' },
    ];
    expect((await key({ key: 'usage', weights })).json()).toMatchObject({ version: 3 });
    expect(await ask()).toMatchObject({
      weights,
      products: [
        { product: c, sharedFen: 75 },
        { product: a, sharedFen: 25 },
        { product: b, directFen: 30, sharedFen: 0, totalFen: 30 },
      ],
    });
    for (const wrong of [
      { key: 'equal' },
      { key: 'usage', products },
      { key: 'weights', weights: [{ product: a, weight: '0' }] },
      { key: 'equal', products: [a, a] },
    ])
      expect((await key(wrong)).statusCode).toBe(400);
    expect(refusalOf(await key({ key: 'equal', products: ['none'] }))).toMatchObject({
      ...{ code: 'costProductUnknown', pointers: ['/body/products/0'] },
    });
  });
});
