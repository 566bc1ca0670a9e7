// Old code still runs: this adds a column only.
import { type Kysely, sql } from 'kysely';

/** What a report was asked for besides, when it was returned (M5; 朔州 十一（三）6). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table disclosure.work_report add column if not exists asked jsonb not null default '[]'`.execute(
    db,
  );
}
