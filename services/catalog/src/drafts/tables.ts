import type { Generated } from 'kysely';
import type { DraftBody } from './body.ts';

export type DraftState = 'open' | 'submitted' | 'discarded';

/** An application that its merchant is still writing. Instants are of the law clock. */
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
