// F2, F4, 65号: cost that counts, the cap and its parts, an overrun taken once; bad twins are caught.
import fc from 'fast-check';
import { amounts, decimals, madeLaw } from '../../../tests/support/made-prices.ts';
import { fraction } from '../exact.ts';
import { allocateShared, costParts, judgeCost, netCost } from './cost.ts';
import { forecast } from './forecast.ts';
import { decimalText, quantityOf, rateOf, sumOf } from './money.ts';
import { permittedRate, permittedRevenue, type Tax } from './permitted-revenue.ts';

const codes = (cost: { kind: string; related: boolean }, kinds?: string[]) =>
  judgeCost(cost, madeLaw, kinds).map(({ code, at, article }) => `${code} ${at} ${article?.article}`);

describe('cost', () => {
  it('counts where its kind is listed and it is related', () => {
    expect(codes({ kind: 'labour', related: true })).toEqual([]);
    expect(codes({ kind: 'entertainment', related: true }, ['entertainment'])).toEqual([]);
  });
  it('is refused with the article otherwise', () => {
    expect(codes({ kind: 'entertainment', related: true })).toEqual(['costKindNotListed /kind 二']);
    expect(codes({ kind: 'labour', related: false })).toEqual(['costUnrelated /related 四']);
    expect(codes({ kind: 'labour', related: false }, ['storage'])).toHaveLength(2);
  });

  it('is net of subsidy, never under nought', () => {
    expect(netCost(100n, 30n)).toEqual({ accepted: 100n, net: 70n, usedSubsidy: 30n, leftSubsidy: 0n });
    expect(netCost(100n, 130n)).toEqual({ accepted: 100n, net: 0n, usedSubsidy: 100n, leftSubsidy: 30n });
  });

  it('that is shared is laid on the products, ties in their order', () => {
    const parts = costParts([
      { product: null, fen: 100n },
      { product: 'a', fen: 7n },
      { product: 'a', fen: 3n },
    ]);
    expect(parts).toEqual({ all: 110n, shared: 100n, direct: new Map([['a', 10n]]) });
    const equal = ['a', 'b', 'c'].map((product) => ({ product, weight: fraction(1n) }));
    expect(allocateShared(100n, equal)).toEqual(
      new Map([
        ['a', 34n],
        ['b', 33n],
        ['c', 33n],
      ]),
    );
  });
  it('cannot be laid by a key that is nought for all, unless it is nought itself', () => {
    const nought = [{ product: 'a', weight: fraction(0n) }];
    expect(allocateShared(1n, nought)).toMatchObject({ code: 'allocationImpossible' });
    expect(allocateShared(0n, nought)).toEqual(new Map([['a', 0n]]));
  });
});

describe('the permitted rate', () => {
  const rate = (bondYield: string | number, points: string | number) => {
    const judged = permittedRate({ bondYield, points }, madeLaw);
    return 'rate' in judged
      ? decimalText(judged.rate)
      : judged.reasons.map(({ code, at, article }) => [code, at, article?.article]);
  };
  it.each([
    ['0.0185', '6', '0.0785'],
    ['1.85%', 6, '0.0785'],
    [0.0185, '0', '0.0185'],
    ['0.299999999999', '5.999999999999', '0.35999999999899'],
    ['30%', '0', [['bondYieldImplausible', '/bondYield', '五']]],
    ['0.3', '0', [['bondYieldImplausible', '/bondYield', '五']]],
    ['1.85', '6', [['bondYieldImplausible', '/bondYield', '五']]],
    ['0.0185', '6.000000000001', [['pointsOverMaximum', '/points', '五']]],
    [
      ...(['2', '7'] as const),
      [
        ['bondYieldImplausible', '/bondYield', '五'],
        ['pointsOverMaximum', '/points', '五'],
      ],
    ],
  ])('of %p and %p points is %p', (bondYield, points, expected) => {
    expect(rate(bondYield, points)).toEqual(expected);
  });
});

