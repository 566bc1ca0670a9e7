/** Fees for services to merchants (F6): cost plus a small margin, published, the same for all (中卫 14). In fen. */
import { compare, type Fraction, fraction, plus } from '../exact.ts';
import type { ServiceFeeKind } from '../packs/topics/pricing.ts';
import type { PricingLaw, Reason } from './law.ts';
import { floorTimes, rateOf } from './money.ts';

/** `cost` a unit of the service, off the cost ledger; `margin` on it, as a rate. */
export type ServiceItem = { kind: ServiceFeeKind; cost: bigint; margin: Fraction };

/** `cost` + `marginFen` = `fen`, a unit; rounded down, so that the margin shown is never exceeded. */
export type ServicePrice = { fen: bigint; cost: bigint; marginFen: bigint };

/** The price of an item of the list, or why it may not stand there: pointers `/kind`, `/margin`. */
export const servicePrice = (
  { kind, cost, margin }: ServiceItem,
  law: Pick<PricingLaw, 'serviceFees' | 'serviceMargin'>,
): ServicePrice | { reasons: [Reason, ...Reason[]] } => {
  const reasons: Reason[] = [];
  if (!law.serviceFees.value.kinds.includes(kind))
    reasons.push({ code: 'serviceKindNotAllowed', at: '/kind', article: law.serviceFees.article });
  if (compare(margin, rateOf(law.serviceMargin.value.maximum)) > 0)
    reasons.push({ code: 'marginOverMaximum', at: '/margin', article: law.serviceMargin.article });
  const [first, ...more] = reasons;
  if (first) return { reasons: [first, ...more] };
  const fen = floorTimes(cost, plus(fraction(1n), margin));
  return { fen, cost, marginFen: fen - cost };
};

/**
 * Why a fee asked of a merchant is refused: not on the published list, or not at its price; undefined where it stands.
 * @param listed price a unit by the item's id, of the list in force.
 */
export const judgeServiceFee = (
  { item, fen }: { item: string; fen: bigint },
  listed: ReadonlyMap<string, bigint>,
  law: Pick<PricingLaw, 'serviceFees'>,
): Reason | undefined => {
  const price = listed.get(item);
  if (price === undefined)
    return { code: 'serviceFeeNotListed', at: '/item', article: law.serviceFees.article };
  return price === fen
    ? undefined
    : { code: 'serviceFeeDiffers', at: '/fen', article: law.serviceFees.article };
};

/** Why an application may not depend on buying a service (M4): always refused, with the article of the fees. */
export const tyingRefused = ({ serviceFees }: Pick<PricingLaw, 'serviceFees'>): Reason => ({
  ...{ code: 'serviceTied', at: '', article: serviceFees.article },
});
