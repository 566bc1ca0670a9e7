import type { BusinessDate } from '@gongshu/shared/business-date';
import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { ResourceTables, StudyTable } from '../tables/resource.ts';

type Writer = Transaction<ResourceTables>;
export type StudyRow = Selectable<StudyTable> & {
  parties: { role: string; organisation: string }[];
  resources: string[];
};

/** Studies are numbered by jurisdiction; the lock goes with the transaction. */
export const nextStudyNumber = async (trx: Writer, jurisdiction: string): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`study ${jurisdiction}`}, 0))`.execute(trx);
  const { count } = await trx
    .selectFrom('study')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('jurisdiction', '=', jurisdiction)
    .executeTakeFirstOrThrow();
  return count + 1;
};

export const insertStudy = async (
  trx: Writer,
  row: Insertable<StudyTable>,
  parties: readonly { role: string; organisation: string }[],
  resources: readonly string[],
): Promise<void> => {
  await trx.insertInto('study').values(row).execute();
  await trx
    .insertInto('study_party')
    .values(parties.map((party) => ({ study_id: row.id, ...party })))
    .execute();
  if (resources.length > 0)
    await trx
      .insertInto('study_resource')
      .values(resources.map((resource_id) => ({ study_id: row.id, resource_id })))
      .execute();
};

/** Studies of a jurisdiction, newest first, after the last one of the page before. */
export const listStudies = async (
  db: Kysely<ResourceTables>,
  jurisdiction: string,
  { after, limit }: { after: { heldOn: BusinessDate; id: string } | undefined; limit: number },
): Promise<StudyRow[]> => {
  let query = db.selectFrom('study').selectAll().where('jurisdiction', '=', jurisdiction);
  if (after) query = query.where(sql<boolean>`(held_on, id) < (${after.heldOn}::date, ${after.id})`);
  const rows = await query.orderBy('held_on', 'desc').orderBy('id', 'desc').limit(limit).execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const parties = await db
    .selectFrom('study_party')
    .selectAll()
    .where('study_id', 'in', ids)
    .orderBy('role')
    .orderBy('organisation')
    .execute();
  const resources = await db
    .selectFrom('study_resource')
    .selectAll()
    .where('study_id', 'in', ids)
    .orderBy('resource_id')
    .execute();
  return rows.map((row) => ({
    ...row,
    parties: parties
      .filter(({ study_id }) => study_id === row.id)
      .map(({ role, organisation }) => ({ role, organisation })),
    resources: resources.filter(({ study_id }) => study_id === row.id).map(({ resource_id }) => resource_id),
  }));
};
