import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import type { z } from 'zod';
import type { CountedRow } from './queries.ts';
import type { Adjustment, AllocationKeyView, CostReportView, CostView, SubsidyView } from './schema.ts';
import type { AdjustmentRow, AllocationKeyRow, CostReportRow, SubsidyRow } from './tables.ts';

const stands = ({ reverses, reversed_by }: { reverses: string | null; reversed_by: string | null }) =>
  reverses === null && reversed_by === null;

export const costView = (row: CountedRow): CostView => ({
  ...{ cost: row.id, operator: row.operator, year: row.year, incurredOn: row.incurred_on, kind: row.kind },
  ...{ product: row.product, fen: row.fen, countedFen: stands(row) ? row.counted : 0, ground: row.ground },
  ...{ document: row.document, voucher: row.voucher, import: row.import, reverses: row.reverses },
  ...{ reversedBy: row.reversed_by, recordedAt: instant(row.recorded_at) },
});

export const adjustmentView = (row: AdjustmentRow): z.output<typeof Adjustment> => ({
  ...{
    adjustment: row.id,
    version: row.version,
    fen: row.fen,
    beforeFen: row.before_fen,
    ground: row.ground,
  },
  ...{ document: row.document, organisation: row.organisation, recordedAt: instant(row.recorded_at) },
});

export const subsidyView = (row: SubsidyRow): SubsidyView => ({
  ...{ subsidy: row.id, operator: row.operator, year: row.year, fen: row.fen, ground: row.ground },
  ...{ countedFen: stands(row) ? row.fen : 0, document: row.document, reverses: row.reverses },
  ...{ reversedBy: row.reversed_by, recordedAt: instant(row.recorded_at) },
});

export const allocationKeyView = (row: AllocationKeyRow): z.output<typeof AllocationKeyView> => ({
  ...{ allocationKey: row.id, operator: row.operator, year: row.year, version: row.version, key: row.key },
  ...{ weights: row.weights, ground: row.ground, statedAt: instant(row.recorded_at) },
});

export const reportView = (row: CostReportRow): CostReportView => ({
  ...{ report: row.id, operator: row.operator, year: row.year, version: row.version, state: row.state },
  ...{ hash: row.hash, recipient: row.recipient, dueOn: row.due_on, late: row.late, reasons: row.reasons },
  ...{ filedAt: instant(row.filed_at), answeredAt: instantOrNull(row.answered_at) },
  audit:
    row.audit_outcome && row.audit_document && row.audited_at
      ? {
          ...{ outcome: row.audit_outcome, document: row.audit_document },
          recordedAt: instant(row.audited_at),
        }
      : null,
});
