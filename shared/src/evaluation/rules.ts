/** What a yearly evaluation in this jurisdiction is held under, carried for its whole life (V1, V2). */
import { articleOf, clauseOfRule, type ResolvedPack, ruleOf, valuesOf } from '../packs/pack.ts';
import type { EvaluationRules } from '../packs/topics/evaluation.ts';
import type { ArticleRef } from '../problems.ts';

type Key = keyof EvaluationRules;

/** `rests` by rule: the article, or our reading under the pack's own title, where `cited` is false. */
export type FrozenEvaluationRules = EvaluationRules & {
  rests: Record<Key, ArticleRef & { cited: boolean }>;
};

/** Throws `RangeError` where the pack holds no evaluation. */
export const evaluationRules = (pack: ResolvedPack): FrozenEvaluationRules => {
  const values = valuesOf(pack, 'evaluation');
  const rests = Object.fromEntries(
    (Object.keys(values) as Key[]).map((key) => {
      const rule = ruleOf(pack, 'evaluation', key);
      return [key, { ...clauseOfRule(pack, rule), cited: 'article' in articleOf(rule) }];
    }),
  ) as FrozenEvaluationRules['rests'];
  return { ...values, rests };
};

/** The article of a rule as an event carries it; nothing where the text is silent. */
export const citedOf = ({ rests }: FrozenEvaluationRules, key: Key): ArticleRef | undefined => {
  const { cited, instrument, article } = rests[key];
  return cited ? { instrument, article } : undefined;
};

/** The clause a refusal names: the article, or the reading. */
export const clauseOf = ({ rests }: FrozenEvaluationRules, key: Key): ArticleRef => {
  const { instrument, article } = rests[key];
  return { instrument, article };
};
