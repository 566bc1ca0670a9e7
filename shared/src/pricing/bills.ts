/** Bills of merchants: their lines, one a record of use, and totals. The order of the records makes no difference. */
import { decimalText, quantityOf, sumOf } from './money.ts';
import type { Rater, Rating, Usage } from './rating.ts';

/** `unitFen` and `discount` are null on a free line. All in fen. */
export type BillLine = {
  usage: string;
  product: string;
  class: Usage['class'];
  purpose: Usage['purpose'];
  qty: string;
  unitFen: bigint | null;
  discount: string | null;
  fen: bigint;
};
export type Bill = { merchant: string; lines: BillLine[]; total: bigint };

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const lineOf = (usage: Usage, rating: Exclude<Rating, { kind: 'unrated' }>): BillLine => ({
  ...{ usage: usage.id, product: usage.product, class: usage.class, purpose: usage.purpose },
  qty: decimalText(quantityOf(usage.qty)),
  ...(rating.kind === 'free'
    ? { unitFen: null, discount: null, fen: 0n }
    : { unitFen: rating.tariff.fen, discount: decimalText(rating.tariff.discount), fen: rating.fen }),
});

/**
 * Bills by merchant, lines by usage id, both in the order of their code units; `revenue` is the sum of all totals.
 * @param usage records that count, each once (`usageBook`).
 */
export const billsOf = (
  usage: Iterable<Usage>,
  rate: Rater,
): {
  bills: Bill[];
  unrated: { usage: Usage; code: Extract<Rating, { kind: 'unrated' }>['code'] }[];
  revenue: bigint;
} => {
  const byMerchant = new Map<string, BillLine[]>();
  const unrated: ReturnType<typeof billsOf>['unrated'] = [];
  for (const one of usage) {
    const rating = rate(one);
    if (rating.kind === 'unrated') {
      unrated.push({ usage: one, code: rating.code });
      continue;
    }
    const lines = byMerchant.get(one.merchant);
    if (lines) lines.push(lineOf(one, rating));
    else byMerchant.set(one.merchant, [lineOf(one, rating)]);
  }
  const bills = [...byMerchant]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([merchant, lines]) => ({
      merchant,
      lines: lines.toSorted((a, b) => byText(a.usage, b.usage)),
      total: sumOf(lines.map(({ fen }) => fen)),
    }));
  unrated.sort((a, b) => byText(a.usage.id, b.usage.id));
  return { bills, unrated, revenue: sumOf(bills.map(({ total }) => total)) };
};
