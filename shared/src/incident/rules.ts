/** What an incident is handled under, frozen with its case: each value beside the article it rests on (X2, D1). */
import { citedArticle, type ResolvedPack, ruleOf } from '../packs/pack.ts';
import type { IncidentRules } from '../packs/topics/incident.ts';
import type { ArticleRef } from '../problems.ts';

const keys = [
  ...(['actAtOnce', 'measuresHours', 'reportTo', 'reportHours', 'suspension', 'suspendedBy'] as const),
  ...(['restoredBy', 'rectificationLimit', 'reviewLimit'] as const),
] as const;
/** Rules that a case opened before they stood in the packs has not: there nothing runs, and nothing more is asked. */
const limits = [
  ...(['handlingLimit', 'acceptanceLimit', 'restorationLimit'] as const),
  ...(['suspensionHours', 'graverGrade', 'suspensionOverdueTo', 'personsTold'] as const),
] as const;
type Key = (typeof keys)[number];
type Limit = (typeof limits)[number];
type Frozen<K extends Key | Limit> = { value: IncidentRules[K]; rests: ArticleRef | null };

/** `rests` is null where the text is silent: an event names an article, not our reading. */
export type FrozenIncidentRules = { [K in Key]: Frozen<K> } & { [K in Limit]?: Frozen<K> };

/** @throws RangeError where the pack does not hold the topic. */
export const incidentRules = (pack: ResolvedPack): FrozenIncidentRules =>
  Object.fromEntries(
    [...keys, ...limits].map((key) => {
      const rule = ruleOf(pack, 'incident', key);
      return [key, { value: rule.value, rests: citedArticle(rule).article ?? null }];
    }),
  ) as FrozenIncidentRules;

/** The role in which a body of the texts acts here. */
export const roleOfBody = (body: string): string => (body === 'authority' ? 'bureau' : body);
