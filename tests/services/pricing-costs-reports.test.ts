// F4: the yearly cost report (朔州 十（二）: 形成年度成本报告报市数据管理部门备案), and what races with it.
import { jsonHash } from '@gongshu/infra/hash';
import { ledgerOf } from '@gongshu/service-pricing/costs/ledger';
import { figuresOf } from '@gongshu/service-pricing/costs/report-content';
import fc from 'fast-check';
import { type Costs, costBody, refusalOf, startCosts } from './pricing-costs-support.ts';

let the: Costs;
beforeAll(async () => {
  the = await startCosts();
}, 60_000);
afterAll(() => the?.stop());
beforeEach(() => {
  the.clock.now = new Date('2024-03-01T10:00:00+08:00');
});

let operators = 0;
/** An operator with an empty ledger. */
const anOperator = (jurisdiction: 'zhongwei' | 'shuozhou' = 'zhongwei') => {
  operators += 1;
  return { roles: ['operator'] as const, organisation: `reporter-${operators}`, jurisdiction };
};
const reasons = [{ code: 'figuresIncomplete', text: '缺少人力成本明细' }];

describe('the cost report of a year', () => {
  it('is made off the ledger and filed; every figure opens into its items; receipted, the year stays closed', async () => {
    const operator = anOperator('shuozhou');
    const { bureau, price, merchant } = the.people('shuozhou');
    const product = await the.product('shuozhou');
    const kept = [
      await the.cost(operator, { kind: 'labour', fen: 700, product }),
      await the.cost(operator, { kind: 'management', fen: 301 }),
    ];
    expect(refusalOf(await the.post(operator, '/v1/cost-reports', { year: 2024 })).code).toBe(
      'costYearRunning',
    );
    expect(refusalOf(await the.post(operator, '/v1/cost-reports', { year: 2023 })).code).toBe(
      'allocationKeyMissing',
    );
    const key = { year: 2023, key: 'equal', products: [product], ground: '仅一个产品' };
    expect((await the.post(operator, '/v1/allocation-keys', key)).statusCode).toBe(201);
    const filed = (await the.post(operator, '/v1/cost-reports', { year: 2023 })).json<{
      report: string;
      hash: string;
    }>();
    expect(filed).toMatchObject({
      ...{
        year: 2023,
        version: 1,
        state: 'filed',
        recipient: 'city-bureau',
        dueOn: '2024-03-31',
        late: false,
      },
    });
    const url = `/v1/cost-reports/${filed.report}`;
    const shown = await the.get(bureau, url);
    expect(jsonHash(shown['content'])).toBe(filed.hash);
    expect(shown['content']).toMatchObject({
      ...{ acceptedFen: 1_001, netFen: 1_001, items: 2 },
      allocation: { key: 'equal', products: [{ product, directFen: 700, sharedFen: 301, totalFen: 1_001 }] },
    });
    expect((await the.get(bureau, `${url}/items?kind=labour`))['items']).toEqual([
      { cost: kept[0]?.cost, kind: 'labour', product, fen: 700 },
    ]);
    expect((await the.get(bureau, `${url}/items?product=shared`))['items']).toHaveLength(1);
    expect((await the.get(merchant, url)).status).toBe(403);
    // Closed: neither entry nor reversal nor key; the way that is left is told.
    for (const [path, body] of [
      ['/v1/costs', costBody({ kind: 'labour' })],
      [`/v1/costs/${kept[0]?.cost}/reversal`, { ground: '错' }],
      ['/v1/allocation-keys', key],
      ['/v1/subsidies', { year: 2023, fen: 1, ground: '补助' }],
      ['/v1/cost-reports', { year: 2023 }],
    ] as const)
      expect([path, refusalOf(await the.post(operator, path, body)).code]).toEqual([
        path,
        'costPeriodClosed',
      ]);
    // An audit adjusts beside it: what was filed stands, what counts now is shown.
    const audit = { fen: 600, ground: '核减', document: await the.paper('shuozhou', 'price-office') };
    expect((await the.post(price, `/v1/costs/${kept[0]?.cost}/adjustments`, audit)).statusCode).toBe(201);
    expect(await the.get(operator, url)).toMatchObject({ content: { netFen: 1_001 }, now: { netFen: 901 } });
    expect((await the.post(operator, `${url}/answer`, { outcome: 'receipt' })).statusCode).toBe(403);
    // Another body's report: it reads it and does not answer it.
    expect((await the.post(price, `${url}/answer`, { outcome: 'receipt' })).statusCode).toBe(404);
    expect((await the.post(bureau, `${url}/answer`, { outcome: 'receipt' })).json()).toMatchObject({
      state: 'receipted',
    });
    expect(refusalOf(await the.post(bureau, `${url}/answer`, { outcome: 'receipt' })).code).toBe(
      'costReportAnswered',
    );
    const found = { outcome: 'confirmedWithRemarks', document: await the.paper('shuozhou', 'city-bureau') };
    expect((await the.post(bureau, `${url}/audit`, found)).json()).toMatchObject({ audit: found });
    expect(refusalOf(await the.post(bureau, `${url}/audit`, found)).code).toBe('costReportAudited');
    expect(
      (await the.events(filed.report)).map(({ type, data }) => [type, data['late'], data['article']]),
    ).toEqual([
      ['costReport.filed.v1', false, '十（二）'],
      ['costReport.receipted.v1', false, '十（二）'],
      ['costReport.audited.v1', undefined, '十（二）'],
    ]);
  });

  it('returned with reasons, the year is open again, and another version is filed; late is told', async () => {
    const operator = anOperator();
    const { bureau } = the.people('zhongwei');
    const { report } = (await the.post(operator, '/v1/cost-reports', { year: 2023 })).json<{
      report: string;
    }>();
    const url = `/v1/cost-reports/${report}/answer`;
    expect(refusalOf(await the.post(bureau, url, { outcome: 'return' })).code).toBe('reasonsMissing');
    expect((await the.post(bureau, url, { outcome: 'return', reasons })).json()).toMatchObject({
      ...{ state: 'returned', reasons },
    });
    expect((await the.cost(operator, { product: await the.product('zhongwei'), fen: 9 })).status).toBe(201);
    the.clock.now = new Date('2024-04-01T00:00:00+08:00');
    const again = (await the.post(operator, '/v1/cost-reports', { year: 2023 })).json<{ report: string }>();
    expect(again).toMatchObject({ version: 2, late: true, state: 'filed' });
    const [told] = await the.events(again.report);
    expect(told?.data).toMatchObject({ late: true, filedOn: '2024-04-01', dueOn: '2024-03-31', netFen: 9 });
    expect(JSON.stringify(await the.events(report))).not.toContain('明细');
    const csv = await the.call(bureau, 'GET', '/v1/cost-reports', undefined, { accept: 'text/csv' });
    expect(csv.body).toContain(again.report);
  });

  it('is owed by every operator of the city: ahead, overdue once its day has passed, filed', async () => {
    const { operator, bureau } = the.people('wuhai');
    const due = async (who: typeof bureau | typeof operator) =>
      (await the.get(who, '/v1/cost-reports/due'))['items'] as object[];
    const owed = { operator: 'operator', year: 2023, dueOn: '2024-03-31' };
    expect(await due(bureau)).toEqual([{ ...owed, state: 'ahead', late: false, report: null }]);
    the.clock.now = new Date('2024-04-01T00:00:00+08:00');
    expect(await due(operator)).toEqual([{ ...owed, state: 'overdue', late: true, report: null }]);
    expect((await the.post(operator, '/v1/cost-reports', { year: 2023 })).statusCode).toBe(201);
    expect(await due(bureau)).toMatchObject([{ ...owed, state: 'filed', late: true }]);
  });

  it('racing with entries: each is in the report or was refused; none is lost between', async () => {
    const operator = anOperator();
    const product = await the.product('zhongwei');
    for (let round = 0; round < 5; round += 1) {
      const year = 2018 + round;
      const [filed, ...entries] = await Promise.all([
        the.post(operator, '/v1/cost-reports', { year }),
        ...[1, 2, 3, 4].map((fen) => the.cost(operator, { year, fen, product })),
      ]);
      const { report } = filed.json<{ report: string }>();
      const taken = entries.filter(({ status }) => status === 201).map(({ cost }) => cost);
      expect(entries.filter(({ status }) => status !== 201).every(({ status }) => status === 409)).toBe(true);
      const items = (await the.get(operator, `/v1/cost-reports/${report}/items`))['items'] as {
        cost: string;
      }[];
      expect(items.map(({ cost }) => cost).toSorted()).toEqual(taken.toSorted());
    }
  });
});

