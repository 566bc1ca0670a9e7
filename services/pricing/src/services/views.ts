import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import type { ChargeView, FeeView, OrderView } from './schema.ts';
import type { ChargeRow, FeeRow, OrderRow } from './tables.ts';

export const feeView = (row: FeeRow): FeeView => ({
  ...{ fee: row.id, jurisdiction: row.jurisdiction, operator: row.operator, item: row.item },
  ...{ version: row.version, title: row.title, kind: row.kind, unit: row.unit, costFen: row.cost_fen },
  ...{ margin: row.margin, marginFen: row.fen - row.cost_fen, fen: row.fen, from: row.from_on },
  ...{ withdrawn: row.withdrawn, basis: row.cost_basis.kind, publishedAt: instant(row.published_at) },
});

export const orderView = (row: OrderRow): OrderView => ({
  ...{ order: row.id, operator: row.operator, merchant: row.merchant, fee: row.fee, item: row.item },
  ...{ unitFen: row.unit_fen, qty: row.qty, note: row.note, state: row.state, placedOn: row.placed_on },
  ...{ placedAt: instant(row.placed_at), cancelledAt: instantOrNull(row.cancelled_at) },
});

export const chargeView = (row: ChargeRow): ChargeView => ({
  ...{ id: row.id, charge: row.charge, operator: row.operator, merchant: row.merchant },
  ...{ order: row.service_order, fee: row.fee, item: row.item, qty: row.qty, unitFen: row.unit_fen },
  ...{ fen: row.fen, income: row.income, chargedOn: row.charged_on, recordedAt: instant(row.recorded_at) },
});
