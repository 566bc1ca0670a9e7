/** The parts of a period as it is asked about, judged one by one; what the law refuses stands with its place. */
import { type Fraction, fraction, plus } from '../exact.ts';
import type { ChargeUnit } from '../packs/topics/pricing.ts';
import type { WhatIfAnswer } from './answer.ts';
import { type Cost, costParts, judgeCost } from './cost.ts';
import { type PricingLaw, type Reason, refusalOf } from './law.ts';
import { quantityOf, rateOf, weightOf } from './money.ts';
import type { WhatIfQuestion } from './question.ts';
import { type Usage, usageBook } from './rating.ts';
import { isShared, keyWeights, partyIds } from './references.ts';
import type { Sharer } from './settlement.ts';
import { judgeTariffs, type PricedProduct, type Tariff } from './tariff.ts';

const none = fraction(0n);

/** Code and article of the first reason, and all of them by their places. */
const refusedAs = (reasons: readonly [Reason, ...Reason[]], base: string) => {
  const [{ code, article }] = reasons;
  return { code, ...(article && { article }), reasons: reasons.map((reason) => refusalOf(reason, base)) };
};

/** Accepted cost in its parts, and what is refused. */
export const judgedCosts = ({ costs, costKinds }: WhatIfQuestion, law: PricingLaw) => {
  const refusedCosts: WhatIfAnswer['refusedCosts'] = [];
  const accepted: Cost[] = [];
  costs.forEach(({ id, kind, product, fen, related }, at) => {
    const [first, ...more] = judgeCost({ kind, related }, law, costKinds);
    if (first) refusedCosts.push({ id, ...refusedAs([first, ...more], `/costs/${at}`) });
    else accepted.push({ kind, product: isShared(product) ? null : product, fen: BigInt(fen), related });
  });
  const outside = new Set(costKinds?.filter((kind) => !law.costKinds.value.includes(kind as never)));
  return { refusedCosts, ...costParts(accepted), costKindsOutsidePack: [...outside] };
};

/** A result for each tariff, and those that stand with their places. */
export const judgedTariffs = (question: WhatIfQuestion, law: PricingLaw) => {
  const products = new Map(
    question.products.map(({ id, unit, ceilingFen }): [string, PricedProduct] => [
      id,
      {
        unit: unit === 'volume' ? ('megabyte' satisfies ChargeUnit) : unit,
        ceiling: ceilingFen === null ? null : BigInt(ceilingFen),
      },
    ]),
  );
  const tariffs = question.tariffs.map(
    (tariff): Tariff => ({ ...tariff, fen: BigInt(tariff.fen), discount: rateOf(tariff.discount) }),
  );
  const judged = judgeTariffs(tariffs, products, law);
  const results = tariffs.map(
    ({ product, class: customer, purpose }, at): WhatIfAnswer['tariffResults'][number] => {
      const [first, ...more] = judged[at] ?? [];
      const placed = { product, class: customer, purpose };
      return first
        ? { accepted: false, ...placed, ...refusedAs([first, ...more], `/tariffs/${at}`) }
        : { accepted: true, ...placed };
    },
  );
  const standing = tariffs.map((tariff, at) => ({ tariff, at })).filter(({ at }) => judged[at]?.length === 0);
  return { products, results, standing };
};

/** Records that count, each once, and those refused because their id stands for another. */
export const counted = (
  usage: readonly Usage[],
): { taken: Usage[]; differing: WhatIfAnswer['refusedUsage'] } => {
  const book = usageBook();
  const taken: Usage[] = [];
  const differing: WhatIfAnswer['refusedUsage'] = [];
  usage.forEach((one, at) => {
    const how = book(one);
    if (how === 'new') taken.push(one);
    else if (how === 'differs')
      differing.push({ id: one.id, ...refusalOf({ code: 'usageDiffers', at: '' }, `/usage/${at}`) });
  });
  return { taken, differing };
};

/** How heavy each product is, by the key, in the order of the products. */
export const weightsBy = (
  { allocationKey, products }: WhatIfQuestion,
  {
    direct,
    usage,
    lines,
  }: {
    direct: ReadonlyMap<string, bigint>;
    usage: readonly Usage[];
    lines: Iterable<{ product: string; fen: bigint }>;
  },
): { product: string; weight: Fraction }[] => {
  const weights = keyWeights(allocationKey);
  const sums = new Map<string, Fraction>();
  const add = (product: string, more: Fraction) => sums.set(product, plus(sums.get(product) ?? none, more));
  if (allocationKey === 'usage') for (const { product, qty } of usage) add(product, quantityOf(qty));
  if (allocationKey === 'revenue') for (const { product, fen } of lines) add(product, fraction(fen));
  return products.map(({ id, expectedQty }) => {
    if (weights)
      return { product: id, weight: weightOf(Object.hasOwn(weights, id) ? (weights[id] ?? 0) : 0) };
    if (allocationKey === 'equal') return { product: id, weight: fraction(1n) };
    if (allocationKey === 'directCost') return { product: id, weight: fraction(direct.get(id) ?? 0n) };
    if (allocationKey === 'expectedQuantity') return { product: id, weight: quantityOf(expectedQty) };
    return { product: id, weight: sums.get(id) ?? none };
  });
};

/** Parties with their factors, in the agreement's order. */
export const sharers = ({ parties, factors }: NonNullable<WhatIfQuestion['sharing']>): Sharer[] =>
  partyIds(parties).map((id, at) => {
    const party = parties[at];
    const factor = weightOf((Array.isArray(factors) ? factors[at] : factors[id]) ?? 0);
    return typeof party === 'object' && party.kind ? { id, kind: party.kind, factor } : { id, factor };
  });
