/** What a risk assessment or audit is carried out under, frozen with its case: each value beside its article (X5). */
import { placeOfEntry, type ResolvedPack, ruleOf } from '../packs/pack.ts';
import type { AuditKind, AuditRules as Values } from '../packs/topics/audit.ts';
import { roleOf, ruled } from '../procedure/ruled.ts';
import type { ArticleRef } from '../problems.ts';

const keys = ['kinds', 'with', 'of', 'reply', 'findingsLimit', 'rectification', 'escalation'] as const;
/** Limits that a case opened before they stood in the packs has not: there nothing runs. */
const limits = ['settlingLimit', 'acceptanceLimit'] as const;

/** Where each kind is asked for: the city's text, or the nation's. */
const placesOf = (pack: ResolvedPack): Partial<Record<AuditKind, ArticleRef>> => {
  const rule = ruleOf(pack, 'audit', 'kinds');
  return Object.fromEntries(
    rule.value.flatMap(({ kind, article }) => {
      const place = placeOfEntry(rule, article);
      return 'article' in place ? [[kind, place]] : [];
    }),
  );
};

/** @throws RangeError where the pack does not hold the topic. */
export const auditRules = (pack: ResolvedPack) => ({
  ...ruled(pack, 'audit', [...keys, ...limits]),
  places: placesOf(pack),
});
type Frozen = ReturnType<typeof auditRules>;
/** `places`: a case opened before they were kept has none, and its kinds stand in one text. */
export type AuditRules = Pick<Frozen, (typeof keys)[number]> &
  Partial<Pick<Frozen, (typeof limits)[number] | 'places'>>;

/** Months between two of a kind; undefined where the pack does not hold the topic. */
export const auditMonths = (pack: ResolvedPack): number | undefined =>
  pack.rules['audit'] ? ruleOf(pack, 'audit', 'period').value.months : undefined;

/** The kinds of the pack; none where it does not hold the topic. */
export const auditKindsOf = (pack: ResolvedPack): AuditKind[] =>
  pack.rules['audit'] ? ruleOf(pack, 'audit', 'kinds').value.map(({ kind }) => kind) : [];

const entryOf = ({ kinds }: AuditRules, kind: AuditKind): Values['kinds'][number] | undefined =>
  kinds.value.find((one) => one.kind === kind);

/** The role that carries out a kind. */
export const runnerOf = (rules: AuditRules, kind: AuditKind): string => {
  const entry = entryOf(rules, kind);
  return entry === undefined ? 'bureau' : roleOf(entry.by);
};

/** Who says which findings stand: who carries it out, and never the body that they are about. */
export const settlerOf = (rules: AuditRules, kind: AuditKind): string => {
  const runner = runnerOf(rules, kind);
  return runner === 'operator' ? 'bureau' : runner;
};

/** The article that asks for a kind. */
export const restsOfAudit = (rules: AuditRules, kind: AuditKind): ArticleRef | undefined => {
  const entry = entryOf(rules, kind);
  const { rests } = rules.kinds;
  const place = rules.places?.[kind];
  if (place) return place;
  return rests === null ? undefined : entry ? { ...rests, article: entry.article } : rests;
};

/** Roles that take part beside who carries it out and who is assessed. */
export const partnersOf = (rules: AuditRules, kind: AuditKind): string[] =>
  (entryOf(rules, kind)?.with ?? rules.with.value)
    .map(roleOf)
    .filter((role) => role !== 'operator' && role !== 'bureau');
