import type { Kysely, Selectable, Transaction, Updateable } from 'kysely';
import type { ResourceFieldTable, ResourceTable, ResourceTables } from '../tables/resource.ts';

type Reader = Kysely<ResourceTables>;
type Writer = Transaction<ResourceTables>;

export type FieldRow = Omit<Selectable<ResourceFieldTable>, 'resource_id'>;
/** An entry with its fields in order. */
export type ResourceRow = Selectable<ResourceTable> & { fields: FieldRow[] };

const fieldsOf = async (db: Reader, ids: readonly string[]): Promise<Map<string, FieldRow[]>> => {
  const byResource = new Map<string, FieldRow[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return byResource;
  const rows = await db
    .selectFrom('resource_field')
    .select(['resource_id', 'position', 'name', 'description', 'grade'])
    .where('resource_id', 'in', [...ids])
    .orderBy('resource_id')
    .orderBy('position')
    .execute();
  for (const { resource_id, ...field } of rows) byResource.get(resource_id)?.push(field);
  return byResource;
};

/** Puts their fields beside the entries, in two queries however many there are. */
export const withFields = async (
  db: Reader,
  rows: readonly Selectable<ResourceTable>[],
): Promise<ResourceRow[]> => {
  const fields = await fieldsOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, fields: fields.get(row.id) ?? [] }));
};

/** One entry, whatever its state; who may see it is asked by the caller. */
export const findResource = async (db: Reader, id: string): Promise<ResourceRow | undefined> => {
  const row = await db.selectFrom('resource').selectAll().where('id', '=', id).executeTakeFirst();
  return row && (await withFields(db, [row]))[0];
};

/** Entries by number, in the order of their numbers; unknown numbers are simply absent. */
export const findResources = async (db: Reader, ids: readonly string[]): Promise<ResourceRow[]> => {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('resource')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute();
  return withFields(db, rows);
};

/** The entry, held until the transaction ends: two acts on it come one after the other. */
export const lockResource = async (trx: Writer, id: string): Promise<ResourceRow | undefined> => {
  const row = await trx
    .selectFrom('resource')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && (await withFields(trx, [row]))[0];
};

/** A new entry; `false` when its number or its key in the jurisdiction is taken. */
export const insertResource = async (trx: Writer, { fields, ...row }: ResourceRow): Promise<boolean> => {
  const inserted = await trx
    .insertInto('resource')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted) await replaceFields(trx, [{ id: row.id, fields }]);
  return inserted !== undefined;
};

/** Writes changed columns and counts the version up. The caller holds the row's lock. */
export const updateResource = (
  trx: Writer,
  id: string,
  changes: Omit<Updateable<ResourceTable>, 'id' | 'version' | 'jurisdiction'>,
) =>
  trx
    .updateTable('resource')
    .set((eb) => ({ ...changes, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

const chunkOf = 1_000;

/** Rows in lots that stay below PostgreSQL's limit of parameters a statement. */
export const inChunks = async <T>(
  rows: readonly T[],
  write: (chunk: T[]) => Promise<unknown>,
  size = chunkOf,
): Promise<void> => {
  for (let from = 0; from < rows.length; from += size) await write(rows.slice(from, from + size));
};

/** The fields of these entries, all of them anew. */
export const replaceFields = async (
  trx: Writer,
  entries: readonly { id: string; fields: readonly FieldRow[] }[],
): Promise<void> => {
  await inChunks(entries, (some) =>
    trx
      .deleteFrom('resource_field')
      .where(
        'resource_id',
        'in',
        some.map(({ id }) => id),
      )
      .execute(),
  );
  const rows = entries.flatMap(({ id, fields }) =>
    fields.map(({ name, description, grade }, position) => ({
      resource_id: id,
      position,
      name,
      description,
      grade,
    })),
  );
  await inChunks(rows, (some) => trx.insertInto('resource_field').values(some).execute());
};
