// F2, F5: what is over the cap and what is shared never meet; over periods, each fen over is deducted once.
import fc from 'fast-check';
import { amounts, decimals, madeLaw } from '../../../tests/support/made-prices.ts';
import { fraction } from '../exact.ts';
import { rateOf, sumOf, weightOf } from './money.ts';
import { permittedRevenue } from './permitted-revenue.ts';
import { poolsExcess, positionOf, revenueByKind, settle, sharePool } from './settlement.ts';

const cap = (change: Partial<Parameters<typeof settle>[1]> = {}) => ({
  ...{ net: 1000n, taxDue: 60n, permitted: 1200n, carriedOn: 0n },
  ...change,
});

describe('a period settled', () => {
  it.each([
    // 1,100: fee 33, 1,100 − 1,000 − 33 − 60 = 7
    [1100n, { excess: 0n, resourceFee: 33n, surplus: 7n, withinCap: 1100n }],
    // 1,500 is 300 over; fee of all of it 45; 1,200 − 1,000 − 45 − 60 = 95
    [1500n, { excess: 300n, resourceFee: 45n, surplus: 95n, withinCap: 1200n }],
    [1200n, { excess: 0n, resourceFee: 36n, surplus: 104n, withinCap: 1200n }],
    [1201n, { excess: 1n, resourceFee: 36n, surplus: 104n, withinCap: 1200n }],
    [500n, { excess: 0n, resourceFee: 15n, surplus: 0n, withinCap: 500n }],
  ])('with revenue of %p', (revenue, expected) => {
    expect(settle(revenue, cap(), rateOf('0.03'))).toMatchObject(expected);
  });
  it('carries on what the cap could not consume', () => {
    expect(settle(10n, cap({ permitted: 0n, carriedOn: 5n }), fraction(0n))).toMatchObject({
      ...{ excess: 10n, carriedToNext: 15n, surplus: 0n },
    });
  });

  it('revenue is by kind, and of no other', () => {
    const { all, kinds } = revenueByKind(
      [
        { kind: 'merchantServices', fen: 5n },
        { kind: 'operationFees', fen: 7n },
        { kind: 'merchantServices', fen: 1n },
      ],
      madeLaw,
    );
    expect([all, [...kinds]]).toEqual([
      13n,
      [
        ['operationFees', 7n],
        ['merchantServices', 6n],
      ],
    ]);
    expect(() => revenueByKind([{ kind: 'dataTrading', fen: 1n }], madeLaw)).toThrow(RangeError);
  });

  it.each([
    [0n, 1000n, [1000n, false, false]],
    [899n, 1000n, [101n, false, false]],
    [900n, 1000n, [100n, true, false]],
    [1000n, 1000n, [0n, true, false]],
    [1001n, 1000n, [0n, true, true]],
    [0n, 0n, [0n, false, false]],
    [1n, 0n, [0n, true, true]],
  ])('%p of %p warns early', (revenue, permitted, expected) => {
    const { left, warned, over } = positionOf(revenue, permitted, madeLaw);
    expect([left, warned, over]).toEqual(expected);
  });

  it('is shared by those who share here', () => {
    const parties = [
      { id: 'g', kind: 'government' as const, factor: weightOf(1) },
      { id: 'o', factor: weightOf(2) },
    ];
    expect(sharePool(100n, parties, madeLaw)).toEqual({
      shares: [
        { party: 'g', fen: 33n },
        { party: 'o', fen: 67n },
      ],
    });
    expect(
      sharePool(100n, [...parties, { id: 's', kind: 'publicGood', factor: weightOf(1) }], madeLaw),
    ).toMatchObject({
      reasons: [{ code: 'sharingPartyNotAllowed', at: '/parties/2', article: { article: '十五' } }],
    });
    expect(sharePool(0n, [{ id: 'g', factor: weightOf(0) }], madeLaw)).toMatchObject({
      reasons: [{ code: 'weightsAllZero', at: '/factors' }],
    });
  });
});

