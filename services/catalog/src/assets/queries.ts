import type { AssetState } from '@gongshu/shared/asset';
import { type Actor, reaches } from '@gongshu/shared/may';
import { type Insertable, type Kysely, sql, type Transaction, type Updateable } from 'kysely';
import type { AssetMarkTable, AssetRow, AssetTables } from './tables.ts';

export type AssetDb = Kysely<AssetTables>;
export type AssetTrx = Transaction<AssetTables>;

/** A mark beside what the catalog says of its resource. */
export type LedgerRow = AssetRow & {
  title: string;
  provider_organisation: string;
  provider_name: string;
  state: string;
  registration_code: string | null;
};

/** All marks that a resource ever had, the newest first. */
export const marksOn = (db: AssetDb, resource: string): Promise<LedgerRow[]> =>
  ledger(db)
    .where('resource_id', '=', resource)
    .orderBy('marked_at', 'desc')
    // Within an instant by the number at its end: the tenth is newer than the ninth.
    .orderBy(sql`length(asset_mark.id)`, 'desc')
    .orderBy('asset_mark.id', 'desc')
    .execute();

/** The mark that stands on a resource; at most one does. */
export const standingMark = (db: AssetDb, resource: string): Promise<AssetRow | undefined> =>
  db
    .selectFrom('asset_mark')
    .selectAll()
    .where('resource_id', '=', resource)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();

/** Numbers of a city’s assets are given one after the other; the lock goes with the transaction. */
export const oneNumberAtATime = async (trx: AssetTrx, jurisdiction: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`asset number ${jurisdiction}`}, 0))`.execute(
    trx,
  );
};

/** Whether a mark that stands on another resource of the city carries the number. */
export const numberIsTaken = async (
  trx: AssetTrx,
  jurisdiction: string,
  assetNo: string,
  resource: string,
): Promise<boolean> => {
  const row = await trx
    .selectFrom('asset_mark')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('asset_no', '=', assetNo)
    .where('resource_id', '!=', resource)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
};

export const insertMark = (trx: AssetTrx, row: Insertable<AssetMarkTable>): Promise<AssetRow> =>
  trx.insertInto('asset_mark').values(row).returningAll().executeTakeFirstOrThrow();

/** Changes a mark that stands. The resource is held, so that nobody else changes it meanwhile. */
export const updateMark = (
  trx: AssetTrx,
  id: string,
  change: Updateable<AssetMarkTable>,
): Promise<AssetRow> =>
  trx
    .updateTable('asset_mark')
    .set(change)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returningAll()
    .executeTakeFirstOrThrow();

const ledger = (db: AssetDb) =>
  db
    .selectFrom('asset_mark')
    .innerJoin('resource', 'resource.id', 'asset_mark.resource_id')
    .selectAll('asset_mark')
    .select(['resource.title', 'resource.provider_organisation', 'resource.provider_name'])
    .select(['resource.state', 'resource.registration_code']);

/** The marks within the actor’s reach: all of its city, or those on its own body’s resources. */
const within = (db: AssetDb, actor: Actor) => {
  const query = ledger(db).where('asset_mark.jurisdiction', '=', actor.jurisdiction);
  return reaches(actor, 'readAssets').includes('jurisdiction')
    ? query
    : query.where('resource.provider_organisation', '=', actor.organisation ?? '');
};

/** A page of marks by number, from behind `after`. */
export const listAssets = (
  db: AssetDb,
  actor: Actor,
  {
    state,
    provider,
    after,
    limit,
  }: {
    state: AssetState | undefined;
    provider: string | undefined;
    after: string | undefined;
    limit: number;
  },
): Promise<LedgerRow[]> => {
  let query = within(db, actor);
  if (state === 'withdrawn') query = query.where('withdrawn_at', 'is not', null);
  else if (state !== undefined)
    query = query
      .where('withdrawn_at', 'is', null)
      .where('confirmed_at', state === 'confirmed' ? 'is not' : 'is', null);
  if (provider !== undefined) query = query.where('resource.provider_organisation', '=', provider);
  if (after !== undefined) query = query.where('asset_mark.id', '>', after);
  return query.orderBy('asset_mark.id').limit(limit).execute();
};

/** Every mark that stood at the end of a day: marked by then, and not withdrawn by then. */
export const assetsOn = (db: AssetDb, actor: Actor, on: string): Promise<LedgerRow[]> =>
  within(db, actor)
    .where('marked_on', '<=', on)
    .where((eb) => eb.or([eb('withdrawn_on', 'is', null), eb('withdrawn_on', '>', on)]))
    .orderBy('asset_mark.id')
    .execute();
