import { type Chance, byChance, exactEnough, tail, tellsOfCopying } from './chance.ts';

const repeats = (rows: number, twice = 0) => ({
  rows,
  times: new Map([
    [1, rows - 2 * twice],
    [2, twice],
  ]),
  pairs: twice,
});
const chance = (given: Partial<Chance>): Chance => ({
  productRows: 10_000,
  source: repeats(10_000),
  columnPairs: [1e4, 1e4, 1e4],
  below: 5,
  ...given,
});

describe('E1: how many rows strangers would make agree', () => {
  it('next to none, where columns are rare and the source has no twins', () =>
    expect(byChance(chance({}))).toBeCloseTo(1));
  it('as many as the source has twins', () =>
    expect(byChance(chance({ source: repeats(10_000, 500) }))).toBeCloseTo(1_001));
  it('as many as unconnected columns give, though no row of the source comes twice', () =>
    expect(byChance(chance({ columnPairs: [5e7, 5e7, 5e7] }))).toBe(10_000));
  it('next to none, where a rare field agrees and rows with another value of it do not agree on the rest', () =>
    expect(
      byChance(
        chance({ source: repeats(10_000, 5_000), rare: { across: 137, restPairs: 0, allPairs: 5e7 } }),
      ),
    ).toBeLessThan(0.001));
  it('as many as those of a running number that agree on the rest', () =>
    expect(
      byChance(
        chance({
          source: repeats(10_000, 5_000),
          columnPairs: [1e4, 1e6, 1e6],
          rare: { across: 10_000, restPairs: 5e5, allPairs: 5e7 },
        }),
      ),
    ).toBeCloseTo(100, 0));
  it('a small source is held against the pairs within the product', () =>
    expect(
      byChance(chance({ source: repeats(10), product: { rows: 10_000, times: new Map(), pairs: 5e6 } })),
    ).toBeGreaterThan(9_000));
});

describe('what rules chance out', () => {
  it.each([
    { found: 137, expected: 1, tells: true, exact: false },
    { found: 137, expected: 0.4, tells: true, exact: true },
    { found: 1, expected: 1e-6, tells: true, exact: true },
    { found: 1, expected: 0.05, tells: false, exact: false },
    { found: 100, expected: 60, tells: false, exact: false },
    { found: 0, expected: 0, tells: false, exact: false },
    { found: 20_000, expected: 15, tells: true, exact: true },
  ])('$found found, $expected expected', ({ found, expected, tells, exact }) => {
    expect(tellsOfCopying(found, expected)).toBe(tells);
    expect(exactEnough(found, expected)).toBe(exact);
  });
  it('the tail is that of the Poisson distribution', () => {
    expect(tail(1, 0.1)).toBeCloseTo(0.0952, 3);
    expect(tail(10, 2)).toBeCloseTo(4.65e-5, 5);
  });
});
