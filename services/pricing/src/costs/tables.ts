/** The operator's cost ledger as it stands in schema pricing (F4). Amounts in whole fen; dates of Asia/Shanghai. */
import type { Reason } from '@gongshu/infra/cases/tables';
import type { AllocationKey, CostKind } from '@gongshu/shared/packs/topics/pricing';
import type { ColumnType, Kysely, Selectable, Transaction } from 'kysely';
import type { PricingTables } from '../tables.ts';
import type { ReportContent } from './report-content.ts';

export const costReportStates = ['filed', 'receipted', 'returned'] as const;
export const auditOutcomes = ['confirmed', 'confirmedWithRemarks', 'notConfirmed'] as const;

export type CostItemTable = {
  id: string;
  jurisdiction: string;
  operator: string;
  year: number;
  incurred_on: string | null;
  kind: CostKind;
  /** Null where several products share it. */
  product: string | null;
  fen: number;
  related: boolean;
  ground: string;
  document: string | null;
  voucher: string | null;
  content_hash: string;
  import: string | null;
  reverses: string | null;
  reversed_by: string | null;
  recorded_by: string;
  recorded_at: Date;
};
/** Null where the weight is each product’s own cost, off the ledger. */
export type Weights = { product: string; weight: string | null }[];

export type CostTables = PricingTables & {
  cost_period: { jurisdiction: string; operator: string; year: number; report: string | null };
  cost_item: CostItemTable;
  cost_adjustment: {
    id: string;
    item: string;
    version: number;
    fen: number;
    before_fen: number;
    ground: string;
    document: string;
    organisation: string;
    recorded_by: string;
    recorded_at: Date;
  };
  subsidy: {
    id: string;
    jurisdiction: string;
    operator: string;
    year: number;
    fen: number;
    ground: string;
    document: string | null;
    reverses: string | null;
    reversed_by: string | null;
    recorded_by: string;
    recorded_at: Date;
  };
  allocation_key: {
    id: string;
    jurisdiction: string;
    operator: string;
    year: number;
    version: number;
    key: AllocationKey;
    weights: ColumnType<Weights, string, never>;
    ground: string;
    recorded_by: string;
    recorded_at: Date;
  };
  cost_report: {
    id: string;
    jurisdiction: string;
    operator: string;
    year: number;
    version: number;
    state: (typeof costReportStates)[number];
    content: ColumnType<ReportContent, string, never>;
    hash: string;
    due_on: string;
    late: boolean;
    recipient: string;
    filed_by: string;
    filed_at: Date;
    answered_by: string | null;
    answered_at: Date | null;
    reasons: ColumnType<Reason[], string | undefined, string>;
    audit_outcome: (typeof auditOutcomes)[number] | null;
    audit_document: string | null;
    audited_by: string | null;
    audited_at: Date | null;
  };
  cost_report_item: { report: string; item: string; kind: string; product: string | null; fen: number };
};
export type CostDb = Kysely<CostTables>;
export type CostTrx = Transaction<CostTables>;
export type CostItemRow = Selectable<CostItemTable>;
export type AdjustmentRow = Selectable<CostTables['cost_adjustment']>;
export type SubsidyRow = Selectable<CostTables['subsidy']>;
export type AllocationKeyRow = Selectable<CostTables['allocation_key']>;
export type CostReportRow = Selectable<CostTables['cost_report']>;

/** Whose ledger, and of which year. */
export type Period = { jurisdiction: string; operator: string; year: number };
