// Old code still runs: a column that it always fills may be empty.
import { type Kysely, sql } from 'kysely';

/** A consent names its document by number; by hash only where the document is stored here (C4). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table catalog.sharing_consent alter column document_hash drop not null`).execute(db);
}
