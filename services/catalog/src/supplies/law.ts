import { clauseOfRule, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { TopicName, TopicValues } from '@gongshu/shared/packs/topics';
import type { ArticleRef } from '@gongshu/shared/problems';

/** The clause a rule rests on, or our reading where the text is silent; `undefined` where the pack lacks the topic. */
export const clauseOf = <T extends TopicName>(
  pack: ResolvedPack,
  topic: T,
  key: keyof TopicValues<T> & string,
): ArticleRef | undefined => {
  const rule = pack.rules[topic]?.[key];
  return rule && clauseOfRule(pack, rule);
};

/** The clause as a problem takes it: left out where there is none. */
export const restingOn = (clause: ArticleRef | undefined): { article?: ArticleRef } =>
  clause === undefined ? {} : { article: clause };
