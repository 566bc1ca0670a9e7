/** Fingerprints on record (E1): the files lie in the document store, by their hashes. */
import type { DocumentTables } from '../documents/tables.ts';
import type { ProductTables } from '../products/tables.ts';

export type SourceFingerprintTable = {
  id: string;
  jurisdiction: string;
  resource: string;
  /** The body whose resource it is, where a grant told of it. */
  owner: string | null;
  document: string;
  bytes: string | number;
  form: string;
  key_id: string;
  /** Hash of the data it was made from. */
  data: string;
  rows: string | number;
  columns: number;
  recorded_by: string;
  recorded_body: string;
  recorded_at: Date;
};

export type ReleaseFingerprintTable = {
  case_no: string;
  attempt: number;
  document: string;
  bytes: string | number;
  key_id: string;
  rows: string | number;
  /** Resources the version was made from. */
  resources: string[];
  kept_at: Date;
};

export type FingerprintTables = DocumentTables &
  ProductTables & {
    source_fingerprint: SourceFingerprintTable;
    release_fingerprint: ReleaseFingerprintTable;
  };
