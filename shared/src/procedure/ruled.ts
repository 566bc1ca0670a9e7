/** Rules a procedure is opened under, each beside its article, and the role of a body that a pack names. */
import { citedArticle, type ResolvedPack, ruleOf } from '../packs/pack.ts';
import type { TopicName, TopicValues } from '../packs/topics.ts';
import type { Body } from '../packs/values.ts';
import type { ArticleRef } from '../problems.ts';

/** A value beside its article; `rests` is null where the text is silent: an event names an article, not our reading. */
export type Ruled<V> = { value: V; rests: ArticleRef | null };
type RuledBy<T extends TopicName, Keys extends readonly (keyof TopicValues<T>)[]> = {
  [K in Keys[number]]: Ruled<TopicValues<T>[K]>;
};

/** Rules of a topic by key, as plain JSON. @throws RangeError where the pack does not hold one. */
export const ruled = <T extends TopicName, const Keys extends readonly (keyof TopicValues<T> & string)[]>(
  pack: ResolvedPack,
  topic: T,
  keys: Keys,
): RuledBy<T, Keys> =>
  Object.fromEntries(
    keys.map((key) => {
      const rule = ruleOf(pack, topic, key);
      return [key, { value: rule.value, rests: citedArticle(rule).article ?? null }];
    }),
  ) as RuledBy<T, Keys>;

const roles: Readonly<Partial<Record<Body, string>>> = {
  authority: 'bureau',
  ownLevelAuthority: 'bureau',
  countyAuthority: 'countyBureau',
  industryDepartment: 'sourceDepartment',
};

/** The role in which a body that a pack names acts. */
export const roleOf = (body: Body): string => roles[body] ?? body;
