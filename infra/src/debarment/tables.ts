import type { DebarmentListCode } from '@gongshu/shared/experts/codes';

export type DebarmentListTable = {
  jurisdiction: string;
  list: DebarmentListCode;
  /** The day the list is of. */
  as_of: string;
  source: string;
  content_hash: string;
  entries: number;
  /** Entries without a credit code (people): nothing is found by them. */
  without_code: number;
  loaded_by: string;
  loaded_at: Date;
};
export type DebarmentEntryTable = {
  jurisdiction: string;
  list: DebarmentListCode;
  as_of: string;
  uscc: string;
  name: string | null;
  /** The last day on the list. */
  until_on: string | null;
};
export type DebarmentTables = {
  debarment_list: DebarmentListTable;
  debarment_entry: DebarmentEntryTable;
};
