/** Tables of evidence with expiry (X4): written by the disclosure service and by the activity of its Schedules. */
import type { OperatorMandateTables } from '../mandates/running.ts';
import type { Generated } from 'kysely';
import type { Reason } from '../cases/tables.ts';
import type { ProcedureTables } from '../procedures/tables.ts';
import type { DueColumns } from '../schedules.ts';

export const evidenceStates = ['submitted', 'accepted', 'returned'] as const;

/** Whose evidence of what kind. */
export type EvidenceOf = { jurisdiction: string; operator: string; kind: string };

export type EvidenceTable = EvidenceOf & {
  id: string;
  version: number;
  document: string;
  issued_on: string;
  valid_from: string;
  stated_until: string | null;
  valid_until: string | null;
  due_on: string | null;
  overdue_at: Date | null;
  state: (typeof evidenceStates)[number];
  submitted_by: string;
  submitted_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  reasons: Reason[];
};

export type EvidenceDueTable = DueColumns & EvidenceOf & { on_day: string };

export type EvidenceTables = ProcedureTables &
  OperatorMandateTables & {
    evidence: EvidenceTable;
    evidence_told: EvidenceOf & { until_on: string; warning: number; told_at: Date };
    evidence_order: EvidenceOf & {
      id: string;
      until_on: string;
      /** How often this end had ordered. */
      turn: Generated<number>;
      evidence: string;
      ordered_at: Date;
      restored_at: Date | null;
      restored_by: string | null;
    };
    evidence_due: EvidenceDueTable;
    evidence_missing: EvidenceOf & {
      /** The mandate that asks for it. */
      agreement: string;
      asked_at: Date;
      due_on: string | null;
      overdue_at: Date | null;
      closed_at: Date | null;
    };
  };
