import type { Generated } from 'kysely';

/** Any part of what is to be submitted, or none. */
export type DraftBody = Readonly<Record<string, unknown>>;
export type DraftState = 'open' | 'submitted' | 'discarded';

/** What a merchant is still writing, part by part. Instants are of the law clock. */
export type DraftTable = {
  id: string;
  seq: Generated<number>;
  jurisdiction: string;
  organisation: string;
  body: DraftBody;
  state: Generated<DraftState>;
  /** The case it became, and the receipt of that. */
  case_no: string | null;
  receipt: string | null;
  version: Generated<number>;
  created_by: string;
  created_at: Date;
  updated_at: Date;
};

export type DraftTables = { application_draft: DraftTable };
