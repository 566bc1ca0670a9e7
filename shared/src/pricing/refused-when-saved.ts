/** What the saved routes would refuse of a period that a question computes all the same (F1, F3). */
import { quantityIsWhole } from '../settlement/usage.ts';
import type { Refusal } from '../refusal.ts';
import { unfavouredIn } from './favour.ts';
import { type PricingLaw, refusalOf } from './law.ts';
import type { WhatIfQuestion } from './question.ts';
import { isFree, type PricedProduct, type Tariff } from './tariff.ts';

/** A question's tariffs apply at once, and to no end. */
const always = { scenario: null, from: '2000-01-01', until: null } as const;

/**
 * A tariff is accepted line by line, and every quantity is billed; when it is saved, whom the text favours is compared
 * with what others pay (`favouredTooDear`), and items and calls are counted whole (`usageQtyNotWhole`). Each once, by place.
 * @param standing tariffs that were accepted, with their places in the question.
 */
export const refusedWhenSaved = (
  standing: readonly { tariff: Tariff; at: number }[],
  usage: WhatIfQuestion['usage'],
  products: ReadonlyMap<string, PricedProduct>,
  law: PricingLaw,
): Refusal[] => {
  const groups = Map.groupBy(standing, ({ tariff: { product, purpose } }) =>
    JSON.stringify([product, purpose]),
  );
  const places = [...groups.values()]
    .filter(([one]) => one && !isFree(one.tariff.purpose, law))
    .flatMap((group) => {
      const tariffs = group.map(({ tariff: { class: customer, fen, discount }, at }) => ({
        ...{ tariff: String(at), class: customer, fen, discount, ...always },
      }));
      return unfavouredIn(tariffs, law, always.from).map(({ favoured }) => Number(favoured.tariff));
    });
  const tooDear = [...new Set(places)]
    .toSorted((a, b) => a - b)
    .map((at) =>
      refusalOf({ code: 'favouredTooDear', at: '/fen', article: law.discounts.article }, `/tariffs/${at}`),
    );
  const partial = usage.flatMap(({ product, qty }, at) => {
    const unit = products.get(product)?.unit;
    if (!unit || quantityIsWhole(unit, qty)) return [];
    return [refusalOf({ code: 'usageQtyNotWhole', at: '/qty', article: law.units.article }, `/usage/${at}`)];
  });
  return [...tooDear, ...partial];
};
