import type { Reason } from '@gongshu/infra/cases/tables';
import type { ColumnType, Generated, Selectable } from 'kysely';
import type { PartnerContents } from './schema.ts';

export const partnerStates = ['registered', 'filed', 'noted', 'returned', 'ended'] as const;

/** jsonb: written as JSON text, read as what it holds. */
type Json<T> = ColumnType<T, string, string>;

/** A partner of an operator as it stands; words stay in `contents`. */
export type PartnerTable = {
  id: string;
  jurisdiction: string;
  operator: string;
  organisation: string;
  state: (typeof partnerStates)[number];
  contents: Json<PartnerContents>;
  content_hash: string;
  version: Generated<number>;
  registered_by: string;
  registered_at: Date;
  filed_at: Date | null;
  answered_by: string | null;
  answered_at: Date | null;
  reasons: ColumnType<Reason[], string | undefined, string>;
  ended_at: Date | null;
};
export type PartnerTables = {
  partner: PartnerTable;
  party: { jurisdiction: string; id: string; kind: string };
};
export type PartnerRow = Selectable<PartnerTable>;
