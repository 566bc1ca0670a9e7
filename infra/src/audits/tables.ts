/** Tables of risk assessments and audits (X5): written by the disclosure service and by its activities. */
import type { FindingState } from '@gongshu/shared/audit/types';
import type { Generated } from 'kysely';
import type { EvidenceTables } from '../platform-evidence/tables.ts';
import type { DueColumns } from '../schedules.ts';

export type AuditDueTable = DueColumns & {
  jurisdiction: string;
  operator: string;
  audit: string;
  from_on: string;
  until_on: string;
};

export type AuditFindingTable = {
  case_no: string;
  no: number;
  jurisdiction: string;
  grade: string;
  responsible: string;
  state: FindingState;
  returns: number;
  overdue: boolean;
  document: string | null;
  /** Of the act that recorded it: its words stand there. */
  receipt: string | null;
  found_at: Date;
};

export type AuditTables = EvidenceTables & {
  audit_due: AuditDueTable;
  audit_case: {
    case_no: string;
    jurisdiction: string;
    operator: string;
    audit: string;
    from_on: string;
    until_on: string;
    withdrawn: Generated<boolean>;
  };
  audit_finding: AuditFindingTable;
};
