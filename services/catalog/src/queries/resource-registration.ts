import type { ResourceState } from '@gongshu/shared/resource';
import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { RegistrationItemTable, RegistrationPackageTable, ResourceTables } from '../tables/resource.ts';
import { type ResourceRow, withFields } from './resource.ts';

type Writer = Transaction<ResourceTables>;
export type PackageRow = Selectable<RegistrationPackageTable>;
export type ItemRow = Selectable<RegistrationItemTable>;

/** Packages of a jurisdiction are numbered one after the other; the lock goes with the transaction. */
export const onePackageAtATime = async (trx: Writer, jurisdiction: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`registration ${jurisdiction}`}, 0))`.execute(
    trx,
  );
};

export const nextPackageNumber = async (trx: Writer, jurisdiction: string): Promise<number> => {
  const last = await trx
    .selectFrom('registration_package')
    .select((eb) => eb.fn.max('number').as('number'))
    .where('jurisdiction', '=', jurisdiction)
    .executeTakeFirst();
  return (last?.number ?? 0) + 1;
};

/** Entries in `state` that are in no package yet, held until the transaction ends; of one provider when named. */
export const registrable = async (
  trx: Writer,
  jurisdiction: string,
  state: ResourceState,
  {
    provider,
    ids,
    after,
    limit,
  }: { provider: string | undefined; ids: readonly string[] | undefined; after: string; limit: number },
): Promise<ResourceRow[]> => {
  let query = trx
    .selectFrom('resource')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('state', '=', state)
    .where('id', '>', after)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('registration_item')
            .select('package_id')
            .whereRef('registration_item.resource_id', '=', 'resource.id'),
        ),
      ),
    );
  if (provider !== undefined) query = query.where('provider_organisation', '=', provider);
  if (ids !== undefined) query = query.where('id', '=', sql<string>`any(${[...ids]}::text[])`);
  return withFields(trx, await query.orderBy('id').limit(limit).forUpdate().execute());
};

export const insertPackage = async (
  trx: Writer,
  row: Insertable<RegistrationPackageTable>,
  resources: readonly string[],
): Promise<PackageRow> => {
  const inserted = await trx
    .insertInto('registration_package')
    .values(row)
    .returningAll()
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('registration_item')
    .values(resources.map((resource_id) => ({ package_id: row.id, resource_id, code: null, coded_at: null })))
    .execute();
  return inserted;
};

export const findPackage = (db: Kysely<ResourceTables>, id: string): Promise<PackageRow | undefined> =>
  db.selectFrom('registration_package').selectAll().where('id', '=', id).executeTakeFirst();

/** The items of a package by resource. */
export const itemsOf = (db: Kysely<ResourceTables>, packageId: string): Promise<ItemRow[]> =>
  db
    .selectFrom('registration_item')
    .selectAll()
    .where('package_id', '=', packageId)
    .orderBy('resource_id')
    .execute();

/** Packages that the port has not taken yet, of one jurisdiction, in order. */
export const unsentPackages = (db: Kysely<ResourceTables>, jurisdiction: string): Promise<PackageRow[]> =>
  db
    .selectFrom('registration_package')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('sent_at', 'is', null)
    .orderBy('number')
    .execute();

export const markSent = (db: Kysely<ResourceTables>, id: string, at: Date) =>
  db
    .updateTable('registration_package')
    .set({ sent_at: at })
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .execute();

/** Writes the code that came back for an entry, once. `false`: it had one already. */
export const writeCode = async (
  trx: Writer,
  packageId: string,
  resource: string,
  code: string,
  at: Date,
): Promise<boolean> => {
  const written = await trx
    .updateTable('registration_item')
    .set({ code, coded_at: at })
    .where('package_id', '=', packageId)
    .where('resource_id', '=', resource)
    .where('code', 'is', null)
    .returning('resource_id')
    .executeTakeFirst();
  return written !== undefined;
};

/** Whether another entry of the jurisdiction carries the code. */
export const codeIsTaken = async (trx: Writer, jurisdiction: string, code: string): Promise<boolean> => {
  const row = await trx
    .selectFrom('resource')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('registration_code', '=', code)
    .executeTakeFirst();
  return row !== undefined;
};
