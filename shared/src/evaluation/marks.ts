/** The marks of a yearly evaluation and their composite, exact, by the pack's indicators and weights (V1). */
import {
  compare,
  type Decimal,
  type Fraction,
  fraction,
  fractionOf,
  fractionText,
  over,
  plus,
  shownText,
  times,
} from '../exact.ts';
import type { EvaluationRules } from '../packs/topics/evaluation.ts';
import type { Composite } from './steps.ts';

type Rules = Pick<EvaluationRules, 'indicators' | 'weights'>;
type Marks = Readonly<Record<string, Decimal | null>>;

/** What is wrong with a set of marks: the code, and the indicator it stands at. */
export type MarkFault = { code: 'indicatorUnknown' | 'scoreOutOfScale' | 'inputsMissing'; indicator: string };

const zero = fraction(0n);
const hundred = fraction(100n);

/** The first fault; marks are whole when each indicator has one, be it "no source" (`null`). */
export const markFault = (marks: Marks, { indicators }: Rules): MarkFault | undefined => {
  const known = new Set<string>(indicators);
  for (const [indicator, mark] of Object.entries(marks)) {
    if (!known.has(indicator)) return { code: 'indicatorUnknown', indicator };
    if (mark === null) continue;
    const value = fractionOf(mark);
    if (compare(value, zero) < 0 || compare(value, hundred) > 0)
      return { code: 'scoreOutOfScale', indicator };
  }
  const missing = indicators.find((indicator) => !Object.hasOwn(marks, indicator));
  return missing && { code: 'inputsMissing', indicator: missing };
};

const sum = (parts: readonly Fraction[]): Fraction => parts.reduce(plus, zero);

/**
 * Σ weight × mark over the weights that have a mark. An indicator without a source enters no figure: it is named with
 * its share of all weights. `exact` is null where none has a source. An indicator the pack gives no weight counts zero.
 */
export const compositeOf = (marks: Marks, { indicators, weights }: Rules): Composite => {
  const weightOf = (indicator: EvaluationRules['indicators'][number]): Fraction =>
    weights === 'equal' ? fraction(1n) : fraction(BigInt(weights[indicator] ?? 0));
  const all = sum(indicators.map(weightOf));
  const shareOf = (weight: Fraction): Fraction => (compare(all, zero) > 0 ? over(weight, all) : zero);
  const marked = indicators.flatMap((indicator) => {
    const mark = marks[indicator];
    return mark === null || mark === undefined
      ? []
      : [{ weight: weightOf(indicator), mark: fractionOf(mark) }];
  });
  const weighed = sum(marked.map(({ weight }) => weight));
  const value =
    compare(weighed, zero) > 0
      ? over(sum(marked.map(({ weight, mark }) => times(weight, mark))), weighed)
      : undefined;
  return {
    exact: value ? fractionText(value) : null,
    shown: value ? shownText(value) : null,
    withoutSource: indicators
      .filter((indicator) => marks[indicator] === null)
      .map((indicator) => ({ indicator, weight: fractionText(shareOf(weightOf(indicator))) })),
  };
};