describe('the permitted revenue', () => {
  const given = {
    ...{ accepted: 1_000_001n, subsidy: 1n, rate: rateOf('0.0785'), previousExcess: 0n },
    tax: { mode: 'rate', rate: rateOf('0.06') } as Tax,
  };
  // 1,000,000 × 1.0785 × 1.06 = 1,143,210; profit 78,500, tax the rest
  it('opens into its parts', () => {
    expect(permittedRevenue(given)).toMatchObject({
      ...{ net: 1_000_000n, profit: 78_500n, tax: 64_710n, capBefore: 1_143_210n, permitted: 1_143_210n },
    });
  });
  // 101 × 1.0785 = 108.9285; × 1.06 = 115.46421, floor 115; in two roundings it would be 108 × 1.06 = 114.48
  it('is rounded down once, at the end', () => {
    const small = permittedRevenue({ ...given, accepted: 102n });
    expect(small).toMatchObject({ profit: 7n, tax: 7n, taxDue: 7n, capBefore: 115n });
  });
  it.each([
    [0n, 1_143_210n, 0n],
    [1_143_209n, 1n, 0n],
    [1_143_210n, 0n, 0n],
    [1_143_211n, 0n, 1n],
    [5_000_000n, 0n, 3_856_790n],
  ])('less an excess of %p is %p, and %p is carried on', (previousExcess, permitted, carriedOn) => {
    expect(permittedRevenue({ ...given, previousExcess })).toMatchObject({ permitted, carriedOn });
  });

  const ledgers = fc.record({
    costs: fc.array(amounts, { maxLength: 6 }),
    subsidy: amounts,
    rate: decimals(1, 14).map((text) => rateOf(text.slice(0, 14))),
    tax: fc.oneof(
      fc.record({ mode: fc.constant('amount' as const), fen: amounts }),
      fc.record({ mode: fc.constant('rate' as const), rate: decimals(2, 12).map(rateOf) }),
    ),
    previousExcess: amounts,
  });
  type Engine = typeof permittedRevenue;
  const holds = (engine: Engine) =>
    fc.property(ledgers, ({ costs, ...rest }) => {
      const input = { ...rest, accepted: sumOf(costs) };
      const cap = engine(input);
      const exact = cap.net * (rest.rate.d + rest.rate.n);
      const [n, d] =
        rest.tax.mode === 'rate'
          ? [exact * (rest.tax.rate.d + rest.tax.rate.n), rest.rate.d * rest.tax.rate.d]
          : [exact + rest.tax.fen * rest.rate.d, rest.rate.d];
      return (
        cap.accepted - cap.usedSubsidy === cap.net &&
        cap.usedSubsidy + cap.leftSubsidy === rest.subsidy &&
        cap.net + cap.profit + cap.tax === cap.capBefore &&
        cap.consumed + cap.carriedOn === rest.previousExcess &&
        cap.capBefore - cap.consumed === cap.permitted &&
        [cap.net, cap.profit, cap.tax, cap.permitted, cap.carriedOn].every((part) => part >= 0n) &&
        (cap.permitted === 0n || cap.carriedOn === 0n) &&
        // The cap is the greatest whole number of fen not above the exact one.
        cap.capBefore * d <= n &&
        (cap.capBefore + 1n) * d > n
      );
    });
  it('adds up and takes an overrun once, on 25,000 random ledgers', () => {
    expect(() => fc.assert(holds(permittedRevenue), { numRuns: 25_000, seed: 65 })).not.toThrow();
  });
  it.each<[string, Engine]>([
    ['forgets what it could not consume', (input) => ({ ...permittedRevenue(input), carriedOn: 0n })],
    [
      'rounds profit before tax',
      (input) => {
        const before = permittedRevenue({ ...input, tax: { mode: 'amount', fen: 0n } });
        const { tax } = input;
        const fen = tax.mode === 'rate' ? (before.capBefore * tax.rate.n) / tax.rate.d : tax.fen;
        return permittedRevenue({ ...input, tax: { mode: 'amount', fen } });
      },
    ],
    [
      'goes on above the subsidy',
      (input) => {
        const cap = permittedRevenue({ ...input, subsidy: 0n });
        return { ...cap, net: cap.net - input.subsidy, usedSubsidy: input.subsidy };
      },
    ],
    [
      'computes with floats',
      (input) => {
        const cap = permittedRevenue(input);
        const rate = Number(input.rate.n) / Number(input.rate.d);
        return { ...cap, profit: BigInt(Math.floor(Number(cap.net) * rate)) };
      },
    ],
  ])('a twin that %s is caught', (_name, twin) => {
    expect(fc.check(holds(twin), { numRuns: 5000, seed: 65 }).failed).toBe(true);
  });
});

describe('the forecast', () => {
  const products = [
    { id: 'a', ceiling: 150n, expected: quantityOf('10.5') },
    { id: 'b', ceiling: 33n, expected: quantityOf('0.1') },
    { id: 'c', ceiling: null, expected: quantityOf(1000) },
  ];
  // 1575 + 3.3 + 0
  it('is rounded down once, and warns over the cap', () => {
    expect(forecast(products, 1579n)).toEqual({
      parts: [
        { product: 'a', exactFen: '1575' },
        { product: 'b', exactFen: '3.3' },
        { product: 'c', exactFen: '0' },
      ],
      fen: 1578n,
      overCap: false,
    });
    expect(forecast(products, 1578n).overCap).toBe(true);
    expect(forecast(products.slice(0, 1), 1575n).overCap).toBe(false);
  });
});
