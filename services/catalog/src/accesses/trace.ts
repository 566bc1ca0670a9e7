/** The trace of accesses (D2): written before the answer is given, hashed batch by batch so that a change shows. */
import { randomUUID } from 'node:crypto';
import { jsonHash } from '@gongshu/infra/hash';
import type { AccessRefusal } from '@gongshu/shared/access';
import type { ArticleRef } from '@gongshu/shared/problems';
import { sql } from 'kysely';
import type { FieldsOf } from '../tables/access.ts';
import type { AccessDb } from './facts.ts';
import type { AccessViewKind } from './judge.ts';

/** One question and its answer. Instants in milliseconds since the epoch. */
export type Access = {
  id: string;
  grantNo: string;
  jurisdiction: string;
  asker: string;
  key: string;
  requestHash: string;
  fields: FieldsOf[];
  purpose: string;
  by: string;
  at: number;
  answeredAt: number;
  permitted: boolean;
  code: AccessRefusal | null;
  article: ArticleRef | null;
  beyond: FieldsOf[] | null;
} & Shown;

/** To whom it shows data and how; not there at all where no person is named, so that older rows hash as they did. */
export type Shown = { person?: string; view?: AccessViewKind };

/** The same of a row of the table, where nobody is NULL. */
export const shownOf = ({ person, view }: { person: string | null; view: AccessViewKind | null }): Shown => ({
  ...(person !== null && { person }),
  ...(view !== null && { view }),
});

/** As it was traced: `trace` is the hash of its batch, which whoever holds the answer can show later. */
export type Traced = Access & { trace: string };

/** What the first batch of a chain follows on. */
export const chainStart = `sha256:${'0'.repeat(64)}`;

/** `sha256:` over the batch before, the batch's own place, and its rows in order. */
export const batchHash = (
  { chain, link, previous }: { chain: string; link: number; previous: string },
  rows: readonly Access[],
): string => jsonHash({ chain, link, previous, rows });

/** Writes batches one after the other. A process keeps one; after a fault it begins a new one, for nobody knows then whether the last was written. */
export type Chain = { readonly id: string; link: number; previous: string };
export const newChain = (): Chain => ({ id: randomUUID(), link: 0, previous: chainStart });

/**
 * One statement and so one transaction: the rows and their batch, both or neither. Throws the database's error; a key
 * used meanwhile by another process is a unique violation.
 */
export const writeTrace = async (db: AccessDb, chain: Chain, rows: readonly Access[]): Promise<Traced[]> => {
  if (rows.length === 0) return [];
  const link = chain.link + 1;
  const hash = batchHash({ chain: chain.id, link, previous: chain.previous }, rows);
  const values = rows.map((row, place) => ({
    ...row,
    ...{ place, at: new Date(row.at).toISOString(), answeredAt: new Date(row.answeredAt).toISOString() },
  }));
  const madeAt = new Date(rows[0]?.answeredAt ?? 0);
  await sql`
    with batch as (
      insert into access_batch (chain, link, previous, hash, accesses, made_at)
      values (${chain.id}, ${link}, ${chain.previous}, ${hash}, ${rows.length}, ${madeAt})
    )
    insert into access (
      id, grant_no, jurisdiction, asker, key, request_hash, fields, purpose, used_by, at, answered_at,
      permitted, code, article, beyond, person, view, chain, link, place
    )
    select
      r.id, r."grantNo", r.jurisdiction, r.asker, r.key, r."requestHash", r.fields, r.purpose, r.by, r.at,
      r."answeredAt", r.permitted, r.code, nullif(r.article, 'null'), nullif(r.beyond, 'null'),
      r.person, r.view, ${chain.id}, ${link}, r.place
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r (
      id uuid, "grantNo" text, jurisdiction text, asker text, key text, "requestHash" text, fields jsonb,
      purpose text, by text, at timestamptz, "answeredAt" timestamptz, permitted boolean, code text,
      article jsonb, beyond jsonb, person text, view text, place integer
    )
    order by r.place`.execute(db);
  chain.link = link;
  chain.previous = hash;
  return rows.map((row) => ({ ...row, trace: hash }));
};
