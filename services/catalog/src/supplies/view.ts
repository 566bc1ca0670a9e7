import { toInstantText } from '@gongshu/shared/business-date';
import type { ActObject } from '@gongshu/shared/may';
import type { Selectable } from 'kysely';
import type { SupplySuspensionTable, SupplyTable } from '../tables/supply.ts';
import type { SupplyDetail, SupplyView } from './schema.ts';

export type SupplyRow = Selectable<SupplyTable>;
export type SuspensionRow = Selectable<SupplySuspensionTable>;

const instant = (at: Date): string => toInstantText(at.getTime());
const instantOrNull = (at: Date | null): string | null => at && instant(at);

/** What `may()` asks about a supply: it is its department's. */
export const supplyObject = (row: Pick<SupplyRow, 'jurisdiction' | 'department'>): ActObject => ({
  jurisdiction: row.jurisdiction,
  owner: row.department,
});

/** How it stands at an instant: what has ended by its last day has ended, without anybody's act. */
export const stateAt = (
  { state, ends_at }: Pick<SupplyRow, 'state' | 'ends_at'>,
  at: Date,
): SupplyRow['state'] => (at >= ends_at ? 'ended' : state);

/** A supply as it stands at `at`. */
export const supplyView = (row: SupplyRow, at: Date): SupplyView => ({
  supplyNo: row.supply_no,
  jurisdiction: row.jurisdiction,
  resource: row.resource_id,
  department: row.department,
  authorisation: row.authorisation,
  fields: row.fields,
  treatments: row.treatments,
  from: row.from_on,
  until: row.until_on,
  state: stateAt(row, at),
  recordedAt: instant(row.recorded_at),
  endedAt: instantOrNull(row.ended_at ?? (at >= row.ends_at ? row.ends_at : null)),
  version: row.version,
});

export const supplyDetail = (
  row: SupplyRow,
  suspensions: readonly SuspensionRow[],
  at: Date,
): SupplyDetail => ({
  ...supplyView(row, at),
  suspensions: suspensions.map((one) => ({
    id: one.id,
    risk: one.risk,
    from: instant(one.from_at),
    rectification: one.rectification,
    document: one.document,
    restoredAt: instantOrNull(one.restored_at),
  })),
});
