/**
 * The composite score of bidders (O3) and their ranking, exact: a later workflow and the preview compute with this.
 * A sheet is what one expert gave one bidder. Its value is Σ weight × score / max over the sum of all weights, out of
 * 100; a bidder's value is the mean of its sheets by the method. No float takes part: scales, weights and scores are
 * brought to whole numbers over one denominator.
 */
import {
  type Fraction,
  compare,
  fraction,
  fractionOf,
  fractionText,
  leastCommonMultiple,
  over,
  plus,
  shownText,
  times,
} from '../exact.ts';
import type { ResolvedPack } from '../packs/pack.ts';
import { failuresOf, faultsOf, missingIn, sheetKey } from './faults.ts';
import type { ScoreAnswer, ScoreMethod, ScoreQuestion, TieRule } from './question.ts';

/** By code point, so that every machine orders ids alike. */
const byId = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** All scores have at most six decimals: in millionths they are whole. */
const millionth = 1_000_000n;
const inMillionths = (score: ScoreQuestion['scores'][number]['score']): bigint => {
  const { n, d } = fractionOf(score);
  return (n * millionth) / d;
};

/** What a millionth of a point of each criterion is worth: whole parts of one common denominator. */
const partsOf = (
  criteria: ScoreQuestion['criteria'],
): { parts: Map<string, bigint>; denominator: bigint } => {
  const all = criteria.reduce((sum, { weight }) => plus(sum, fractionOf(weight)), fraction(0n));
  const worth = criteria.map(({ id, weight, max }): [string, Fraction] => [
    id,
    over(times(fraction(100n), fractionOf(weight)), times(all, times(fractionOf(max), fraction(millionth)))),
  ]);
  const denominator = leastCommonMultiple(worth.map(([, { d }]) => d));
  return { parts: new Map(worth.map(([id, { n, d }]) => [id, n * (denominator / d)])), denominator };
};

/** The sheets that count, lowest first; of equal ones it doesn't matter which is dropped. */
const kept = (sheets: readonly bigint[], method: ScoreMethod): readonly bigint[] => {
  const ordered = sheets.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return method === 'trimmedMean' ? ordered.slice(1, -1) : ordered;
};

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** Groups of equal rank, highest first, the ids of a group in order. */
const grouped = (ids: readonly string[], order: (a: string, b: string) => number): string[][] => {
  const groups: string[][] = [];
  for (const id of ids.toSorted((a, b) => order(a, b) || byId(a, b))) {
    const group = groups.at(-1);
    if (group?.[0] !== undefined && order(group[0], id) === 0) group.push(id);
    else groups.push([id]);
  }
  return groups;
};

const tieCriteria = (rule: TieRule): readonly string[] => {
  if (typeof rule === 'string') return [];
  return 'criterion' in rule ? [rule.criterion] : rule.criteria;
};

/** The highest group of more than one that the rule leaves to the panel. */
const tieLeft = (ranking: readonly (readonly string[])[], rule: TieRule): string[] | null => {
  const left = (rule === 'shared' ? ranking.slice(0, 1) : ranking).find(({ length }) => length > 1);
  return left ? [...left] : null;
};

/** Who takes part: bids received before the close, experts without any conflict; ids in order. */
const standingOf = ({ bidders, closesAt, experts }: ScoreQuestion) => {
  const closes = Date.parse(closesAt);
  const isLate = ({ receivedAt }: { receivedAt: string }): boolean => Date.parse(receivedAt) >= closes;
  const ids = (all: readonly { id: string }[]): string[] => all.map(({ id }) => id).toSorted(byId);
  return {
    valid: ids(bidders.filter((bid) => !isLate(bid))),
    lateBids: ids(bidders.filter(isLate)),
    panel: ids(experts.filter(({ conflicts }) => conflicts.length === 0)),
  };
};

/**
 * Scores, ranks and names the tie left to the panel; or refuses with every fault; or says that the selection has
 * failed. Ranks by exact values, `shown` is rounded for people. The order of the input never matters. Scores of late
 * bids are checked like all others and count for nothing.
 * @param pack whose articles refusals name; without it they name none.
 */
export const scorePreview = (question: ScoreQuestion, pack?: ResolvedPack): ScoreAnswer => {
  const refused = faultsOf(question, pack);
  if (refused.length > 0) return { refused };
  const { valid, lateBids, panel } = standingOf(question);
  const failed = failuresOf(question, { valid: valid.length, panel: panel.length }, pack);
  if (failed.length > 0) return { failed, lateBids };
  const missing = missingIn(question, { valid, panel }, pack);
  if (missing.length > 0) return { refused: missing };

  const { parts, denominator } = partsOf(question.criteria);
  const sheets = new Map<string, bigint>();
  const ofCriterion = new Map<string, bigint>(); // every bidder has as many sheets, so sums compare like means
  for (const { expert, bidder, criterion, score } of question.scores) {
    const points = inMillionths(score);
    const sheet = sheetKey(expert, bidder);
    sheets.set(sheet, (sheets.get(sheet) ?? 0n) + points * (parts.get(criterion) ?? 0n));
    const own = sheetKey(criterion, bidder);
    ofCriterion.set(own, (ofCriterion.get(own) ?? 0n) + points);
  }
  const values = new Map(
    valid.map((bidder) => {
      const counted = kept(
        panel.map((expert) => sheets.get(sheetKey(expert, bidder)) ?? 0n),
        question.method,
      );
      return [bidder, fraction(sum(counted), denominator * BigInt(counted.length))];
    }),
  );
  const zero = fraction(0n);
  const order = (a: string, b: string): number => {
    const first = compare(values.get(b) ?? zero, values.get(a) ?? zero);
    if (first !== 0) return first;
    for (const criterion of tieCriteria(question.tieRule)) {
      const difference =
        (ofCriterion.get(sheetKey(criterion, b)) ?? 0n) - (ofCriterion.get(sheetKey(criterion, a)) ?? 0n);
      if (difference !== 0n) return difference < 0n ? -1 : 1;
    }
    return 0;
  };
  const ranking = grouped(valid, order);
  return {
    exact: Object.fromEntries([...values].map(([id, value]) => [id, fractionText(value)])),
    shown: Object.fromEntries([...values].map(([id, value]) => [id, shownText(value)])),
    ranking,
    undecidedTie: tieLeft(ranking, question.tieRule),
    lateBids,
    panel,
  };
};
