/** Tariffs of the operator (F1, F3): at or under the ceiling, nought for free purposes, discounts where favoured. */
import { compare, type Fraction } from '../exact.ts';
import type { ChargeUnit, CustomerClass } from '../packs/topics/pricing.ts';
import type { ProductPurpose } from '../packs/topics/product-egress.ts';
import type { PricingLaw, Reason } from './law.ts';
import { rateOf } from './money.ts';

/** `fen` a unit before the discount; `discount` is the part taken off: 0.2 leaves four fifths. */
export type Tariff = {
  product: string;
  class: CustomerClass;
  purpose: ProductPurpose;
  fen: bigint;
  discount: Fraction;
};

/** The product a tariff is for, as it stands on the list; `ceiling` is that of the unit, null where none is set. */
export type PricedProduct = { unit: ChargeUnit; ceiling: bigint | null };

type TariffLaw = Pick<
  PricingLaw,
  'freePurposes' | 'units' | 'ceilings' | 'discounts' | 'leastDiscount' | 'tariffs'
>;

/** Public governance and public welfare are free, whoever asks and whatever the tariff says (65号). */
export const isFree = (
  purpose: ProductPurpose,
  { freePurposes }: Pick<PricingLaw, 'freePurposes'>,
): boolean => freePurposes.value.purposes.includes(purpose);

/** The least discount of a class that the pack favours; undefined for any other. */
export const leastDiscountOf = (
  customer: CustomerClass,
  { discounts, leastDiscount }: Pick<TariffLaw, 'discounts' | 'leastDiscount'>,
): Fraction | undefined =>
  discounts.value !== 'none' && discounts.value.includes(customer) ? rateOf(leastDiscount.value) : undefined;

/**
 * Every reason why a tariff doesn't stand, the gravest first; none where it does. A tariff of nought needs no ceiling
 * and no discount. The ceiling is held against the tariff before its discount.
 * @param product undefined where it is not on the list.
 */
export const judgeTariff = (tariff: Tariff, product: PricedProduct | undefined, law: TariffLaw): Reason[] => {
  if (!product) return [{ code: 'notOnList', at: '/product', article: law.ceilings.article }];
  if (tariff.fen === 0n) return [];
  const reasons: Reason[] = [];
  const free = isFree(tariff.purpose, law);
  if (free) reasons.push({ code: 'chargeOnFreePurpose', at: '/fen', article: law.freePurposes.article });
  if (!law.units.value.includes(product.unit))
    reasons.push({ code: 'unitNotAllowed', at: '/product', article: law.units.article });
  if (product.ceiling === null)
    reasons.push({ code: 'noCeiling', at: '/product', article: law.ceilings.article });
  else if (tariff.fen > product.ceiling)
    reasons.push({ code: 'aboveCeiling', at: '/fen', article: law.ceilings.article });
  const least = free ? undefined : leastDiscountOf(tariff.class, law);
  if (least && compare(tariff.discount, least) < 0)
    reasons.push({ code: 'discountTooSmall', at: '/discount', article: law.discounts.article });
  return reasons;
};

const nameOf = ({ product, class: customer, purpose }: Tariff): string =>
  JSON.stringify([product, customer, purpose]);

/**
 * Reasons for each tariff of a list, in its order. Two that would both stand for the same product, customer and
 * purpose and say different things are both refused: which of them came first must not settle a price.
 */
export const judgeTariffs = (
  tariffs: readonly Tariff[],
  products: ReadonlyMap<string, PricedProduct>,
  law: TariffLaw,
): Reason[][] => {
  const judged = tariffs.map((tariff) => judgeTariff(tariff, products.get(tariff.product), law));
  const standing = new Map<string, Tariff>();
  const ambiguous = new Set<string>();
  tariffs.forEach((tariff, at) => {
    if (judged[at]?.length) return;
    const name = nameOf(tariff);
    const other = standing.get(name);
    if (other && (other.fen !== tariff.fen || compare(other.discount, tariff.discount) !== 0))
      ambiguous.add(name);
    standing.set(name, tariff);
  });
  return judged.map((reasons, at) => {
    const tariff = tariffs[at];
    return tariff && reasons.length === 0 && ambiguous.has(nameOf(tariff))
      ? [{ code: 'tariffAmbiguous', at: '', article: law.tariffs.article }]
      : reasons;
  });
};
