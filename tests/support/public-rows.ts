/** The rows of the public tables, as text, in an order of their own: what two builds of them are compared by. */
import { publicTables } from '@gongshu/service-disclosure/public/tables';
import { type Kysely, sql } from 'kysely';

/** Those of the figures too, which the same events build. */
const tables = [...publicTables, 'figure', 'resource_state'];

// biome-ignore lint/suspicious/noExplicitAny: bound to the schema of the disclosure service
export const publicRows = async (db: Kysely<any>): Promise<Record<string, string[]>> => {
  const found: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await sql<{ row: string }>`
      select t::text as row
      from ${sql.table(`disclosure.${table}`)} t
      order by t::text collate "C"`.execute(db);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
};
