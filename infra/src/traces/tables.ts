/** Tables of traces and of the ledger reported of them (D2), in the registry's schema. */
import type { TraceAct, traceSubjects, transferForms } from '@gongshu/shared/trace/ledger';
import type { ColumnType, Selectable } from 'kysely';
import type { ProductTables } from '../products/tables.ts';
import type { DueColumns } from '../schedules.ts';

export type TraceEntryTable = {
  id: string;
  jurisdiction: string;
  subject_kind: (typeof traceSubjects)[number];
  subject: string;
  owner: string;
  operator: string;
  act: TraceAct;
  via: 'api' | 'file';
  at: Date;
  counterparty: string | null;
  form: (typeof transferForms)[number] | null;
  rows: ColumnType<string | null, number | null, never>;
  resources: string[];
  evidence: string | null;
  beyond_grant: boolean;
  reference: string | null;
  recorded_by: string;
  recorded_body: string;
  recorded_at: Date;
};

export type LedgerContent = {
  entries: number;
  beyondGrant: number;
  acts: { act: TraceAct; entries: number; rows: number }[];
  subjects: { kind: string; subject: string; acts: { act: TraceAct; entries: number; rows: number }[] }[];
};

export type TraceTables = ProductTables & {
  trace_entry: TraceEntryTable;
  ledger_report: {
    jurisdiction: string;
    operator: string;
    from_on: string;
    until_on: string;
    content: LedgerContent;
    hash: string;
    reported_at: Date;
  };
  ledger_due: DueColumns & {
    jurisdiction: string;
    operator: string;
    from_on: string;
    until_on: string;
  };
};
export type TraceRow = Selectable<TraceEntryTable>;
export type LedgerDueRow = Selectable<TraceTables['ledger_due']>;
