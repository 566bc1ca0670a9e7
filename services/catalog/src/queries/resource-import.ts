import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { ImportMappingTable, ImportRunTable, ResourceTables } from '../tables/resource.ts';
import { inChunks, replaceFields, type ResourceRow, withFields } from './resource.ts';

type Writer = Transaction<ResourceTables>;

/** Imports into one jurisdiction come one after the other; the lock goes with the transaction. */
export const oneImportAtATime = async (trx: Writer, jurisdiction: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`catalog import ${jurisdiction}`}, 0))`.execute(
    trx,
  );
};

/** The entries of these keys, held until the transaction ends. */
export const lockByKeys = async (
  trx: Writer,
  jurisdiction: string,
  keys: readonly string[],
): Promise<Map<string, ResourceRow>> => {
  const rows = await trx
    .selectFrom('resource')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('source_key', '=', sql<string>`any(${[...keys]}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map((await withFields(trx, rows)).map((row) => [row.source_key, row]));
};

/** Statements stay below PostgreSQL's 65,535 parameters. */
const rowsAStatement = 500;

/** Writes whole entries, new and changed, a few hundred a statement. */
export const writeResources = async (trx: Writer, rows: readonly ResourceRow[]): Promise<void> => {
  await inChunks(
    rows,
    (some) =>
      trx
        .insertInto('resource')
        .values(some.map(({ fields: _fields, ...row }) => row))
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((eb) => ({
            provider_code: eb.ref('excluded.provider_code'),
            provider_name: eb.ref('excluded.provider_name'),
            title: eb.ref('excluded.title'),
            abstract: eb.ref('excluded.abstract'),
            update_frequency: eb.ref('excluded.update_frequency'),
            data_updated_on: eb.ref('excluded.data_updated_on'),
            level: eb.ref('excluded.level'),
            classification: eb.ref('excluded.classification'),
            grade: eb.ref('excluded.grade'),
            reviewer_kind: eb.ref('excluded.reviewer_kind'),
            reviewer_organisation: eb.ref('excluded.reviewer_organisation'),
            search_text: eb.ref('excluded.search_text'),
            source: eb.ref('excluded.source'),
            imported_hash: eb.ref('excluded.imported_hash'),
            import_id: eb.ref('excluded.import_id'),
            version: eb.ref('excluded.version'),
            updated_at: eb.ref('excluded.updated_at'),
          })),
        )
        .execute(),
    rowsAStatement,
  );
  await replaceFields(trx, rows);
};

/** A free number for the next import or mapping of a jurisdiction; call it under the import lock. */
export const countImports = async (trx: Writer, jurisdiction: string): Promise<number> => {
  const { count } = await trx
    .selectFrom('import_run')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('jurisdiction', '=', jurisdiction)
    .executeTakeFirstOrThrow();
  return count;
};

export const insertImportRun = (trx: Writer, row: Insertable<ImportRunTable>) =>
  trx.insertInto('import_run').values(row).execute();

/** Whether this very file was taken in by this mapping before. */
export const wasImported = async (
  db: Kysely<ResourceTables>,
  jurisdiction: string,
  mappingId: string,
  fileHash: string,
): Promise<boolean> => {
  const run = await db
    .selectFrom('import_run')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('mapping_id', '=', mappingId)
    .where('sha256', '=', fileHash)
    .executeTakeFirst();
  return run !== undefined;
};

/** Keeps a mapping; the same one again is the same row. */
export const insertMapping = (db: Kysely<ResourceTables>, row: Insertable<ImportMappingTable>) =>
  db
    .insertInto('import_mapping')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();

export const findMapping = (
  db: Kysely<ResourceTables>,
  jurisdiction: string,
  id: string,
): Promise<Selectable<ImportMappingTable> | undefined> =>
  db
    .selectFrom('import_mapping')
    .selectAll()
    .where('id', '=', id)
    .where('jurisdiction', '=', jurisdiction)
    .executeTakeFirst();
