/** What a record of use costs (F1, F3): one line, one rounding, down to the fen. Made for millions of records. */
import type { CustomerClass } from '../packs/topics/pricing.ts';
import type { ProductPurpose } from '../packs/topics/product-egress.ts';
import type { PricingLaw } from './law.ts';
import { type ExactText, quantityOf } from './money.ts';
import { isFree, type Tariff } from './tariff.ts';

/** A record of metered use; `qty` in the product's charging unit. */
export type Usage = {
  id: string;
  product: string;
  qty: ExactText;
  merchant: string;
  class: CustomerClass;
  purpose: ProductPurpose;
};

/** Free lines are lines of 0 fen; what cannot be rated is never billed and never lost. */
export type Rating =
  | { kind: 'charged'; fen: bigint; tariff: Tariff }
  | { kind: 'free' }
  | { kind: 'unrated'; code: 'notOnList' | 'noTariff' };

export type Rater = (usage: Pick<Usage, 'product' | 'qty' | 'class' | 'purpose'>) => Rating;

type Priced = { tariff: Tariff; n: bigint; d: bigint };

const free: Rating = { kind: 'free' };
const notListed: Rating = { kind: 'unrated', code: 'notOnList' };
const noTariff: Rating = { kind: 'unrated', code: 'noTariff' };

/** `floor(qty × fen × (1 − discount))`. */
const lineOf = ({ tariff, n, d }: Priced, qty: ExactText): Rating => {
  const { n: used, d: unit } = quantityOf(qty);
  return { kind: 'charged', fen: (used * n) / (d * unit), tariff };
};

/**
 * Rates records by tariffs that stand: the one of the very product, customer and purpose, or none. A free purpose is
 * free without a tariff and against one; a product that is not on the list is not rated at all.
 * @param tariffs accepted ones only (`judgeTariffs`), at most one for each product, customer and purpose.
 */
export const createRater = (
  tariffs: readonly Tariff[],
  products: { has(id: string): boolean },
  law: Pick<PricingLaw, 'freePurposes'>,
): Rater => {
  const byProduct = new Map<string, Map<string, Priced>>();
  for (const tariff of tariffs) {
    const { n, d } = tariff.discount;
    const of = byProduct.get(tariff.product) ?? new Map<string, Priced>();
    of.set(`${tariff.class} ${tariff.purpose}`, { tariff, n: tariff.fen * (d - n), d });
    byProduct.set(tariff.product, of);
  }
  return (usage) => {
    if (!products.has(usage.product)) return notListed;
    if (isFree(usage.purpose, law)) return free;
    const priced = byProduct.get(usage.product)?.get(`${usage.class} ${usage.purpose}`);
    return priced ? lineOf(priced, usage.qty) : noTariff;
  };
};

const same = (a: Usage, b: Usage): boolean => {
  if (a.product !== b.product || a.merchant !== b.merchant) return false;
  if (a.class !== b.class || a.purpose !== b.purpose) return false;
  if (a.qty === b.qty) return true;
  const [one, other] = [quantityOf(a.qty), quantityOf(b.qty)];
  return one.n * other.d === other.n * one.d;
};

/**
 * Takes records by their ids: `new`; `same`, for one that was taken with this content (it counts once); `differs`, for
 * one that was taken with other content (it is refused, the first stands).
 */
export const usageBook = (): ((usage: Usage) => 'new' | 'same' | 'differs') => {
  const taken = new Map<string, Usage>();
  return (usage) => {
    const before = taken.get(usage.id);
    if (before) return same(before, usage) ? 'same' : 'differs';
    taken.set(usage.id, usage);
    return 'new';
  };
};
