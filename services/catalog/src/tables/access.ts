import type { ArticleRef } from '@gongshu/shared/problems';
import type { ColumnType, Generated } from 'kysely';

/** Fields of one resource. */
export type FieldsOf = { resource: string; fields: string[] };

/** A question of access and its answer (D2). Never changed, never deleted; `used_by` is an account id of the platform. */
export type AccessTable = {
  id: string;
  seq: Generated<number>;
  grant_no: string;
  jurisdiction: string;
  asker: string;
  key: string;
  request_hash: string;
  fields: ColumnType<FieldsOf[], string, never>;
  purpose: string;
  used_by: string;
  /** When the use is, as the question states it. */
  at: Date;
  answered_at: Date;
  permitted: boolean;
  code: string | null;
  article: ColumnType<ArticleRef | null, string | null, never>;
  beyond: ColumnType<FieldsOf[] | null, string | null, never>;
  /** Of the register of people (D4), where a person sees the data. */
  person: string | null;
  view: 'raw' | 'desensitised' | null;
  chain: string;
  link: number;
  place: number;
};

/** Answers given together: `hash` is over their rows in order and over `previous`, the hash of the link before. */
export type AccessBatchTable = {
  chain: string;
  link: number;
  previous: string;
  hash: string;
  accesses: number;
  made_at: Date;
};

export type AccessTables = { access: AccessTable; access_batch: AccessBatchTable };
