/** Cost of the operator (F4): what counts, what a subsidy takes off, and shared cost laid on products. All in fen. */
import type { Fraction } from '../exact.ts';
import type { PricingLaw, Reason } from './law.ts';
import { atLeastZero, lesser, split, sumOf } from './money.ts';

/** `product` is null for cost that several products share; `related`: arises from the authorised operation. */
export type Cost = { kind: string; product: string | null; fen: bigint; related: boolean };

/**
 * Every reason why a cost doesn't count, none where it does: only listed kinds count, and of these only what is related
 * to the authorised operation. Pointers `/kind`, `/related`.
 * @param kinds those that count instead of the pack's, where a question names its own.
 */
export const judgeCost = (
  { kind, related }: Pick<Cost, 'kind' | 'related'>,
  law: Pick<PricingLaw, 'costKinds' | 'unrelatedCost'>,
  kinds: readonly string[] = law.costKinds.value,
): Reason[] => {
  const reasons: Reason[] = [];
  if (!kinds.includes(kind))
    reasons.push({ code: 'costKindNotListed', at: '/kind', article: law.costKinds.article });
  if (!related) reasons.push({ code: 'costUnrelated', at: '/related', article: law.unrelatedCost.article });
  return reasons;
};

/** `usedSubsidy` + `leftSubsidy` is the subsidy; `accepted` − `usedSubsidy` is `net`. */
export type NetCost = { accepted: bigint; net: bigint; usedSubsidy: bigint; leftSubsidy: bigint };

/** Cost net of government subsidy (65号): never under nought; what the cost does not take up is told. */
export const netCost = (accepted: bigint, subsidy: bigint): NetCost => {
  const usedSubsidy = lesser(accepted, subsidy);
  return { accepted, net: accepted - usedSubsidy, usedSubsidy, leftSubsidy: atLeastZero(subsidy - accepted) };
};

/** Accepted cost in parts: all, what is shared, and what is each product's own. */
export const costParts = (
  costs: readonly Pick<Cost, 'product' | 'fen'>[],
): { all: bigint; shared: bigint; direct: Map<string, bigint> } => {
  const direct = new Map<string, bigint>();
  let shared = 0n;
  for (const { product, fen } of costs)
    if (product === null) shared += fen;
    else direct.set(product, (direct.get(product) ?? 0n) + fen);
  return { all: shared + sumOf(direct.values()), shared, direct };
};

/**
 * Shared cost laid on the products in their order, by largest remainder: the parts add up to it to the fen. Gross:
 * subsidies are netted once, from the whole.
 * @returns a reason where the key is nought for every product and there is something to lay on them.
 */
export const allocateShared = (
  shared: bigint,
  weights: readonly { product: string; weight: Fraction }[],
): Map<string, bigint> | Reason => {
  if (shared === 0n || weights.length === 0) return new Map(weights.map(({ product }) => [product, 0n]));
  if (weights.every(({ weight }) => weight.n === 0n))
    return { code: 'allocationImpossible', at: '/allocationKey' };
  const parts = split(
    shared,
    weights.map(({ weight }) => weight),
  );
  return new Map(weights.map(({ product }, at) => [product, parts[at] ?? 0n]));
};
