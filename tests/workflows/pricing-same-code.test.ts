// A period that is kept and the same period as a question (POST /v1/pricing/what-if) say the same: cap, bills, excess, fee, shares.
import { pricingPeople } from '../support/pricing.ts';
import { type Settling, startSettling } from '../support/settlements.ts';
import { sql } from 'kysely';

const city = 'wuhai';
let the: Settling;
beforeAll(async () => {
  the = await startSettling([city]);
}, 120_000);
afterAll(() => the?.stop());

const { price, operator } = pricingPeople(city);
const terms = { bondYield: '0.0235', points: '6', tax: { mode: 'rate', rate: '0.06' } } as const;
const parties = [
  { id: 'dept-transport', kind: 'sourceDepartment', factor: '0.5' },
  { id: 'operator', kind: 'operator', factor: '0.3' },
  { id: 'public-good', kind: 'publicGood', factor: '0.2' },
];
const year = 2024;
const overrun = 1_234;

/** An earlier year, confirmed with so much over its cap. */
const settledBefore = async () => {
  const caseNo = await the.caseOf(city, 'settlement');
  await sql`
    insert into settlement_result (case_no, jurisdiction, operator, year, attempt, state, figures, revenue_fen,
      permitted_fen, excess_fen, consumed_fen, carried_fen, resource_fee_fen, surplus_fen, terms, hash, frozen_at)
    values (${caseNo}, ${city}, 'operator', ${year - 1}, 1, 'closed', '{}', 0, 0, ${overrun}, 0, ${overrun}, 0, 0, '',
      '', now())`.execute(the.db);
};
const determined = async (): Promise<number> => {
  const path = '/v1/permitted-revenues';
  const caseNo = await the.open(price, path, { operator: 'operator', year, ...terms });
  const { hash } = (await the.call(price, 'GET', `${path}/${caseNo}/figures`)).json<{ hash: string }>();
  const document = await the.upload(city, 'price-office', '核定函');
  const opinion = await the.upload(city, 'price-office', '实施机构意见');
  const joint = [{ with: 'authority', document: opinion }];
  const decided = await the.post(price, `${path}/${caseNo}/decision`, { figures: hash, document, joint });
  if (decided.status !== 200) throw new Error(JSON.stringify(decided));
  await the.quiet(caseNo);
  const row = await sql<{ fen: number }>`
    select fen from permitted_revenue where case_no = ${caseNo} and replaced_at is null`.execute(the.db);
  return Number(row.rows[0]?.fen);
};

