/**
 * Records of use rated a second, each once by its id, on the engine of the settlement; and bare additions of the same
 * numbers as integers, of which a rating is many.
 */
import { fraction } from '@gongshu/shared/exact';
import { rateOf } from '@gongshu/shared/pricing/money';
import { createRater, type Usage, usageBook } from '@gongshu/shared/pricing/rating';
import type { Tariff } from '@gongshu/shared/pricing/tariff';
import { madeLaw } from '../support/made-prices.ts';
import { compare, type Figure } from './figures.ts';

/** At least so large a part of the additions' pace. */
export const pricingBar = 0.002;

const products = Array.from({ length: 50 }, (_, at) => `p${at}`);
const tariffs: Tariff[] = products.flatMap((product, at) => [
  { ...{ product, class: 'general', purpose: 'industry', fen: 101n + BigInt(at) }, discount: fraction(0n) },
  { ...{ product, class: 'smallFirm', purpose: 'industry', fen: 97n }, discount: rateOf('0.333') },
]);

/** Four of five are charged, a tenth is free, a tenth of the discounted ones is by part of an hour. */
const recordOf = (at: number): Usage => ({
  ...{ id: `use-${at}`, product: products[at % products.length] ?? '', merchant: `m${at % 200}` },
  qty: at % 20 === 3 ? `${at % 9}.25` : at % 1000,
  class: at % 2 === 0 ? 'general' : 'smallFirm',
  purpose: at % 10 === 0 ? 'publicWelfare' : 'industry',
});

/** The revenue of all records, and what one pass over them charged for each merchant. */
const rated = (usage: readonly Usage[]): { revenue: bigint; merchants: Map<string, bigint> } => {
  const rate = createRater(tariffs, new Set(products), madeLaw);
  const book = usageBook();
  const merchants = new Map<string, bigint>();
  let revenue = 0n;
  for (const one of usage) {
    if (book(one) !== 'new') continue;
    const rating = rate(one);
    if (rating.kind !== 'charged') continue;
    revenue += rating.fen;
    merchants.set(one.merchant, (merchants.get(one.merchant) ?? 0n) + rating.fen);
  }
  return { revenue, merchants };
};

/** Records a second. @throws Error where two passes over the same records do not come to the same. */
export const pricingFigure = async (records: number): Promise<Figure> => {
  const usage = Array.from({ length: records }, (_, at) => recordOf(at));
  let before: string | undefined;
  const ours = async () => {
    const { revenue, merchants } = rated(usage);
    const text = `${revenue} ${[...merchants].join()}`;
    if (before !== undefined && before !== text) throw new Error('the same records came to another revenue');
    before = text;
    return records;
  };
  const numbers = usage.map((_, at) => at % 1000);
  let sum = 0;
  const bare = async () => {
    for (const number of numbers) sum += number;
    return records;
  };
  const figure = await compare('rating', 'records/s', { ours, bare });
  if (sum === 0) throw new Error('nothing was added');
  return figure;
};
