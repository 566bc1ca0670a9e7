import type { Force } from './schema.ts';
import type { TopicName, TopicValues } from './topics.ts';

/** A place in a text. */
export type Place = { instrument: string; article: string; quote: string };

/** What a value rests on: words of a text, or our reading where the text is silent. */
export type Basis =
  | ({ kind: 'cite'; also?: Place[] } & Place)
  | { kind: 'silent'; reading: string; searched: string[] };

/** A rule as it applies; `from` is the jurisdiction whose pack says it. */
export type ResolvedRule<V = unknown> = { value: V; row?: string; force?: Force; basis: Basis; from: string };

/** The policy of one jurisdiction with everything inherited: plain JSON, fit to be carried by a case. */
export type ResolvedPack = {
  jurisdiction: string;
  title: string;
  areaCode: string;
  parent: string | null;
  localWords: Record<string, string>;
  /** `sha256:` of the canonical JSON of all else. */
  version: string;
  status: 'draft' | 'inForce';
  /** Number of the adopting document. */
  number: string | null;
  /** First and last day in force, both inclusive. */
  from: string | null;
  until: string | null;
  rules: Record<string, Record<string, ResolvedRule>>;
};

/** Topics and keys with the types of their values. */
export type RuleOf<T extends TopicName, K extends keyof TopicValues<T>> = ResolvedRule<TopicValues<T>[K]>;

/** One rule. Throws `RangeError` when the jurisdiction's pack doesn't hold the topic. */
export const ruleOf = <T extends TopicName, K extends keyof TopicValues<T> & string>(
  pack: ResolvedPack,
  topic: T,
  key: K,
): RuleOf<T, K> => {
  const rule = pack.rules[topic]?.[key];
  if (!rule) throw new RangeError(`The pack of ${pack.jurisdiction} holds no rule ${topic}.${key}`);
  return rule as RuleOf<T, K>;
};

/** All values of a topic by key. Throws `RangeError` when the jurisdiction's pack doesn't hold the topic. */
export const valuesOf = <T extends TopicName>(pack: ResolvedPack, topic: T): TopicValues<T> => {
  const rules = pack.rules[topic];
  if (!rules) throw new RangeError(`The pack of ${pack.jurisdiction} holds no topic ${topic}`);
  return Object.fromEntries(Object.entries(rules).map(([key, { value }]) => [key, value])) as TopicValues<T>;
};

/** The clause to name beside a deadline, a refusal or a required document: the article, or that the text is silent. */
export const articleOf = ({
  basis,
}: ResolvedRule): { instrument: string; article: string } | { reading: string } =>
  basis.kind === 'cite'
    ? { instrument: basis.instrument, article: basis.article }
    : { reading: basis.reading };

/** The article of a rule as a refusal carries it; nothing where the text is silent, or the pack without the rule. */
export const citedArticle = (
  rule: ResolvedRule | undefined,
): { article?: { instrument: string; article: string } } => {
  const article = rule && articleOf(rule);
  return article && 'article' in article ? { article } : {};
};

/** The clause a rule rests on, as a refusal names it: the article, or our reading under the pack's own title. */
export const clauseOfRule = (
  pack: ResolvedPack,
  rule: ResolvedRule,
): { instrument: string; article: string } => {
  const place = articleOf(rule);
  return 'article' in place ? place : { instrument: pack.title, article: place.reading };
};

/** The clause of a rule by its name, as a refusal carries it; nothing where the pack is without the rule. */
export const clauseIn = <T extends TopicName>(
  pack: ResolvedPack,
  topic: T,
  key: keyof TopicValues<T> & string,
): { article?: { instrument: string; article: string } } => {
  const rule = pack.rules[topic]?.[key];
  return rule ? { article: clauseOfRule(pack, rule) } : {};
};

/**
 * Whether a new case may be opened under the pack on a date of Asia/Shanghai; open cases finish under theirs.
 * A draft without dates is open to trial: production does not load one.
 */
export const whyNoNewCase = (
  pack: Pick<ResolvedPack, 'from' | 'until'>,
  on: string,
): 'policyNotYetInForce' | 'policyExpired' | undefined => {
  if (pack.from !== null && on < pack.from) return 'policyNotYetInForce';
  return pack.until !== null && on > pack.until ? 'policyExpired' : undefined;
};

/**
 * Where one entry of a rule's value stands (`article` of an item, a step, a condition): the instrument that the rule
 * cites for it, or the rule's reading where it is silent.
 */
export const placeOfEntry = (
  rule: ResolvedRule,
  article: string,
): { instrument: string; article: string } | { reading: string } => {
  const { basis } = rule;
  if (basis.kind === 'silent') return { reading: basis.reading };
  const place = [basis, ...(basis.also ?? [])].find((cited) => cited.article === article) ?? basis;
  return { instrument: place.instrument, article: place.article };
};
