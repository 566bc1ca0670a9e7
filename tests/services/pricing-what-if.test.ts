// F1–F6: a whole period of prices over HTTP, unsaved; one worked by hand for each city. Amounts in fen.
import { installedPacks } from '@gongshu/infra/packs';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { WhatIfAnswer } from '@gongshu/shared/pricing/answer';
import { buildPricing } from '@gongshu/service-pricing';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { noCases } from '../support/catalog.ts';
import { type TestDatabase, testDatabase } from '../support/parts.ts';
import { serviceDeps } from '../support/service.ts';
import { fifthCity } from '../support/stack-cities.ts';
import { testTokens } from '../support/tokens.ts';

const place = (product: string, customer = 'general', purpose = 'industry') => ({
  ...{ product, class: customer, purpose },
});
const cost = (id: string, kind: string, fen: number, product: string | null = null, related = true) => ({
  ...{ id, kind, product, fen, related },
});

/**
 * 中卫. Cost 60,000,000 + 20,000,000 (security is no kind of 65号, the dinner is unrelated); net of subsidy 70,000,000.
 * Rate 0.0185 + 0.06 = 0.0785: profit 5,495,000; tax 6 % of 75,495,000 = 4,529,700; cap 80,024,700, less 24,700.
 * Forecast 500 × 100,000 + 3,000 × 12,000 = 86,000,000. Bills 480 × 120,000 = 57,600,000 and
 * 3,000 × 0.8 × 10,000.5 = 24,001,200. Over the cap 1,601,200. Fee 1 % of 81,601,200 = 816,012. Surplus
 * 80,000,000 − 70,000,000 − 816,012 − 4,529,700 = 4,654,288; by 3 : 4 : 3 it is 1,396,286.4, 1,861,715.2 and
 * 1,396,286.4: the fen left goes to the first of the larger remainders.
 */
const zhongwei = {
  jurisdiction: 'zhongwei',
  costs: [
    cost('平台', 'platformBuild', 60_000_000),
    cost('人力', 'labour', 20_000_000, 'p1'),
    cost('安全', 'security', 3_000_000),
    cost('宴请', 'storage', 50_000, 'p2', false),
  ],
  ...{ subsidyFen: 10_000_000, allocationKey: 'equal', bondYield: '1.85%', points: '6' },
  ...{ tax: { mode: 'rate', rate: '0.06' }, previousExcessFen: 24_700 },
  products: [
    { id: 'p1', unit: 'call', ceilingFen: 500, expectedQty: 100_000 },
    { id: 'p2', unit: 'hour', ceilingFen: 3000, expectedQty: 12_000 },
  ],
  tariffs: [
    { ...place('p1'), fen: 480, discount: '0' },
    { ...place('p1', 'general', 'publicWelfare'), fen: 10, discount: '0' },
    { ...place('p2', 'smallFirm'), fen: 3000, discount: 0.2 },
    { ...place('p2'), fen: 3001, discount: '0' },
  ],
  usage: [
    { id: 'u1', ...place('p1'), qty: 120_000, merchant: 'm1' },
    { id: 'u2', ...place('p2', 'smallFirm'), qty: '10000.5', merchant: 'm2' },
    { id: 'u3', ...place('p1', 'government', 'publicWelfare'), qty: 5, merchant: 'm1' },
    { id: 'u4', ...place('p2'), qty: 3, merchant: 'm2' },
    { id: 'u1', ...place('p1'), qty: 120_000, merchant: 'm1' },
    { id: 'u2', ...place('p2', 'smallFirm'), qty: 1, merchant: 'm2' },
  ],
  sharing: {
    ...{ resourceFeeRate: '0.01', poolFen: null },
    factors: { government: 3, operator: 4, sourceDepartment: 3 },
    parties: ['government', 'operator', 'sourceDepartment'],
  },
};

/**
 * 朔州. Its own kinds: acquisition is none. Net 1,500,000; rate 0.0185 + 0.045 = 0.0635: profit 95,250; tax 30,000;
 * cap 1,625,250, all of it consumed by the excess of 2,000,000, 374,750 carried on. Shared 1,000,001 by 10 : 20 : 30 is
 * 166,666.83, 333,333.67 and 500,000.5: two fen are left. 333 × 100 × 0.9 = 29,970, all over the cap of nought.
 */
