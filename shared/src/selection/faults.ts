/** Why a scoring is refused, or the selection has failed: each with its place in the question. */
import { compare, fraction, fractionOf } from '../exact.ts';
import { articleIn, type Refusal, withArticle } from '../refusal.ts';
import type { ResolvedPack } from '../packs/pack.ts';
import type { ScoreQuestion } from './question.ts';

/** Code → its words, and the rule of the topic `operatorSelection` it rests on, where it rests on one. */
const reasons = {
  idTwice: { zh: '编号重复', en: 'this id stands twice' },
  weightNotPositive: { zh: '权重须大于零', en: 'a weight is greater than zero' },
  maxNotPositive: { zh: '满分须大于零', en: 'a scale ends above zero' },
  criterionUnknown: { zh: '没有这一评审因素', en: 'no such criterion' },
  bidderUnknown: { zh: '没有这一投标人', en: 'no such bidder' },
  expertUnknown: { zh: '没有这一专家', en: 'no such expert' },
  scoreOutOfScale: { zh: '评分超出分值范围', en: 'the score lies outside its scale', rule: 'assessment' },
  scoredTwice: { zh: '同一专家重复评分', en: 'this expert has scored this already', rule: 'assessment' },
  expertInConflict: {
    zh: '有利害关系的专家退出整个评审',
    en: 'an expert in conflict leaves the whole panel',
    rule: 'conflictedExpert',
  },
  scoreMissing: {
    zh: '评分表缺项，不予接收',
    en: 'a sheet that lacks a score is refused',
    rule: 'missingScore',
  },
  tooFewValidBids: {
    zh: '有效投标不足，选择失败，须重新组织',
    en: 'too few valid bids: the selection has failed and is run again',
    rule: 'tooFewValidBids',
  },
  panelTooSmall: {
    zh: '可计分的专家不足',
    en: 'too few experts are left on the panel',
    rule: 'conflictedExpert',
  },
} as const satisfies Record<string, { zh: string; en: string; rule?: string }>;
export type ScoreFault = keyof typeof reasons;

const most = 100;

type Found = [code: ScoreFault, pointer: string, which?: string];

const told = (found: readonly Found[], pack: ResolvedPack | undefined): Refusal[] =>
  found.slice(0, most).map(([code, pointer, which]) => {
    const { zh, en, ...rest } = reasons[code];
    const article = 'rule' in rest ? articleIn(pack, 'operatorSelection', rest.rule) : undefined;
    const message = which === undefined ? `${zh} · ${en}` : `${zh} · ${en}: ${which}`;
    return { code, pointer, message, ...withArticle(article) };
  });

const twice = (ids: readonly { id: string }[], name: string): Found[] => {
  const seen = new Set<string>();
  return ids.flatMap(({ id }, at): Found[] => {
    if (seen.has(id)) return [['idTwice', `/${name}/${at}/id`]];
    seen.add(id);
    return [];
  });
};

const zero = fraction(0n);

const criteriaFaults = ({ criteria, tieRule }: ScoreQuestion): Found[] => {
  const known = new Set(criteria.map(({ id }) => id));
  const named: [id: string, pointer: string][] =
    typeof tieRule === 'string'
      ? []
      : 'criterion' in tieRule
        ? [[tieRule.criterion, '/tieRule/criterion']]
        : tieRule.criteria.map((id, at) => [id, `/tieRule/criteria/${at}`]);
  return [
    ...criteria.flatMap(({ weight, max }, at): Found[] => [
      ...(compare(fractionOf(weight), zero) > 0
        ? []
        : [['weightNotPositive', `/criteria/${at}/weight`] satisfies Found]),
      ...(compare(fractionOf(max), zero) > 0
        ? []
        : [['maxNotPositive', `/criteria/${at}/max`] satisfies Found]),
    ]),
    ...named.filter(([id]) => !known.has(id)).map(([, pointer]): Found => ['criterionUnknown', pointer]),
  ];
};

