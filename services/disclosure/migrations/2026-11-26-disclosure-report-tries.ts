// Old code still runs: it leaves the tries as they are.
import { type Kysely, sql } from 'kysely';

/** How often a publication was called up whose case had not been opened (S1, S2): it is called up ever more seldom, and told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`alter table disclosure.report_due add column tries integer not null default 0 check (tries >= 0)`)
    .execute(db);
}
