import type { ExpertTables } from '@gongshu/infra/experts/tables';
import type { ExpertKind, ExpertState } from '@gongshu/shared/experts/codes';
import type { Kysely } from 'kysely';
import type { ConflictRow } from '../experts/conflict.ts';
import type { ExpertRow } from '../experts/pool.ts';

/** Experts of a city by id. */
export const listExperts = (
  db: Kysely<ExpertTables>,
  {
    jurisdiction,
    kind,
    state,
    after,
    limit,
  }: {
    jurisdiction: string;
    kind?: ExpertKind | undefined;
    state?: ExpertState | undefined;
    after: string | undefined;
    limit: number;
  },
): Promise<ExpertRow[]> =>
  db
    .selectFrom('expert')
    .selectAll()
    .where((eb) =>
      eb.and([
        eb('jurisdiction', '=', jurisdiction),
        ...(kind === undefined ? [] : [eb('kind', '=', kind)]),
        ...(state === undefined ? [] : [eb('state', '=', state)]),
        ...(after === undefined ? [] : [eb('id', '>', after)]),
      ]),
    )
    .orderBy('id')
    .limit(limit)
    .execute();

export const findExpert = (
  db: Kysely<ExpertTables>,
  jurisdiction: string,
  id: string,
): Promise<ExpertRow | undefined> =>
  db
    .selectFrom('expert')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst();

/** What an expert has declared, oldest first. */
export const declaredBy = (
  db: Kysely<ExpertTables>,
  jurisdiction: string,
  expert: string,
): Promise<ConflictRow[]> =>
  db
    .selectFrom('expert_conflict')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('expert', '=', expert)
    .orderBy('declared_at')
    .orderBy('id')
    .limit(1_000)
    .execute();
