import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { ScenarioRules } from '@gongshu/shared/packs/topics/scenario';
import { problem } from '@gongshu/shared/problems';

/** What the city's pack makes of scenarios; `undefined` where its text does not treat them (A0). */
export const treatmentIn = (pack: ResolvedPack): ScenarioRules['treatment'] | undefined =>
  pack.rules['scenario']?.['treatment']?.value as ScenarioRules['treatment'] | undefined;

/** The same where there must be one. Throws `lifecycleNotInPack` (409). */
export const treatmentOf = (pack: ResolvedPack): ScenarioRules['treatment'] => {
  const treatment = treatmentIn(pack);
  if (!treatment) throw problem('lifecycleNotInPack', { params: { jurisdiction: pack.jurisdiction } });
  return treatment;
};

/** Months between two reports; `undefined` where none is asked for. */
export const reportMonths = (pack: ResolvedPack): number | undefined => {
  const period = pack.rules['scenario']?.['reportPeriod']?.value as ScenarioRules['reportPeriod'] | undefined;
  return period === undefined || period === 'none' ? undefined : period.months;
};
