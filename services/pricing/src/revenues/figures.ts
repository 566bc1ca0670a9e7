/** The figures of a permitted revenue: the ledger of a year through the money engine, every part kept (F2). */
import { jsonHash } from '@gongshu/infra/hash';
import type { PermittedParts } from '@gongshu/shared/permitted-revenue/figures';
import type { RevenueFigures } from '@gongshu/shared/permitted-revenue/types';
import { judgeCost } from '@gongshu/shared/pricing/cost';
import { type PricingLaw, refused } from '@gongshu/shared/pricing/law';
import { decimalText, Fen, Rate, RateOrPercent, rateOf, sumOf, toFen } from '@gongshu/shared/pricing/money';
import { permittedRate, permittedRevenue } from '@gongshu/shared/pricing/permitted-revenue';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ledgerOf } from '../costs/ledger.ts';
import { carriedExcess } from '../settlements/carried.ts';

/** What the figures rest on beside the ledger. */
export const RevenueQuestion = z.strictObject({
  bondYield: RateOrPercent.describe('Ten-year government bond yield: 0.0185, or as text 1.85%'),
  points: Rate.describe('Percentage points added to it: 6 is 0.06'),
  tax: z
    .discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('amount'), fen: Fen }),
      z.strictObject({ mode: z.literal('rate'), rate: Rate }),
    ])
    .describe('A rate is of net cost and permitted profit together'),
});
export type RevenueQuestion = z.output<typeof RevenueQuestion>;

export type Measured = {
  figures: RevenueFigures;
  question: RevenueQuestion & { costYear: number };
  parts: PermittedParts;
  /** The ledger as it stood. */
  costs: { id: string; kind: string; product: string | null; fen: number; counted: boolean }[];
};

/**
 * Computes the permitted revenue of `year` from the operator's ledger of `costYear` (the year before, or the year itself
 * while there is none). Throws the engine's refusals (422): points over the maximum, an implausible yield, too large.
 */
export const measure = async (
  // biome-ignore lint/suspicious/noExplicitAny: ledger and settlements have tables of their own
  db: Kysely<any>,
  law: PricingLaw,
  of: { jurisdiction: string; operator: string; year: number; costYear: number },
  question: RevenueQuestion,
): Promise<Measured> => {
  const { jurisdiction, operator, year, costYear } = of;
  const rate = permittedRate(question, law);
  if ('reasons' in rate) throw refused(rate.reasons);
  const ledger = await ledgerOf(db, { jurisdiction, operator, year: costYear });
  const judged = ledger.costs.map((cost) => ({ cost, against: judgeCost(cost, law) }));
  const counted = judged.filter(({ against }) => against.length === 0).map(({ cost }) => cost);
  const { tax } = question;
  const found = permittedRevenue({
    accepted: sumOf(counted.map(({ fen }) => fen)),
    subsidy: ledger.subsidyFen,
    rate: rate.rate,
    tax:
      tax.mode === 'rate'
        ? { mode: 'rate', rate: rateOf(tax.rate) }
        : { mode: 'amount', fen: BigInt(tax.fen) },
    previousExcess: await carriedExcess(db, { jurisdiction, operator, year }, { alsoDecided: true }),
  });
  const kinds = [...new Set(counted.map(({ kind }) => kind))].sort();
  const parts: PermittedParts = {
    acceptedFen: toFen(found.accepted),
    subsidyFen: toFen(found.subsidy),
    usedSubsidyFen: toFen(found.usedSubsidy),
    netFen: toFen(found.net),
    permittedRate: decimalText(found.rate),
    profitFen: toFen(found.profit),
    taxFen: toFen(found.tax),
    capBeforeFen: toFen(found.capBefore),
    previousExcessFen: toFen(found.previousExcess),
    consumedFen: toFen(found.consumed),
    carriedOnFen: toFen(found.carriedOn),
    permittedRevenueFen: toFen(found.permitted),
    costFenByKind: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        toFen(sumOf(counted.filter((one) => one.kind === kind).map(({ fen }) => fen))),
      ]),
    ),
    refusedCosts: judged.flatMap(({ cost, against: [first] }) =>
      first ? [{ id: cost.id, code: first.code }] : [],
    ),
  };
  const costs = judged.map(({ cost: { id, kind, product, fen }, against }) => ({
    ...{ id, kind, product, fen: toFen(fen), counted: against.length === 0 },
  }));
  const asked = { ...question, costYear };
  return {
    question: asked,
    parts,
    costs,
    figures: {
      hash: jsonHash({ question: asked, parts, costs }),
      fen: parts.permittedRevenueFen,
      consumedFen: parts.consumedFen,
      carriedOnFen: parts.carriedOnFen,
    },
  };
};
