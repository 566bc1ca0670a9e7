import fc from 'fast-check';
import type { Ledger } from '@gongshu/service-pricing/costs/ledger';
import { allocationOf, figuresOf } from '@gongshu/service-pricing/costs/report-content';

const fen = fc.bigInt({ min: 0n, max: 9_000_000_000n });
const product = fc.constantFrom('p1', 'p2', 'p3', 'p4');
const ledger: fc.Arbitrary<Ledger> = fc.record({
  costs: fc.array(
    fc.record({
      id: fc.constant('FY-1'),
      kind: fc.constantFrom('labour' as const, 'storage' as const, 'governance' as const),
      product: fc.option(product),
      fen,
      related: fc.constant(true),
    }),
    { maxLength: 20 },
  ),
  subsidyFen: fen,
  allocationKey: fc.record({
    id: fc.constant('FT-1'),
    key: fc.constant('weights' as const),
    weights: fc.uniqueArray(
      fc.record({ product, weight: fc.integer({ min: 1, max: 1e9 }).map((n) => String(n / 1000)) }),
      { selector: (one) => one.product, minLength: 1 },
    ),
  }),
});
const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);

it('totals, subsidies and allocation add up to the fen, over 5 000 random ledgers', () => {
  const found = fc.check(
    fc.property(ledger, (given) => {
      const figures = figuresOf(given);
      const allocation = allocationOf(given);
      const all = Number(given.costs.reduce((a, one) => a + one.fen, 0n));
      const parts = allocation?.products ?? [];
      const sums = [
        figures.acceptedFen,
        sum(figures.byKind.map((one) => one.fen)),
        sum(figures.byProduct.map((one) => one.fen)),
        figures.netFen + figures.usedSubsidyFen,
        sum(parts.map((one) => one.totalFen)),
      ];
      return (
        sums.every((one) => one === all) &&
        figures.usedSubsidyFen + figures.leftSubsidyFen === Number(given.subsidyFen) &&
        sum(parts.map((one) => one.sharedFen)) === allocation?.sharedFen
      );
    }),
    { numRuns: 5_000 },
  );
  expect(found.counterexample).toBeNull();
});

it('the same ledger and key give the same parts; a key that weighs nothing lays nothing', () => {
  const costs: Ledger['costs'] = [{ id: 'FY-1', kind: 'labour', product: null, fen: 10n, related: true }];
  const by = (weights: { product: string; weight: string | null }[]) =>
    allocationOf({ costs, subsidyFen: 0n, allocationKey: { id: 'FT-1', key: 'weights', weights } });
  const thirds = ['b', 'a', 'c'].map((one) => ({ product: one, weight: '1' }));
  expect(by(thirds)).toEqual(by(thirds));
  expect(by(thirds)?.products.map(({ sharedFen }) => sharedFen)).toEqual([4, 3, 3]);
  // No product has cost of its own: by direct cost there is nothing to go by.
  expect(() => by([{ product: 'a', weight: null }])).toThrow(
    expect.objectContaining({ code: 'allocationImpossible' }),
  );
  expect(allocationOf({ costs, subsidyFen: 0n, allocationKey: null })).toBeNull();
});