describe('totals and adjustments of a ledger', () => {
  const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);

  it('as they stand in the database: entries, reversals and adjustments, against a reckoning beside', async () => {
    const operator = anOperator();
    const { finance } = the.people('zhongwei');
    const document = await the.paper('zhongwei', 'finance-office');
    const products = [await the.product('zhongwei'), await the.product('zhongwei'), null];
    const random = fc.sample(
      fc.record({ fen: fc.integer({ min: 0, max: 1e10 }), at: fc.nat(2), then: fc.nat(3), to: fc.nat(1e9) }),
      { numRuns: 40, seed: 11 },
    );
    let expected = 0;
    for (const { fen: amount, at, then, to } of random) {
      const { cost } = await the.cost(operator, { fen: amount, product: products[at] ?? null });
      if (then === 0) await the.post(operator, `/v1/costs/${cost}/reversal`, { ground: '错账' });
      if (then === 1)
        await the.post(finance, `/v1/costs/${cost}/adjustments`, { fen: to, ground: '核定', document });
      expected += then === 0 ? 0 : then === 1 ? to : amount;
    }
    const period = { jurisdiction: 'zhongwei', operator: operator.organisation, year: 2023 };
    expect(figuresOf(await ledgerOf(the.db, period)).acceptedFen).toBe(expected);
    const items = (await the.get(operator, '/v1/costs?limit=200'))['items'] as { countedFen: number }[];
    expect(sum(items.map((one) => one.countedFen))).toBe(expected);
  });
});
