import type { AssetWithdrawal } from '@gongshu/shared/asset';
import type { Selectable } from 'kysely';
import type { ResourceTables } from '../tables/resource.ts';

/** The mark that a resource is a public data asset. Dates are of Asia/Shanghai, money is whole fen. */
export type AssetMarkTable = {
  id: string;
  jurisdiction: string;
  resource_id: string;
  /** The rule or decision it rests on, in words. */
  basis: string;
  basis_document: string | null;
  document_hash: string | null;
  marked_on: string;
  asset_no: string | null;
  book_value_fen: number | null;
  valued_on: string | null;
  marked_by: string;
  marked_organisation: string;
  marked_at: Date;
  confirmed_on: string | null;
  confirmed_by: string | null;
  confirmed_organisation: string | null;
  confirmed_at: Date | null;
  withdrawn_on: string | null;
  withdrawn_reason: AssetWithdrawal | null;
  withdrawn_basis: string | null;
  withdrawn_by: string | null;
  withdrawn_at: Date | null;
};

export type AssetTables = ResourceTables & { asset_mark: AssetMarkTable };
export type AssetRow = Selectable<AssetMarkTable>;
