/** Tables of disclosures, bulletins and the operator's reports (S1–S3, M3–M5). */
import type { DueKind, DueStep } from '@gongshu/shared/disclosure-facts/due';
import type { DisclosurePart } from '@gongshu/shared/yearly-disclosure/rules';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Reason } from '../cases/tables.ts';
import type { ProcedureTables } from '../procedures/tables.ts';
import type { DueColumns } from '../schedules.ts';

export type WorkReportTable = {
  id: string;
  jurisdiction: string;
  operator: string;
  kind: 'merchants' | 'work';
  from_on: string;
  until_on: string;
  due_on: string;
  state: 'asked' | 'filed' | 'received' | 'returned';
  version: Generated<number>;
  content: ColumnType<Record<string, unknown> | null, string | null, string>;
  words: string | null;
  documents: ColumnType<string[], string | undefined, string>;
  hash: string | null;
  late: Generated<boolean>;
  overdue_at: Date | null;
  reasons: ColumnType<Reason[], string | undefined, string>;
  /** What it was asked for besides, when it was returned. */
  asked: ColumnType<string[], string | undefined, string>;
  asked_at: Date;
  filed_by: string | null;
  filed_at: Date | null;
  answered_by: string | null;
  answered_at: Date | null;
};

export type DisclosureCaseTables = ProcedureTables & {
  official_fact: {
    id: string;
    jurisdiction: string;
    type: string;
    subject: string;
    sequence: number;
    at: Date;
    data: JSONColumnType<Record<string, unknown>>;
  };
  report_due: DueColumns & {
    jurisdiction: string;
    kind: DueKind;
    operator: string;
    from_on: string;
    until_on: string;
    step: DueStep;
    /** How often it was called up before its case stood. */
    tries: Generated<number>;
  };
  yearly: { case_no: string; jurisdiction: string; part: DisclosurePart; operator: string; year: number };
  bulletin_period: { case_no: string; jurisdiction: string; from_on: string; until_on: string };
  statement: {
    receipt: string;
    case_no: string;
    /** An item of a disclosure, or a department of a bulletin. */
    about: string;
    words: string;
    hash: string;
    ground: string | null;
    accepted_at: Date | null;
  };
  draft: {
    receipt: string;
    case_no: string;
    content: string;
    hash: string;
    /** What each figure was counted from. */
    cases: JSONColumnType<FigureCases[]>;
  };
  version: { case_no: string; version: number; document: string; content: string; hash: string; at: Date };
  figure_case: { case_no: string; version: number; figure: string; body: string; about: string };
  work_report: WorkReportTable;
};

/** `body` is empty where a figure is nobody's own. */
export type FigureCases = { figure: string; body: string; cases: string[] };
