// Old code still runs: numbers move, no column does.
import { type Kysely, sql } from 'kysely';

/**
 * Revisions of a plan in the order they were handed in (P1): rows of before the column were numbered as they lay on the
 * disk. Numbered anew by when they were given; at one instant the number they had decides.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`lock table registry.plan_content in share row exclusive mode`.execute(db);
  await sql
    .raw(`
    do $$
    declare given record;
    begin
      for given in select case_no, content_hash from registry.plan_content order by given_at, seq loop
        update registry.plan_content set seq = default
          where case_no = given.case_no and content_hash = given.content_hash;
      end loop;
    end $$`)
    .execute(db);
}
