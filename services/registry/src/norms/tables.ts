import type { Reason } from '@gongshu/infra/cases/tables';

export const normStates = ['submitted', 'approved', 'refused', 'deposited', 'issued', 'replaced'] as const;
export const normWays = ['approved', 'deposited', 'issued'] as const;

/** A norm in one version (M2): `way` is how its kind comes into force in this city. */
export type NormTable = {
  id: string;
  jurisdiction: string;
  kind: string;
  way: (typeof normWays)[number];
  title: string;
  document: string;
  version: number;
  state: (typeof normStates)[number];
  submitted_by: string;
  organisation: string | null;
  submitted_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  reasons: Reason[];
};
export type NormTables = { norm: NormTable };