const shuozhou = {
  ...{ jurisdiction: 'shuozhou', subsidyFen: 1, allocationKey: 'expectedQuantity' },
  costs: [
    cost('1', 'processing', 1_000_001),
    cost('2', 'labour', 500_000, 'a'),
    cost('3', 'dataAcquisition', 9),
  ],
  ...{ bondYield: 0.0185, points: 4.5, tax: { mode: 'amount', fen: 30_000 }, previousExcessFen: 2_000_000 },
  products: ['a', 'b', 'c'].map((id, at) => ({
    id,
    unit: 'call',
    ceilingFen: 100,
    expectedQty: 10 * (at + 1),
  })),
  tariffs: [
    { ...place('a', 'smallFirm'), fen: 100, discount: '0.05' },
    { ...place('a', 'welfare'), fen: 100, discount: '0.1' },
  ],
  usage: [{ id: '1', ...place('a', 'welfare'), qty: 333, merchant: 'm' }],
  sharing: { resourceFeeRate: '0.03', poolFen: 100, factors: ['1', '1', '1'], parties: ['g', 'o', 's'] },
};

/**
 * 乌海. Three kinds of cost; labour is none. Net 500,000; rate 0.02 + 0.03: profit 25,000; tax 13 % of 525,000 = 68,250;
 * cap 593,250. Forecast 300,000 + 70,003.5. Each line is rounded: 3 × 999 × 0.667 = 1,998.999 and 4 × 999 × 0.667 =
 * 2,665.332, together 4,663 where one line of seven would be 4,664. Shared 333,333 by 2 : 1.
 */
const wuhai = {
  jurisdiction: 'wuhai',
  costs: [
    cost('1', 'productDevelopment', 333_333),
    cost('2', 'security', 100_000, 'x'),
    cost('3', 'serviceSystem', 66_667, 'y'),
    cost('4', 'labour', 1),
  ],
  allocationKey: { x: '2', y: '1' },
  ...{ bondYield: '0.02', points: '3', tax: { mode: 'rate', rate: '0.13' } },
  products: [
    { id: 'x', unit: 'item', ceilingFen: 1000, expectedQty: 300 },
    { id: 'y', unit: 'volume', ceilingFen: 7, expectedQty: '10000.5' },
  ],
  tariffs: [{ ...place('x'), fen: 999, discount: '0.333' }],
  usage: [3, 4].map((qty) => ({ id: `u${qty}`, ...place('x'), qty, merchant: 'm' })),
  sharing: {
    ...{ resourceFeeRate: '0.1', factors: { 局: '1', 司: '2' } },
    parties: [{ id: '局', kind: 'sourceDepartment' }, '司'],
  },
};

/** 国家. Subsidy over cost: nothing is permitted, a fen of it is left, all revenue is over, 5 + 10 are carried on. */
const national = {
  ...{ jurisdiction: 'national', costs: [cost('1', 'platformUpkeep', 999)], subsidyFen: 1000 },
  ...{ bondYield: '0.0185', points: '0', previousExcessFen: 5 },
  products: [{ id: 'p', unit: 'item', ceilingFen: 10, expectedQty: 0 }],
  tariffs: [{ ...place('p'), fen: 10 }],
  usage: [{ id: '1', ...place('p'), qty: 1, merchant: 'm' }],
};

/**
 * 兰亭, from its folder of YAML alone: at most four points, a quarter off for small firms, calls and hours alone. Net
 * 100; rate 0.01 + 0.04 = 0.05: cap 105. 40 × 2 × 0.75 = 60; not yet 70 % of 105.
 */
const lanting = {
  ...{ jurisdiction: 'lanting', costs: [cost('1', 'security', 100)], bondYield: '1%', points: '4' },
  products: [
    { id: 'p', unit: 'call', ceilingFen: 40, expectedQty: 2 },
    { id: 'q', unit: 'item', ceilingFen: 40, expectedQty: 2 },
  ],
  tariffs: [
    { ...place('p', 'smallFirm'), fen: 40, discount: '0.25' },
    { ...place('p', 'government'), fen: 40, discount: '0.249999999999' },
    { ...place('q'), fen: 40 },
  ],
  usage: [{ id: '1', ...place('p', 'smallFirm'), qty: 2, merchant: 'm' }],
};

