import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import type { ScenarioRules } from '@gongshu/shared/packs/topics/scenario';
import type { z } from 'zod';
import type { OpinionRow, VersionRow } from './queries.ts';
import type { ScenarioDetail, ScenarioView } from './schema.ts';
import type { Capacity, ScenarioRow } from './tables.ts';

export const scenarioView = (row: ScenarioRow): ScenarioView => ({
  ...{ scenario: row.id, code: row.code, treatment: row.treatment, state: row.state, title: row.title },
  ...{ version: row.version, organisation: row.organisation, collectedFrom: row.collected_from },
  ...{ developer: row.developer, industryDepartment: row.industry_department },
  proposedAt: instant(row.proposed_at),
  decidedAt: instantOrNull(row.decided_at),
});

/** Who must appraise, by the pack, in the capacities that this platform knows. */
export const appraisersOf = (treatment: ScenarioRules['treatment']): Capacity[] =>
  treatment.mode === 'appraised'
    ? treatment.appraisedBy.filter((one) => one === 'authority' || one === 'industryDepartment')
    : [];

/** Whose opinion on the version that stands is outstanding. */
export const waitsFor = (
  row: ScenarioRow,
  treatment: ScenarioRules['treatment'] | undefined,
  opinions: readonly Pick<OpinionRow, 'version' | 'step' | 'capacity'>[],
): Capacity[] => {
  if (row.state === 'proposed') return ['operator'];
  if (row.state !== 'firstReviewed' || !treatment) return [];
  const given = opinions.filter(({ version, step }) => version === row.version && step === 'appraisal');
  return appraisersOf(treatment).filter((one) => !given.some(({ capacity }) => capacity === one));
};

export const scenarioDetail = (
  row: ScenarioRow,
  treatment: ScenarioRules['treatment'] | undefined,
  versions: readonly VersionRow[],
  opinions: readonly OpinionRow[],
): z.output<typeof ScenarioDetail> => ({
  ...scenarioView(row),
  versions: versions.map(({ version, contents, content_hash: contentHash, changed, given_at: at }) => ({
    ...{ version, contents, contentHash, changed },
    at: instant(at),
  })),
  opinions: opinions.map(({ version, step, capacity, organisation, outcome, ...one }) => ({
    ...{ version, step, capacity, organisation, outcome },
    ...{ compliance: one.compliance, necessity: one.necessity, reasons: one.reasons },
    at: instant(one.given_at),
  })),
  waitsFor: waitsFor(row, treatment, opinions),
});
