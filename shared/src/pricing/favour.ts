/** Whom the text favours pays less than others do (F1, 朔州 十（三）): what each customer really pays, in every scenario, on every day. */
import { addDays, type BusinessDate } from '../business-date.ts';
import { compare, type Fraction, fraction, times } from '../exact.ts';
import type { CustomerClass } from '../packs/topics/pricing.ts';
import { leastDiscountOf, type Tariff } from './tariff.ts';
import type { PricingLaw } from './law.ts';

type Charge = Pick<Tariff, 'fen' | 'discount'>;

/** A tariff as it stands; the scenario null is for every scenario that has none of its own. */
export type Standing = Charge & {
  tariff: string;
  class: CustomerClass;
  scenario: string | null;
  from: BusinessDate;
  until: BusinessDate | null;
};

/** A favoured customer's tariff and the general one beside it, whose least discount it does not give. */
export type Unfavoured = { favoured: Standing; general: Standing; least: Fraction };

const part = ({ n, d }: Fraction): Fraction => fraction(d - n, d);
const net = ({ fen, discount }: Charge): Fraction => times(fraction(fen), part(discount));

/**
 * Whether a favoured customer pays at most the general charge less the least discount, both after their own discounts:
 * a discount off a price of one's own that is higher favours nobody.
 */
export const favoursEnough = (favoured: Charge, general: Charge, least: Fraction): boolean =>
  compare(net(favoured), times(net(general), part(least))) <= 0;

/** The most, in whole fen before its own discount, that a favoured tariff may say beside a general one. */
export const mostOfFavoured = ({ favoured, general, least }: Unfavoured): bigint => {
  const { n, d } = times(net(general), part(least));
  const { n: left, d: of } = part(favoured.discount);
  return left === 0n ? favoured.fen : (n * of) / (d * left);
};

/**
 * Every pair in which a favoured customer would pay too much on a day from `from` on. In each scenario a customer pays by
 * the tariff of the scenario, or by that for all where it has none: so either may be set beside one of another scenario.
 */
export const unfavouredIn = (
  standing: readonly Standing[],
  law: Pick<PricingLaw, 'discounts' | 'leastDiscount'>,
  from: BusinessDate,
): Unfavoured[] => {
  const changes = standing.flatMap((one) => [
    one.from,
    ...(one.until === null ? [] : [addDays(one.until, 1)]),
  ]);
  const days = [...new Set([from, ...changes.filter((day) => day > from)])];
  const scenarios = [...new Set([null, ...standing.map(({ scenario }) => scenario)])];
  const classes = [...new Set(standing.map((one) => one.class))];
  const pairs = new Map<string, Unfavoured>();
  for (const day of days) {
    const today = standing.filter((one) => one.from <= day && (one.until === null || day <= one.until));
    const paid = (customer: CustomerClass, scenario: string | null) => {
      const own = today.filter((one) => one.class === customer);
      return own.find((one) => one.scenario === scenario) ?? own.find((one) => one.scenario === null);
    };
    for (const customer of classes) {
      const least = leastDiscountOf(customer, law);
      if (!least) continue;
      for (const scenario of scenarios) {
        const [favoured, general] = [paid(customer, scenario), paid('general', scenario)];
        if (favoured && general && !favoursEnough(favoured, general, least))
          pairs.set(JSON.stringify([favoured.tariff, general.tariff]), { favoured, general, least });
      }
    }
  }
  return [...pairs.values()];
};
