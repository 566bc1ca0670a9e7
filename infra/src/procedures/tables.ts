/** Tables of procedures: written by intake and by their activities, read by the registry service. */
import type { KeptPeriods } from '@gongshu/shared/procedure/explain';
import type { ProcedureStart, Waiting } from '@gongshu/shared/procedure/machine';
import type { ProcedureKind } from '@gongshu/shared/procedure/kinds';
import type { Generated } from 'kysely';
import type { ApplicationTables } from '../cases/tables.ts';

export type ProcedureTable = {
  case_no: string;
  kind: ProcedureKind;
  jurisdiction: string;
  authority: string;
  pack_version: string;
  start: ProcedureStart;
  stage: string;
  outcome: string | null;
  /** As its machine left it: ids, codes, hashes, dates. */
  state: Record<string, unknown>;
  waits_for: Generated<Waiting[]>;
  readings: Generated<KeptPeriods>;
  calendar_version: string;
  /** Entries that stand in the tables. */
  entries: Generated<number>;
  reminded: Generated<string[]>;
  wake_at: Date | null;
  wake_key: string | null;
  held: Generated<boolean>;
  opened_by: string;
  opened_at: Date;
  ended_at: Date | null;
  version: Generated<number>;
};

export type ProcedureEntryTable = {
  case_no: string;
  position: number;
  kind: string;
  at: Date;
  receipt: string | null;
  actor_id: string;
  actor_role: string;
  actor_organisation: string | null;
  data: Record<string, unknown>;
};

/** Versions of the implementation plan that came into force. */
export type PlanTable = {
  case_no: string;
  jurisdiction: string;
  version: number;
  content_hash: string;
  in_force_at: Date;
  replaced_at: Date | null;
  replaced_by: string | null;
};

export type ProcedureTables = ApplicationTables & {
  procedure_number: { jurisdiction: string; year: number; series: string; last: number };
  procedure: ProcedureTable;
  procedure_entry: ProcedureEntryTable;
  plan_content: {
    case_no: string;
    content_hash: string;
    contents: Record<string, unknown>;
    given_at: Date;
    /** The order they were handed in. */
    seq: Generated<number>;
  };
  plan: PlanTable;
  /** Bodies that take part beside the bureau; they may read the case. */
  procedure_body: {
    case_no: string;
    organisation: string;
    role: string;
    /** The act by which it came to take part, where its refusal takes that back. */
    receipt: Generated<string | null>;
  };
};
