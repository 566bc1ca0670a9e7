/** Marks of a running evaluation: whole, within their scale, and none where there is no source (V1). */
import { compare, type Decimal, fraction, fractionOf } from '../exact.ts';
import { type Refused, refuse } from '../procedure/machine.ts';
import type { Marks, RunningStart, RunningState } from './machine-types.ts';

const hundred = fraction(100n);
const inScale = (mark: Decimal): boolean => {
  const value = fractionOf(mark);
  return compare(value, fraction(0n)) >= 0 && compare(value, hundred) <= 0;
};

/** What has to be there before anybody marks: who takes part, and the questionnaires sent out and closed. */
export const whyNoMarks = (
  { rules }: RunningStart,
  { participants, questionnaires, course }: RunningState,
  closed: boolean,
): Refused | undefined => {
  if (course.state !== 'open') return undefined;
  if ((rules.evaluatedBy.with ?? []).length > 0 && participants.length === 0)
    return refuse('participantsMissing', { rule: 'evaluatedBy' });
  if (questionnaires === null)
    return refuse('inputsMissing', { at: '', missing: 'questionnaires', rule: 'inputs' });
  return closed ? undefined : refuse('questionnairesOpen', { until: questionnaires.until, rule: 'inputs' });
};

/**
 * The marks with those that have no source as `null`, which is not for anybody to choose: a mark without a source is
 * refused, and so is "no source" where there is one.
 */
export const wholeMarks = ({ facts }: RunningStart, given: Marks): { marks: Marks } | Refused => {
  const without = new Set<string>(facts.withoutSource);
  for (const [indicator, mark] of Object.entries(given)) {
    if (without.has(indicator) && mark !== null)
      return refuse('indicatorHasNoSource', { at: `/marks/${indicator}`, rule: 'sources' });
    if (!without.has(indicator) && mark === null)
      return refuse('inputsMissing', { at: `/marks/${indicator}`, rule: 'indicators' });
  }
  return { marks: { ...given, ...Object.fromEntries([...without].map((indicator) => [indicator, null])) } };
};

/** The aspects that the text adds to the marks (Wuhai 八（五）): each has a mark of its own, which enters no composite. */
export const dimensionsFault = (
  { rules }: RunningStart,
  given: Readonly<Record<string, Decimal>>,
): Refused | undefined => {
  const asked: readonly string[] = rules.dimensions === 'none' ? [] : rules.dimensions;
  const at = (name: string) => ({ at: `/dimensions/${name}`, rule: 'dimensions' });
  for (const [name, mark] of Object.entries(given)) {
    if (!asked.includes(name)) return refuse('indicatorUnknown', at(name));
    if (!inScale(mark)) return refuse('scoreOutOfScale', at(name));
  }
  const missing = asked.find((name) => !Object.hasOwn(given, name));
  return missing === undefined ? undefined : refuse('inputsMissing', at(missing));
};
