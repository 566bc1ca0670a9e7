import type { ActObject } from '@gongshu/shared/may';
import type { AccessRefusal } from '@gongshu/shared/access';
import { type Kysely, sql } from 'kysely';
import { grantObject } from '../accesses/asker.ts';
import { shownOf, type Traced } from '../accesses/trace.ts';
import type { AccessTables } from '../tables/access.ts';

type Reader = Kysely<AccessTables>;
export type AccessRow = Traced & { seq: number };

const traced = (db: Reader) =>
  db
    .selectFrom('access')
    .innerJoin('access_batch', (join) =>
      join.onRef('access_batch.chain', '=', 'access.chain').onRef('access_batch.link', '=', 'access.link'),
    )
    .selectAll('access')
    .select('access_batch.hash as trace');

type Found = Awaited<ReturnType<ReturnType<typeof traced>['execute']>>[number];

const rowOf = (row: Found): AccessRow => ({
  id: row.id,
  seq: row.seq,
  grantNo: row.grant_no,
  jurisdiction: row.jurisdiction,
  asker: row.asker,
  key: row.key,
  requestHash: row.request_hash,
  fields: row.fields,
  purpose: row.purpose,
  by: row.used_by,
  at: row.at.getTime(),
  answeredAt: row.answered_at.getTime(),
  permitted: row.permitted,
  code: row.code as AccessRefusal | null,
  article: row.article,
  beyond: row.beyond,
  ...shownOf(row),
  trace: row.trace,
});

export type AccessFilter = {
  permitted?: boolean | undefined;
  /** Answered at or after this instant. */
  from?: Date | undefined;
  /** Answered before this instant. */
  until?: Date | undefined;
};

/** Accesses asked for under a grant, newest first, before number `before` of the trace; at most `limit`. */
export const listAccesses = async (
  db: Reader,
  grantNo: string,
  { permitted, from, until }: AccessFilter,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<AccessRow[]> => {
  let query = traced(db).where('access.grant_no', '=', grantNo);
  if (permitted !== undefined) query = query.where('access.permitted', '=', permitted);
  if (from !== undefined) query = query.where('access.answered_at', '>=', from);
  if (until !== undefined) query = query.where('access.answered_at', '<', until);
  if (before !== undefined) query = query.where('access.seq', '<', before);
  return (await query.orderBy('access.seq', 'desc').limit(limit).execute()).map(rowOf);
};

/** One trace by its number. */
export const findAccess = async (db: Reader, id: string): Promise<AccessRow | undefined> => {
  const row = await traced(db).where('access.id', '=', id).executeTakeFirst();
  return row && rowOf(row);
};

/**
 * What `may()` asks about who reads the accesses of a grant: its parties, bureau, reviewers, and the source departments
 * whose data are used (where they go is theirs to know, D2); `undefined` where there is none.
 */
export const findGrantObject = async (db: Reader, grantNo: string): Promise<ActObject | undefined> => {
  const { rows } = await sql<{ jurisdiction: string; merchant: string; handlers: string[] }>`
    select g.jurisdiction, g.merchant, array[g.operator, g.authority] || coalesce((
      select array_agg(distinct r.reviewer_organisation)
             || coalesce(array_agg(distinct e.provider_organisation) filter (where e.id is not null), '{}')
      from use_grant_resource as r
      left join resource as e on e.id = r.resource_id
      where r.grant_no = g.grant_no
    ), '{}') as handlers
    from use_grant as g
    where g.grant_no = ${grantNo}`.execute(db);
  return rows[0] && grantObject(rows[0]);
};
