/** Random ledgers and splits for the invariants, from a whole number each, so that a failure names one. */
import type { AllocationKey, Cost, Period, Product, Tariff, Use } from './period.ts';

type Draw = {
  below: (limit: number) => number;
  between: (least: number, most: number) => number;
  of: <T>(list: readonly T[]) => T;
};

/** mulberry32: small, quick and the same everywhere. */
export const drawing = (seed: number): Draw => {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const of = <T>(list: readonly T[]): T => {
    const one = list[below(list.length)];
    if (one === undefined) throw new Error('nothing to draw from');
    return one;
  };
  return { below, between: (least, most) => least + below(most - least + 1), of };
};

export const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
const kinds = ['platformBuild', 'platformUpkeep', 'dataAcquisition', 'labour', 'security', 'processing'];
const classes = ['general', 'general', 'smallFirm', 'welfare', 'government'];
const purposes = ['industry', 'industry', 'industry', 'publicGovernance', 'publicWelfare'];
const parties: Readonly<Record<string, readonly string[]>> = {
  national: ['government', 'operator', 'sourceDepartment', 'partner', 'publicGood'],
  zhongwei: ['publicGood', 'partner', 'sourceDepartment', 'operator', 'government'],
  shuozhou: ['government', 'operator', 'sourceDepartment', 'partner'],
  wuhai: ['sourceDepartment', 'operator', 'publicGood'],
};
const keys = ['equal', 'expectedQuantity', 'equal', 'weights'];
const rates = ['0', '0', '0.06', '0.13', '0.333333333333', '0.000000000001', '0.0185'];
const discounts = ['0', '0.5', '0.2', '0.333', '0.999999999999', '1', '0.05'];
const scales = [9, 1000, 100_000, 10_000_000, 100_000_000_000];

const tariffsOf = (draw: Draw, products: Product[]): Tariff[] => {
  const tariffs = products.map(
    ({ id, ceilingFen }): Tariff => ({
      product: draw.below(15) === 0 ? 'p9' : id,
      class: draw.of(classes),
      purpose: draw.of(purposes),
      fen: Math.max(0, ceilingFen - draw.between(-1, 3)),
      discount: draw.of(discounts),
    }),
  );
  const placed = new Map(
    tariffs.map((tariff) => [`${tariff.product} ${tariff.class} ${tariff.purpose}`, tariff]),
  );
  return [...placed.values()];
};

const usageOf = (draw: Draw, tariffs: Tariff[], products: Product[]): Use[] => {
  const many = draw.below(5);
  const usage: Use[] = [];
  for (let i = 0; i < many; i += 1) {
    const tariff = draw.of(tariffs);
    const stray = draw.below(5) === 0;
    usage.push({
      id: `u${i}`,
      product: stray ? draw.of(products).id : tariff.product,
      qty: draw.between(1, draw.of([3, 400, 90_000])),
      merchant: `m${draw.below(3)}`,
      class: stray ? draw.of(classes) : tariff.class,
      purpose: stray ? draw.of(purposes) : tariff.purpose,
    });
  }
  const [first] = usage;
  return first && draw.below(4) === 0 ? [...usage, { ...first }] : usage;
};

/** Sold by the fen until there is a surplus within the cap: a little more than the costs, and little tax. */
const profitable = (draw: Draw, period: Period): Period => {
  const cost = period.costs.reduce((sum, { related, fen }) => (related ? sum + fen : sum), 0);
  const place = { product: 'fill', class: 'general', purpose: 'industry' };
  const qty = Math.min(1_000_000_000, cost + draw.below(cost / 20 + 9) + 1);
  return {
    ...period,
    previousExcessFen: 0,
    tax: { mode: 'amount', fen: draw.below(3) },
    products: [...period.products, { id: 'fill', unit: 'call', ceilingFen: 1, expectedQty: 1 }],
    tariffs: [...period.tariffs, { ...place, fen: 1, discount: '0' }],
    usage: [{ id: 'fill', ...place, qty, merchant: 'm1' }],
    sharing: { ...period.sharing, resourceFeeRate: '0.01', poolFen: null },
  };
};

/** A period out of a whole number: the same each time. */
export const randomPeriod = (seed: number): Period => {
  const draw = drawing(seed);
  const period = plainPeriod(draw);
  return draw.below(5) === 0 ? profitable(draw, period) : period;
};

const plainPeriod = (draw: Draw): Period => {
  const products = Array.from(
    { length: draw.between(1, 3) },
    (_, i): Product => ({
      id: `p${i}`,
      unit: draw.of(['item', 'call', 'hour', 'megabyte']),
      ceilingFen: draw.between(1, draw.of([5, 300, 90_000])),
      expectedQty: draw.below(500),
    }),
  );
  const scale = draw.of(scales);
  const costs = Array.from(
    { length: draw.below(4) },
    (_, i): Cost => ({
      id: `c${i}`,
      kind: draw.of(kinds),
      product: draw.below(2) === 0 ? null : draw.of(products).id,
      fen: draw.below(scale),
      related: draw.below(10) > 0,
    }),
  );
  const tariffs = tariffsOf(draw, products);
  const jurisdiction = draw.of(cities);
  const possible = parties[jurisdiction] ?? [];
  const some = possible.filter(() => draw.below(2) === 0);
  const taking = some.length > 0 ? some : [draw.of(possible)];
  const factors = Object.fromEntries(
    taking.map((party, i) => [
      party,
      i === 0 ? draw.of(['1', '3', '0.000000000001']) : draw.of(['0', '1', '1', '2.5', '7']),
    ]),
  );
  const key = draw.of(keys);
  const expecting = products.some(({ expectedQty }) => expectedQty > 0);
  const allocationKey: AllocationKey =
    key === 'weights'
      ? { weights: Object.fromEntries(products.map(({ id }, i) => [id, i === 0 ? 1 : draw.below(4)])) }
      : key === 'equal' || expecting
        ? key
        : 'equal';
  return {
    jurisdiction,
    ...(draw.below(3) > 0 ? { costKinds: kinds } : {}),
    costs,
    subsidyFen: draw.below(3) === 0 ? draw.below(scale * 2) : 0,
    allocationKey,
    bondYield: draw.of(['0.0185', '1.85%', '0', '0.023456789012']),
    points: draw.of(['6', '0', '5.999999999999', '3']),
    tax:
      draw.below(2) === 0
        ? { mode: 'amount', fen: draw.below(scale) }
        : { mode: 'rate', rate: draw.of(rates) },
    previousExcessFen: draw.below(3) === 0 ? draw.below(scale * 3) : 0,
    products,
    tariffs,
    usage: usageOf(draw, tariffs, products),
    sharing: {
      resourceFeeRate: draw.of(rates),
      poolFen: draw.below(2) === 0 ? null : draw.below(draw.of([7, 1000, scale])),
      factors,
      parties: taking,
    },
  };
};

/** The same list in another order. */
export const shuffled = <T>(list: readonly T[], seed: number): T[] => {
  const draw = drawing(seed);
  const rest = [...list];
  for (let i = rest.length - 1; i > 0; i -= 1) {
    const j = draw.below(i + 1);
    const [a, b] = [rest[i], rest[j]];
    if (a !== undefined && b !== undefined) [rest[i], rest[j]] = [b, a];
  }
  return rest;
};