it('a year through the routes and workflows, and as one question', async () => {
  await the.law.begin('2024-03-01T09:00:00');
  await settledBefore();
  await the.cost(city, year, 6_000_000, 'security');
  await the.cost(city, year, 4_000_001, 'productDevelopment');
  const cap = await determined();
  const [calls, hours] = [await the.product(city), await the.product(city)];
  const free = await the.product(city, { purpose: 'publicWelfare' });
  await the.tariff(city, calls, 101);
  await the.tariff(city, hours, 333, { unit: 'hour', kind: 'smallFirm', discount: '0.1' });
  const small = { unit: 'hour', class: 'smallFirm', merchant: 'merchant-2' };
  const used = [
    the.use(calls, '2024-04-03', 60_000),
    the.use(calls, '2024-07-09', 40_007, { merchant: 'merchant-2' }),
    the.use(hours, '2024-08-01', '2669.685', small),
    the.use(hours, '2024-12-31', '2669.123', small),
    the.use(hours, '2024-12-31', '0.001', { ...small, merchant: 'merchant-1' }),
    the.use(free, '2024-10-01', 77, { purpose: 'publicWelfare' }),
  ];
  await the.law.begin('2025-01-06T09:00:00');
  await the.record(city, used);
  await the.agree(city, year, parties, '0.03');
  expect((await the.bill(city, `${year}-12`)).statusCode).toBe(201);
  await the.report(city, year, [calls, hours]);
  const caseNo = await the.open(operator, '/v1/settlements', { year });
  const { figures } = (await the.row(caseNo)).state as unknown as { figures: Record<string, any> };

  const product = (id: string, unit: string) => ({ id, unit, ceilingFen: 1_000_000_000, expectedQty: 1 });
  const answer = await the.call(null, 'POST', '/v1/pricing/what-if', {
    ...{ jurisdiction: city, ...terms, previousExcessFen: overrun },
    costs: [
      { id: 'a', kind: 'security', product: null, fen: 6_000_000, related: true },
      { id: 'b', kind: 'productDevelopment', product: null, fen: 4_000_001, related: true },
    ],
    products: [product(calls, 'call'), product(hours, 'hour'), product(free, 'call')],
    tariffs: [
      { product: calls, class: 'general', purpose: 'industry', fen: 101, discount: '0' },
      { product: hours, class: 'smallFirm', purpose: 'industry', fen: 333, discount: '0.1' },
    ],
    usage: used.map((one) => {
      const { unit: _, usedOn: __, ...asked } = one as Record<string, unknown>;
      return asked;
    }),
    sharing: {
      resourceFeeRate: '0.03',
      factors: parties.map(({ factor }) => factor),
      parties: parties.map(({ id, kind }) => ({ id, kind })),
    },
  });
  expect(answer.statusCode).toBe(200);
  const asked = answer.json<Record<string, any>>();

  expect(asked['permittedRevenue']).toBe(cap);
  expect(figures).toMatchObject({
    ...{ permittedFen: cap, revenueFen: asked['revenueFen'], excessFen: asked['excessFen'] },
    ...{ carriedFen: asked['carriedToNextPeriodFen'], resourceFeeFen: asked['resourceFeeFen'] },
    ...{ surplusFen: asked['surplusFen'], netCostFen: asked['surplusParts'].netCostFen },
    ...{ taxFen: asked['surplusParts'].taxFen, consumedFen: asked['permittedRevenueParts'].consumedFen },
  });
  expect(figures['shares'].map(({ party, fen }: Record<string, unknown>) => ({ party, fen }))).toEqual(
    asked['shares'],
  );
  // The year is one in which every figure says something.
  for (const name of ['excessFen', 'surplusFen', 'resourceFeeFen']) expect(figures[name]).toBeGreaterThan(0);

  const { rows: bills } = await sql<{ merchant: string; fen: string }>`
    select merchant, fen::text from bill order by merchant`.execute(the.db);
  expect(bills.map(({ merchant, fen }) => ({ merchant, totalFen: Number(fen) }))).toEqual(
    asked['bills']
      .map(({ merchant, totalFen }: Record<string, unknown>) => ({ merchant, totalFen }))
      .toSorted((a: { merchant: string }, b: { merchant: string }) => (a.merchant < b.merchant ? -1 : 1)),
  );
  const { rows: charges } = await sql<{ usage: string; fen: string }>`
    select usage, fen::text from usage_charge order by usage`.execute(the.db);
  const lines = asked['bills'].flatMap((one: { lines: { usage: string; fen: number }[] }) => one.lines);
  expect(Object.fromEntries(charges.map(({ usage, fen }) => [usage, Number(fen)]))).toEqual(
    Object.fromEntries(lines.map(({ usage, fen }: { usage: string; fen: number }) => [usage, fen])),
  );
}, 60_000);

it('what the question computes and the routes that save refuse stands in its answer, by place', async () => {
  const shuozhou = 'shuozhou';
  const small = { class: 'smallFirm', discount: '0.1' };
  const ask = async (tariffs: object[], qty: unknown) => {
    const answer = await the.call(null, 'POST', '/v1/pricing/what-if', {
      ...{ jurisdiction: shuozhou, ...terms, previousExcessFen: 0, costs: [] },
      products: [{ id: 'a', unit: 'call', ceilingFen: 1_000, expectedQty: 1 }],
      tariffs: tariffs.map((one) => ({ product: 'a', purpose: 'industry', discount: '0', ...one })),
      usage: [{ id: 'u', product: 'a', qty, merchant: 'm', class: 'general', purpose: 'industry' }],
    });
    expect(answer.statusCode).toBe(200);
    const { refusedWhenSaved, tariffResults, revenueFen } = answer.json<Record<string, any>>();
    expect(tariffResults.map(({ accepted }: { accepted: boolean }) => accepted)).toEqual(
      tariffs.map(() => true),
    );
    const places = refusedWhenSaved.map((one: Record<string, any>) => [
      ...[one['code'], one['pointer'], one['article']?.article],
    ]);
    return [revenueFen, ...places];
  };
  const general = { class: 'general', fen: 50 };
  expect(await ask([general, { ...small, fen: 50 }], 1)).toEqual([50]);
  expect(await ask([general, { ...small, fen: 100 }], '0.5')).toEqual([
    25,
    ['favouredTooDear', '/tariffs/1/fen', '十（三）'],
    ['usageQtyNotWhole', '/usage/0/qty', expect.any(String)],
  ]);
  // The routes that save say so too (pricing-tariffs-favoured, usage).
});
