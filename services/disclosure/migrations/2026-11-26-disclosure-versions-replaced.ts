// Old code still runs: this adds a column that may be empty.
import { type Kysely, sql } from 'kysely';

/** What stands in the place of a report or a bulletin that was replaced (S1–S3). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['public_report', 'public_bulletin'])
    await sql.raw(`alter table disclosure.${table} add column replaced_by text`).execute(db);
}
