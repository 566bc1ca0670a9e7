/** Figures of an operator's year off its ledger (F4): by kind, by product, shared cost laid on products. Whole fen. */
import { type Fraction, fraction } from '@gongshu/shared/exact';
import type { AllocationKey } from '@gongshu/shared/packs/topics/pricing';
import { allocateShared, costParts, netCost } from '@gongshu/shared/pricing/cost';
import { type Reason, refused } from '@gongshu/shared/pricing/law';
import { decimalText, sumOf, toFen, weightOf } from '@gongshu/shared/pricing/money';
import type { Ledger } from './ledger.ts';

/** `weights` are those it was computed by: stated, or each product's direct cost. `total` = direct + shared. */
export type Allocation = {
  id: string;
  key: AllocationKey;
  weights: { product: string; weight: string }[];
  sharedFen: number;
  products: { product: string; directFen: number; sharedFen: number; totalFen: number }[];
};
/** `acceptedFen` = sum by kind = sum by product (null: shared); `netFen` = accepted − `usedSubsidyFen`. */
export type Figures = {
  items: number;
  acceptedFen: number;
  subsidyFen: number;
  usedSubsidyFen: number;
  leftSubsidyFen: number;
  netFen: number;
  byKind: { kind: string; items: number; fen: number }[];
  byProduct: { product: string | null; items: number; fen: number }[];
};
export type ReportContent = Figures & {
  form: 'gongshu-cost-report-1';
  jurisdiction: string;
  operator: string;
  year: number;
  adjustedItems: number;
  allocation: Allocation | null;
};

const grouped = <K>(
  costs: Ledger['costs'],
  keyOf: (cost: Ledger['costs'][number]) => K,
): { key: K; items: number; fen: bigint }[] => {
  const groups = new Map<K, { key: K; items: number; fen: bigint }>();
  for (const cost of costs) {
    const key = keyOf(cost);
    const group = groups.get(key) ?? { key, items: 0, fen: 0n };
    groups.set(key, { key, items: group.items + 1, fen: group.fen + cost.fen });
  }
  return [...groups.values()];
};
const byText = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1);

/** @throws Problem `amountTooLarge` where a sum is past the safe integers. */
export const figuresOf = ({ costs, subsidyFen }: Ledger): Figures => {
  const { accepted, net, usedSubsidy, leftSubsidy } = netCost(sumOf(costs.map(({ fen }) => fen)), subsidyFen);
  return {
    items: costs.length,
    acceptedFen: toFen(accepted),
    subsidyFen: toFen(subsidyFen),
    usedSubsidyFen: toFen(usedSubsidy),
    leftSubsidyFen: toFen(leftSubsidy),
    netFen: toFen(net),
    byKind: grouped(costs, ({ kind }) => kind)
      .map(({ key: kind, items, fen }) => ({ kind, items, fen: toFen(fen) }))
      .toSorted((a, b) => byText(a.kind, b.kind)),
    byProduct: grouped(costs, ({ product }) => product)
      .map(({ key: product, items, fen }) => ({ product, items, fen: toFen(fen) }))
      .toSorted((a, b) => byText(a.product, b.product)),
  };
};

/**
 * Shared cost laid on products by the stated key, in the order the key names them: the same ledger and key always give
 * the same parts. Null without a key. @throws Problem `allocationImpossible` (422) where every weight is nought.
 */
export const allocationOf = ({ costs, allocationKey }: Ledger): Allocation | null => {
  if (!allocationKey) return null;
  const { shared, direct } = costParts(costs);
  const { id, key } = allocationKey;
  const named = allocationKey.weights.map(({ product }) => product);
  // A product with cost of its own stands in the table though the key lays nothing on it.
  const others = [...direct.keys()].filter((product) => !named.includes(product)).toSorted(byText);
  const weights: { product: string; weight: Fraction }[] = allocationKey.weights.map(
    ({ product, weight }) => ({
      product,
      weight: weight === null ? fraction(direct.get(product) ?? 0n) : weightOf(weight),
    }),
  );
  const parts = allocateShared(shared, weights);
  if (!(parts instanceof Map)) throw refused([parts satisfies Reason], '');
  return {
    ...{ id, key, sharedFen: toFen(shared) },
    weights: weights.map(({ product, weight }) => ({ product, weight: decimalText(weight) })),
    products: [...named, ...others].map((product) => {
      const [own, laid] = [direct.get(product) ?? 0n, parts.get(product) ?? 0n];
      return { product, directFen: toFen(own), sharedFen: toFen(laid), totalFen: toFen(own + laid) };
    }),
  };
};
