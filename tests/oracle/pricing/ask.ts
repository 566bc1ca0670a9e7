import { loadPacks } from '@gongshu/infra/packs';
import { WhatIfQuestion } from '@gongshu/shared/pricing/question';
import { whatIf } from '@gongshu/shared/pricing/what-if';
import { Problem } from '@gongshu/shared/problems';
import type { Answer, Period, View } from './period.ts';

const packs = loadPacks();

/** The oracle's words for the product's codes; a code that is not here is itself, and so differs. */
const words: Readonly<Record<string, string>> = {
  costKindNotListed: 'kind',
  costUnrelated: 'unrelated',
  notOnList: 'unknownProduct',
  noCeiling: 'noCeiling',
  aboveCeiling: 'overCeiling',
  chargeOnFreePurpose: 'freePurpose',
  discountTooSmall: 'discount',
  pointsOverMaximum: 'points',
  tariffAmbiguous: 'ambiguous',
  amountTooLarge: 'tooLarge',
  bondYieldImplausible: 'bondYield',
};

type Reason = { code: string; article?: unknown };
/** Why; a refusal that names no article is another word, which no oracle knows. No text speaks of two tariffs. */
const wordsOf = (reasons: readonly Reason[]): string[] =>
  reasons.map(({ code, article }) =>
    article || code === 'tariffAmbiguous' ? (words[code] ?? code) : `${code} without its article`,
  );

const whole = (period: Period) => whatIf(WhatIfQuestion.parse(period), packs.resolve(period.jurisdiction));
type Whole = ReturnType<typeof whole>;

const viewOf = (answer: Whole): View => ({
  refusedCosts: Object.fromEntries(answer.refusedCosts.map(({ id, reasons }) => [id, wordsOf(reasons)])),
  netCostFen: answer.permittedRevenueParts.netCostFen,
  permittedRate: answer.permittedRate,
  permittedRevenue: answer.permittedRevenue,
  forecastFen: answer.forecastFen,
  forecastOverCap: answer.forecastOverCap,
  tariffResults: answer.tariffResults.map((result) => (result.accepted ? [] : wordsOf(result.reasons))),
  bills: Object.fromEntries(
    answer.bills.map(({ merchant, totalFen, lines }) => [
      merchant,
      { totalFen, lines: Object.fromEntries(lines.map(({ usage, fen }) => [usage, fen])) },
    ]),
  ),
  unrated: answer.unrated.map(({ id }) => id),
  conflicting: answer.refusedUsage.map(({ id }) => id),
  revenueFen: answer.revenueFen,
  excessFen: answer.excessFen,
  carriedToNextPeriodFen: answer.carriedToNextPeriodFen,
  sharedCostByProduct: answer.sharedCostByProduct,
  resourceFeeFen: answer.resourceFeeFen,
  surplusFen: answer.surplusFen,
  poolOverSurplus: answer.poolOverSurplus,
  shares: Object.fromEntries(answer.shares.map(({ party, fen }) => [party, fen])),
});

/** The product's answer in the oracle's words. */
export const ask = (period: Period): Answer => {
  try {
    return viewOf(whole(period));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { refused: words[error.code] ?? error.code };
  }
};

/**
 * The answer to a period that parsing leaves as it is, not parsed (invariants.test.ts sees to it that random ones are).
 * @throws Problem when the whole period is refused.
 */
export const askParsed = (period: Period): View =>
  viewOf(whatIf(period as WhatIfQuestion, packs.resolve(period.jurisdiction)));

/** What parsing makes of a period. */
export const parsed = (period: Period): unknown => WhatIfQuestion.parse(period);

/** The product's answer as it stands in the body of the response. */
export const askText = (period: Period): string => JSON.stringify(whole(period));
