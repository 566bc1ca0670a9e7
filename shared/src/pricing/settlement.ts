/**
 * A period settled (F2, F5): two sums that never meet. Revenue over the cap is owed to the next period; what is shared
 * is the surplus within it. All in fen.
 */
import { compare, type Fraction, fraction } from '../exact.ts';
import type { IncomeKind, SharingParty } from '../packs/topics/pricing.ts';
import type { PricingLaw, Reason } from './law.ts';
import { atLeastZero, floorTimes, lesser, rateOf, split, sumOf } from './money.ts';
import type { PermittedRevenue } from './permitted-revenue.ts';

/** Revenue of each kind the pack counts, in its order; they add up to all. @throws RangeError for any other kind. */
export const revenueByKind = (
  incomes: Iterable<{ kind: IncomeKind; fen: bigint }>,
  { incomeKinds }: Pick<PricingLaw, 'incomeKinds'>,
): { all: bigint; kinds: Map<IncomeKind, bigint> } => {
  const kinds = new Map<IncomeKind, bigint>(incomeKinds.value.map((kind) => [kind, 0n]));
  for (const { kind, fen } of incomes) {
    const before = kinds.get(kind);
    if (before === undefined) throw new RangeError(`the pack counts no income of the kind ${kind}`);
    kinds.set(kind, before + fen);
  }
  return { all: sumOf(kinds.values()), kinds };
};

/** `warned` from the pack's share of the permitted revenue on (it included), `over` beyond all of it. */
export type Position = { revenue: bigint; permitted: bigint; left: bigint; warned: boolean; over: boolean };

/** Where a running period stands against its cap. Where nothing is permitted, any revenue warns. */
export const positionOf = (
  revenue: bigint,
  permitted: bigint,
  { earlyWarning }: Pick<PricingLaw, 'earlyWarning'>,
): Position => {
  const { n, d } = rateOf(earlyWarning.value);
  return {
    ...{ revenue, permitted, left: atLeastZero(permitted - revenue) },
    warned: revenue > 0n && revenue * d >= permitted * n,
    over: revenue > permitted,
  };
};

/**
 * `excess` is `pooled` whole, or not at all and then owed: what is not pooled + the carried part of the period before =
 * `carriedToNext`. `surplus` lies within the cap, never above; `pool`, what is shared, is `surplus` + `pooled`.
 */
export type Settlement = {
  revenue: bigint;
  withinCap: bigint;
  excess: bigint;
  pooled: bigint;
  carriedToNext: bigint;
  resourceFee: bigint;
  surplus: bigint;
  pool: bigint;
};

/** Whether revenue over the cap is pooled: where the pack says so and its text goes before 65号, which deducts it. */
export const poolsExcess = ({ excess: { value } }: Pick<PricingLaw, 'excess'>): boolean =>
  value.to === 'pool' && value.first === 'pool';

/**
 * Settles a period. The resource fee is of all revenue, that over the cap too. The surplus is what is left of the
 * revenue within the cap after net cost, resource fee and tax, or nought. `pools`: what is over the cap is shared too, and
 * owed to nobody (`poolsExcess`).
 */
export const settle = (
  revenue: bigint,
  cap: Pick<PermittedRevenue, 'net' | 'taxDue' | 'permitted' | 'carriedOn'>,
  resourceFeeRate: Fraction,
  pools = false,
): Settlement => {
  const withinCap = lesser(revenue, cap.permitted);
  const excess = revenue - withinCap;
  const resourceFee = floorTimes(revenue, resourceFeeRate);
  const pooled = pools ? excess : 0n;
  const surplus = atLeastZero(withinCap - cap.net - resourceFee - cap.taxDue);
  return {
    ...{ revenue, withinCap, excess, pooled, carriedToNext: excess - pooled + cap.carriedOn },
    ...{ resourceFee, surplus, pool: surplus + pooled },
  };
};

/** A party as the agreement lists it; `kind` where it is told. */
export type Sharer = { id: string; kind?: SharingParty; factor: Fraction };

/**
 * The pool split by the agreement's factors, ties in its order: the shares add up to the pool to the fen.
 * @returns reasons, with pointers `/parties/…` or `/factors`, where a party may not share here or no factor is above 0.
 */
export const sharePool = (
  pool: bigint,
  parties: readonly Sharer[],
  { sharing }: Pick<PricingLaw, 'sharing'>,
): { shares: { party: string; fen: bigint }[] } | { reasons: [Reason, ...Reason[]] } => {
  const [first, ...more] = parties.flatMap(({ kind }, at): Reason[] =>
    kind === undefined || sharing.value.parties.includes(kind)
      ? []
      : [{ code: 'sharingPartyNotAllowed', at: `/parties/${at}`, article: sharing.article }],
  );
  if (first) return { reasons: [first, ...more] };
  const none = fraction(0n);
  if (parties.every(({ factor }) => compare(factor, none) === 0))
    return { reasons: [{ code: 'weightsAllZero', at: '/factors', article: sharing.article }] };
  const parts = split(
    pool,
    parties.map(({ factor }) => factor),
  );
  return { shares: parties.map(({ id }, at) => ({ party: id, fen: parts[at] ?? 0n })) };
};
