/** Where the figures of an evaluation come from today; a source that is not here shows as none, with its weight (V1). */
import type { EvaluationRules } from '../packs/topics/evaluation.ts';

/** Registered sources: each has a function that counts it, and the cases it counted. */
export const registeredSources = [
  'applicationsOnTime',
  'overreachReports',
  'scenariosServed',
  'questionnaires',
  'productsInUse',
  'freeProducts',
  'accessesServed',
  'costReportsOnTime',
  'revenueWithinCap',
  'settlementsOnTime',
  'tariffsPublished',
  'complaints',
  'incidents',
  'sanctions',
  'workReports',
  'evidenceInForce',
  'findingsRectified',
  'drillsHeld',
  'disclosuresOnTime',
  'bulletinsIssued',
  'qualityFeedback',
  'demandResponses',
] as const;
export type RegisteredSource = (typeof registeredSources)[number];

export const isRegistered = (source: string): source is RegisteredSource =>
  (registeredSources as readonly string[]).includes(source);

/** Indicators none of whose sources is registered. */
export const withoutSource = ({
  indicators,
  sources,
}: Pick<EvaluationRules, 'indicators' | 'sources'>): EvaluationRules['indicators'] =>
  indicators.filter((indicator) => !(sources[indicator] ?? []).some(isRegistered));

/** Sources that a pack names and nothing counts: there are none. */
export const uncounted = (
  { sources }: Pick<EvaluationRules, 'sources'>,
  registered: readonly string[] = registeredSources,
): string[] => [...new Set(Object.values(sources).flat())].filter((source) => !registered.includes(source));
