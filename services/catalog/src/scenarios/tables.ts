import type { Reason } from '@gongshu/infra/cases/tables';
import type { ColumnType, Generated, Selectable } from 'kysely';

/** jsonb: written as JSON text, read as what it holds. */
type Json<T> = ColumnType<T, string, never>;

export const scenarioStates = [
  'proposed',
  'firstReviewed',
  'returned',
  'approved',
  'refused',
  'collected',
  'withdrawn',
] as const;
export const scenarioTreatments = ['appraised', 'reported'] as const;
export const scenarioCapacities = ['operator', 'authority', 'industryDepartment'] as const;
export type ScenarioState = (typeof scenarioStates)[number];
export type Capacity = (typeof scenarioCapacities)[number];

/** A scenario as it stands; its text by version beside. */
export type ScenarioTable = {
  id: string;
  jurisdiction: string;
  code: string;
  treatment: (typeof scenarioTreatments)[number];
  organisation: string;
  collected_from: string | null;
  developer: string | null;
  operator: string;
  industry_department: string | null;
  state: ScenarioState;
  title: string;
  /** Of the text. */
  version: Generated<number>;
  proposed_by: string;
  proposed_at: Date;
  decided_at: Date | null;
};

export type ScenarioTables = {
  scenario: ScenarioTable;
  scenario_version: {
    scenario: string;
    version: number;
    contents: Json<Record<string, unknown>>;
    content_hash: string;
    /** Parts that differ from the version before. */
    changed: string[];
    given_by: string;
    given_at: Date;
  };
  scenario_opinion: {
    scenario: string;
    version: number;
    step: 'firstReview' | 'appraisal';
    capacity: Capacity;
    organisation: string;
    outcome: 'approve' | 'return' | 'refuse';
    compliance: boolean | null;
    necessity: boolean | null;
    reasons: Json<Reason[]>;
    given_by: string;
    given_at: Date;
  };
  scenario_report: {
    id: string;
    jurisdiction: string;
    operator: string;
    from_on: string;
    until_on: string;
    due_on: string | null;
    late: boolean;
    items: Json<{ scenario: string; code: string; version: number; contentHash: string }[]>;
    content_hash: string;
    reported_by: string;
    reported_at: Date;
  };
  /** Bodies of the city as the registry's events say. */
  body: { jurisdiction: string; id: string; kind: string; successor: string | null };
};

export type ScenarioRow = Selectable<ScenarioTable>;