describe('POST /v1/pricing/what-if', () => {
  let database: TestDatabase;
  let deps: ServiceDeps;
  let app: FastifyInstance;
  let address: string;
  beforeAll(async () => {
    database = await testDatabase();
    deps = serviceDeps('pricing', { url: database.url, tokens: await testTokens() });
    const packs = installedPacks({ mode: 'development', folder: fifthCity });
    app = await buildPricing({ ...deps, ...noCases, packs } as never);
    address = await app.listen({ port: 0, host: '127.0.0.1' });
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await deps?.db.destroy();
    await database?.drop();
  });

  /** Without a token and without an Idempotency-Key. */
  const send = (text: string) =>
    fetch(`${address}/v1/pricing/what-if`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    });
  const ask = async (question: object): Promise<WhatIfAnswer> => {
    const answer = await send(JSON.stringify(question));
    const body: unknown = await answer.json();
    if (answer.status !== 200) throw new Error(JSON.stringify(body));
    return body as WhatIfAnswer;
  };
  const refused = async (text: string) => {
    const answer = await send(text);
    const body = (await answer.json()) as {
      code: string;
      article?: object;
      errors?: { pointer: string; code: string }[];
    };
    const places = (body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
    return { status: answer.status, ...body, media: answer.headers.get('content-type'), places };
  };
  const article = (name: string) => ({
    instrument: expect.any(String),
    article: expect.stringContaining(name),
  });

  it('中卫 14, 22, 24, 25: the period above', async () => {
    const answer = await ask(zhongwei);
    expect(answer).toMatchObject({
      ...{
        permittedRevenue: 80_000_000,
        permittedRate: '0.0785',
        forecastFen: 86_000_000,
        forecastOverCap: true,
      },
      permittedRevenueParts: {
        ...{ acceptedFen: 80_000_000, subsidyFen: 10_000_000, netCostFen: 70_000_000, profitFen: 5_495_000 },
        ...{ taxFen: 4_529_700, capBeforeFen: 80_024_700, consumedFen: 24_700, carriedOnFen: 0 },
      },
      ...{ revenueFen: 81_601_200, excessFen: 1_601_200, carriedToNextPeriodFen: 1_601_200 },
      ...{ resourceFeeFen: 816_012, surplusFen: 4_654_288, poolFen: 4_654_288, poolOverSurplus: false },
      ...{ sharedCostByProduct: { p1: 30_000_000, p2: 30_000_000 }, position: { over: true, warned: true } },
      excessRule: { to: 'nextPeriod', conflict: null },
    });
    expect(answer.shares).toEqual([
      { party: 'government', fen: 1_396_287 },
      { party: 'operator', fen: 1_861_715 },
      { party: 'sourceDepartment', fen: 1_396_286 },
    ]);
    expect(answer.refusedCosts).toMatchObject([
      {
        id: '安全',
        code: 'costKindNotListed',
        article: article('三'),
        reasons: [{ pointer: '/costs/2/kind' }],
      },
      {
        id: '宴请',
        code: 'costUnrelated',
        article: article('三'),
        reasons: [{ pointer: '/costs/3/related' }],
      },
    ]);
    expect(answer.tariffResults).toMatchObject([
      { accepted: true },
      { accepted: false, code: 'chargeOnFreePurpose', article: article('二十四') },
      { accepted: true },
      {
        accepted: false,
        code: 'aboveCeiling',
        article: article('十七'),
        reasons: [{ pointer: '/tariffs/3/fen' }],
      },
    ]);
    expect(answer.bills).toMatchObject([
      {
        merchant: 'm1',
        totalFen: 57_600_000,
        lines: [{ usage: 'u1' }, { usage: 'u3', unitFen: null, fen: 0 }],
      },
      { merchant: 'm2', totalFen: 24_001_200, lines: [{ usage: 'u2', qty: '10000.5', discount: '0.2' }] },
    ]);
    expect(answer.unrated).toMatchObject([{ id: 'u4', code: 'noTariff', pointer: '/usage/3' }]);
    expect(answer.refusedUsage).toMatchObject([{ id: 'u2', code: 'usageDiffers', pointer: '/usage/5' }]);
  });

  it('朔州 十（二）–（四）: 65号 goes first and the conflict is named', async () => {
    const answer = await ask(shuozhou);
    expect(answer).toMatchObject({
      ...{ permittedRevenue: 0, permittedRate: '0.0635', forecastFen: 6000, forecastOverCap: true },
      permittedRevenueParts: { profitFen: 95_250, capBeforeFen: 1_625_250, carriedOnFen: 374_750 },
      ...{ revenueFen: 29_970, excessFen: 29_970, carriedToNextPeriodFen: 404_720, resourceFeeFen: 899 },
      ...{ surplusFen: 0, poolFen: 100, poolOverSurplus: true },
      sharedCostByProduct: { a: 166_667, b: 333_334, c: 500_000 },
      excessRule: { to: 'pool', conflict: expect.stringContaining('65'), article: article('') },
      refusedCosts: [{ id: '3', article: article('十（二）') }],
      tariffResults: [{ code: 'discountTooSmall', article: article('十（三）') }, { accepted: true }],
    });
    expect(answer.shares.map(({ fen }) => fen)).toEqual([34, 33, 33]);
  });

  it('乌海 九: three kinds of cost, and each line rounded down', async () => {
    const answer = await ask(wuhai);
    expect(answer).toMatchObject({
      ...{ permittedRevenue: 593_250, permittedRate: '0.05', forecastFen: 370_003, forecastOverCap: false },
      ...{ revenueFen: 4663, excessFen: 0, resourceFeeFen: 466, surplusFen: 0 },
      ...{ sharedCostByProduct: { x: 222_222, y: 111_111 }, directCostByProduct: { x: 100_000, y: 66_667 } },
      refusedCosts: [{ id: '4', code: 'costKindNotListed', article: article('九') }],
      shares: [
        { party: '局', fen: 0 },
        { party: '司', fen: 0 },
      ],
    });
    const parties = [{ id: '局', kind: 'government' }, '司'];
    const notHere = await refused(JSON.stringify({ ...wuhai, sharing: { ...wuhai.sharing, parties } }));
    expect(notHere).toMatchObject({
      ...{ status: 422, code: 'sharingPartyNotAllowed', article: article('九') },
      places: ['/body/sharing/parties/0 sharingPartyNotAllowed'],
    });
  });

  it('国家 17, 22 and 65号: a subsidy over the cost permits nothing', async () => {
    expect(await ask(national)).toMatchObject({
      ...{ permittedRevenue: 0, permittedRevenueParts: { leftSubsidyFen: 1, carriedOnFen: 5 } },
      ...{ revenueFen: 10, excessFen: 10, carriedToNextPeriodFen: 15, surplusFen: 0, shares: [] },
    });
  });

  it('兰亭: a city of its own numbers needs its YAML alone', async () => {
    expect(await ask(lanting)).toMatchObject({
      ...{ permittedRevenue: 105, permittedRate: '0.05', revenueFen: 60 },
      position: { warned: false, from: '0.7', leftFen: 45 },
      tariffResults: [{ accepted: true }, { code: 'discountTooSmall' }, { code: 'unitNotAllowed' }],
    });
    const over = await refused(JSON.stringify({ ...lanting, points: '4.000000000001' }));
    expect(over).toMatchObject({
      ...{ status: 422, code: 'pointsOverMaximum', article: article('') },
      places: ['/body/points pointsOverMaximum'],
    });
  });

  it('answers the same twice, and the same for another order', async () => {
    const first = await (await send(JSON.stringify(zhongwei))).text();
    expect(await (await send(JSON.stringify(zhongwei))).text()).toBe(first);
    const answer = JSON.parse(first) as WhatIfAnswer;
    const usage = zhongwei.usage.slice(0, 4).toReversed();
    const other = await ask({ ...zhongwei, costs: zhongwei.costs.toReversed(), usage });
    const fields = [
      'permittedRevenue',
      'revenueFen',
      'bills',
      'shares',
      'surplusFen',
      'sharedCostByProduct',
    ] as const;
    for (const field of fields) expect(other[field]).toEqual(answer[field]);
  });

  const json = (change: object): string => JSON.stringify({ ...zhongwei, ...change });
  const first = <T>(list: readonly T[], change: object) =>
    list.map((one, at) => (at === 0 ? { ...one, ...change } : one));
  const { costs, products, tariffs, usage, sharing } = zhongwei;
  it.each([
    ['nothing', '{}', '/body/costs invalid_type'],
    ['no object', '[]', '/body invalid_type'],
    ['null', 'null', '/body invalid_type'],
    ['an unknown field', json({ pool: 1 }), '/body/pool unrecognized_keys'],
    ['an unknown city', json({ jurisdiction: 'atlantis' }), '/body/jurisdiction unknown'],
    ['half a fen', json({ costs: first(costs, { fen: 0.5 }) }), '/body/costs/0/fen invalid_type'],
    ['a negative amount', json({ subsidyFen: -1 }), '/body/subsidyFen too_small'],
    ['an amount as text', json({ subsidyFen: '1' }), '/body/subsidyFen invalid_type'],
    ['a number past 2^53', json({ subsidyFen: 2 ** 53 }), '/body/subsidyFen unsafeNumber'],
    ['1e400', json({}).replace('10000000', '1e400'), '/body/subsidyFen unsafeNumber'],
    ['a float too long for a rate', json({ bondYield: 0.1 + 0.2 }), '/body/bondYield rateNotExact'],
    ['a rate with a comma', json({ bondYield: '0,0185' }), '/body/bondYield rateNotExact'],
    ['a bond yield in per cent', json({ bondYield: 1.85 }), '/body/bondYield bondYieldImplausible'],
    ['points over six', json({ points: '6.1' }), '/body/points pointsOverMaximum'],
    [
      'a discount over all',
      json({ tariffs: first(tariffs, { discount: '1.1' }) }),
      '/body/tariffs/0/discount rateOverOne',
    ],
    ['a negative quantity', json({ usage: first(usage, { qty: -1 }) }), '/body/usage/0/qty quantityNotExact'],
    ['a mode of tax that is none', json({ tax: { mode: 'guess' } }), '/body/tax/mode invalid_union'],
    ['a tax of both', json({ tax: { mode: 'rate', fen: 1 } }), '/body/tax/rate invalid_union'],
    ['a product twice', json({ products: [...products, products[0]] }), '/body/products/2/id idTwice'],
    [
      'a product named for what is shared',
      json({ products: [...products, { ...products[0], id: 'shared' }] }),
      '/body/products/2/id idReserved',
    ],
    ['a cost twice', json({ costs: [...costs, costs[0]] }), '/body/costs/4/id idTwice'],
    [
      'cost of an unknown product',
      json({ costs: first(costs, { product: 'p9' }) }),
      '/body/costs/0/product productUnknown',
    ],
    [
      'a key of an unknown product',
      json({ allocationKey: { p9: 1 } }),
      '/body/allocationKey/p9 productUnknown',
    ],
    [
      '… within weights',
      json({ allocationKey: { weights: { p9: 1 } } }),
      '/body/allocationKey/weights/p9 productUnknown',
    ],
    ['a key that is none', json({ allocationKey: 'guess' }), '/body/allocationKey invalid_union'],
    ['a key that is nought', json({ allocationKey: { p1: 0 } }), '/body/allocationKey allocationImpossible'],
    [
      'a party twice',
      json({ sharing: { ...sharing, parties: [...sharing.parties, 'operator'] } }),
      '/body/sharing/parties/3 idTwice',
    ],
    [
      'a factor of nobody',
      json({ sharing: { ...sharing, factors: { ...sharing.factors, x: 1 } } }),
      '/body/sharing/factors/x partyUnknown',
    ],
    [
      'a party without a factor',
      json({ sharing: { ...sharing, factors: {} } }),
      '/body/sharing/parties/0 factorMissing',
    ],
    [
      'too few factors',
      json({ sharing: { ...sharing, factors: [1] } }),
      '/body/sharing/factors factorsNotAligned',
    ],
    [
      'factors of nought',
      json({ sharing: { ...sharing, factors: [0, 0, 0] } }),
      '/body/sharing/factors weightsAllZero',
    ],
    [
      'a purpose that is none',
      json({ usage: first(usage, { purpose: 'fun' }) }),
      '/body/usage/0/purpose invalid_value',
    ],
    ['a mark of nought in an id', json({ costs: first(costs, { id: 'a\u0000' }) }), '/body/costs/0/id nul'],
    ['a field of the prototype', json({}).replace('"p1"', '"p1","__proto__":1'), undefined],
    ['too many costs', json({ costs: Array(10_001).fill(costs[0]) }), '/body/costs too_big'],
    [
      'sums past 2^53',
      json({ costs: ['1', '2'].map((id) => cost(id, 'labour', Number.MAX_SAFE_INTEGER)), subsidyFen: 0 }),
      undefined,
    ],
    ['brackets without end', '['.repeat(100_000), undefined],
    ['no JSON', '{"jurisdiction":', undefined],
  ])('%s is a problem with its place, never a fault', async (_name, text, expected) => {
    const { status, media, places } = await refused(text);
    expect(media).toContain('application/problem+json');
    expect([400, 422]).toContain(status);
    expect(expected === undefined || places.includes(expected) || places).toBe(true);
  });

  it('names every wrong place at once', async () => {
    const { places } = await refused(json({ bondYield: '2', points: '7' }));
    expect(places).toEqual(['/body/bondYield bondYieldImplausible', '/body/points pointsOverMaximum']);
  });

  it('answers 100,000 records of use, each once', async () => {
    const many = Array.from({ length: 100_000 }, (_, at) => ({
      ...{ id: `u${at}`, ...place('p1'), qty: 3, merchant: `m${at % 7}` },
    }));
    const { revenueFen, bills } = await ask({ ...zhongwei, usage: many });
    expect([revenueFen, bills.length]).toEqual([100_000 * 3 * 480, 7]);
  }, 60_000);

  it('saves nothing', async () => {
    const rows = await sql<{ n: number }>`select count(*)::integer as n from outbox`.execute(deps.db);
    expect(rows.rows[0]?.n).toBe(0);
  });
});