describe('periods one after the other', () => {
  const year = fc.record({ costs: fc.array(amounts, { maxLength: 3 }), revenue: amounts, subsidy: amounts });
  const chain = fc.record({
    years: fc.array(year, { minLength: 1, maxLength: 4 }),
    fee: decimals(1, 4).map(rateOf),
    tax: decimals(1, 4).map(rateOf),
  });
  type Engine = typeof settle;
  const rate = rateOf('0.0785');
  const once = (engine: Engine, pools = false) =>
    fc.property(chain, ({ years, fee, tax }) => {
      let [previous, over, taken] = [0n, 0n, 0n];
      for (const { costs, revenue, subsidy } of years) {
        const determined = permittedRevenue({
          ...{ accepted: sumOf(costs), subsidy, rate, previousExcess: previous },
          tax: { mode: 'rate', rate: tax },
        });
        const settled = engine(revenue, determined, fee, pools);
        taken += determined.consumed;
        over += pools ? 0n : settled.excess;
        previous = settled.carriedToNext;
        // What is over the cap is owed to the next period or shared: once, and never both.
        if (settled.pool !== settled.surplus + settled.pooled) return false;
        if (settled.pooled + settled.carriedToNext !== settled.excess + determined.carriedOn) return false;
        if (settled.pooled !== (pools ? settled.excess : 0n)) return false;
        // No fen is in both: the surplus is paid out of the revenue within the cap, beside cost, fee and tax.
        if (settled.withinCap + settled.excess !== revenue) return false;
        if (settled.excess > 0n !== revenue > determined.permitted) return false;
        const within = determined.net + settled.resourceFee + determined.taxDue + settled.surplus;
        if (settled.surplus < 0n || (settled.surplus > 0n && within > settled.withinCap)) return false;
        if (settled.withinCap > determined.permitted) return false;
      }
      return over === taken + previous;
    });

  it('each fen over a cap is deducted once, and none is shared: 10,000 chains', () => {
    expect(() => fc.assert(once(settle), { numRuns: 10_000, seed: 65 })).not.toThrow();
  });
  it('where the pack pools it, each fen over a cap is shared once, and none is deducted: 10,000 chains', () => {
    expect(() => fc.assert(once(settle, true), { numRuns: 10_000, seed: 65 })).not.toThrow();
    const both: Engine = (...given) => ({
      ...settle(...given),
      carriedToNext: settle(given[0], given[1], given[2]).carriedToNext,
    });
    expect(fc.check(once(both, true), { numRuns: 5000, seed: 65 }).failed).toBe(true);
    const neither: Engine = (...given) => ({
      ...settle(...given),
      pool: settle(given[0], given[1], given[2]).pool,
    });
    expect(fc.check(once(neither, true), { numRuns: 5000, seed: 65 }).failed).toBe(true);
  });
  it('65号 goes first: only a pack whose own text does pools what is over the cap', () => {
    const article = madeLaw.excess.article;
    const goes = (value: (typeof madeLaw)['excess']['value']) => poolsExcess({ excess: { value, article } });
    expect(goes({ to: 'nextPeriod', conflict: null })).toBe(false);
    expect(goes({ to: 'pool', conflict: '先适用 65 号文' })).toBe(false);
    expect(goes({ to: 'pool', conflict: '先适用本办法', first: 'pool' })).toBe(true);
  });
  it.each<[string, Engine]>([
    [
      'shares what is over the cap',
      (revenue, given, fee) => {
        const settled = settle(revenue, given, fee);
        return { ...settled, surplus: settled.surplus + settled.excess };
      },
    ],
    [
      'forgets what was carried on',
      (revenue, given, fee) => {
        const settled = settle(revenue, given, fee);
        return { ...settled, carriedToNext: settled.excess };
      },
    ],
    [
      'deducts what was consumed again',
      (revenue, given, fee) => {
        const settled = settle(revenue, given, fee);
        return { ...settled, carriedToNext: settled.carriedToNext + (given.carriedOn > 0n ? 1n : 0n) };
      },
    ],
    [
      'leaves the tax in the surplus',
      (revenue, given, fee) => settle(revenue, { ...given, taxDue: 0n }, fee),
    ],
    [
      'takes the fee of the part within the cap',
      (revenue, given, fee) => {
        const settled = settle(revenue, given, fee);
        const resourceFee = settle(settled.withinCap, given, fee).resourceFee;
        return { ...settled, surplus: settled.surplus + settled.resourceFee - resourceFee };
      },
    ],
  ])('a twin that %s is caught', (_name, twin) => {
    expect(fc.check(once(twin), { numRuns: 5000, seed: 65 }).failed).toBe(true);
  });
});