/** One key for an expert's sheet on a bidder; no id holds the mark between them. */
export const sheetKey = (expert: string, bidder: string): string => `${expert}\n${bidder}`;
const scoreKey = (expert: string, bidder: string, criterion: string): string =>
  `${sheetKey(expert, bidder)}\n${criterion}`;

const scoreFaults = (question: ScoreQuestion): Found[] => {
  const maxima = new Map(question.criteria.map(({ id, max }) => [id, fractionOf(max)]));
  const bidders = new Set(question.bidders.map(({ id }) => id));
  const experts = new Map(question.experts.map(({ id, conflicts }) => [id, conflicts.length > 0]));
  const given = new Set<string>();
  return question.scores.flatMap(({ expert, bidder, criterion, score }, at): Found[] => {
    const found: Found[] = [];
    const max = maxima.get(criterion);
    const value = fractionOf(score);
    const key = scoreKey(expert, bidder, criterion);
    if (!experts.has(expert)) found.push(['expertUnknown', `/scores/${at}/expert`]);
    if (!bidders.has(bidder)) found.push(['bidderUnknown', `/scores/${at}/bidder`]);
    if (max === undefined) found.push(['criterionUnknown', `/scores/${at}/criterion`]);
    else if (compare(value, zero) < 0 || compare(value, max) > 0)
      found.push(['scoreOutOfScale', `/scores/${at}/score`]);
    if (experts.get(expert)) found.push(['expertInConflict', `/scores/${at}/expert`]);
    if (given.has(key)) found.push(['scoredTwice', `/scores/${at}`]);
    given.add(key);
    return found;
  });
};

/**
 * What is refused before anything is counted: ids, scales, who scored. A conflict with any bidder takes the expert off
 * the whole panel, so a score of his for any other is refused too. At most 100 places are named.
 */
export const faultsOf = (question: ScoreQuestion, pack: ResolvedPack | undefined): Refusal[] => {
  const bidders = new Set(question.bidders.map(({ id }) => id));
  const conflicts = question.experts.flatMap(({ conflicts: all }, expert) =>
    all.flatMap((id, at): Found[] =>
      bidders.has(id) ? [] : [['bidderUnknown', `/experts/${expert}/conflicts/${at}`]],
    ),
  );
  return told(
    [
      ...twice(question.criteria, 'criteria'),
      ...criteriaFaults(question),
      ...twice(question.bidders, 'bidders'),
      ...twice(question.experts, 'experts'),
      ...conflicts,
      ...scoreFaults(question),
    ],
    pack,
  );
};

/** Bids that came in time and experts without conflict: too few of either fail the selection. */
export const failuresOf = (
  question: ScoreQuestion,
  standing: { valid: number; panel: number },
  pack: ResolvedPack | undefined,
): Refusal[] => {
  const needed = question.method === 'trimmedMean' ? 3 : 1;
  return told(
    [
      ...(standing.valid < question.minBids ? [['tooFewValidBids', '/bidders'] satisfies Found] : []),
      ...(standing.panel < needed ? [['panelTooSmall', '/experts'] satisfies Found] : []),
    ],
    pack,
  );
};

/** What sheets of the panel on valid bids lack, an expert's silence among it. At most 100 scores are named. */
export const missingIn = (
  { criteria, experts, scores }: ScoreQuestion,
  { valid, panel }: { valid: readonly string[]; panel: readonly string[] },
  pack: ResolvedPack | undefined,
): Refusal[] => {
  const given = new Set(scores.map((one) => scoreKey(one.expert, one.bidder, one.criterion)));
  const places = new Map(experts.map(({ id }, at) => [id, `/experts/${at}`]));
  const found: Found[] = [];
  for (const expert of panel)
    for (const bidder of valid)
      for (const { id } of criteria) {
        if (given.has(scoreKey(expert, bidder, id))) continue;
        found.push(['scoreMissing', places.get(expert) ?? '/experts', `${expert}, ${bidder}, ${id}`]);
        if (found.length === most) return told(found, pack);
      }
  return told(found, pack);
};
