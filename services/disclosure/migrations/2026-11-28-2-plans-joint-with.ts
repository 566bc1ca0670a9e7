// Old code still runs: this adds a column that fills itself.
import { type Kysely, sql } from 'kysely';

/** Bodies beside the one that filed it that drew a plan up together with it (联合制定, X2; 乌海 十). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table disclosure.contingency_plan add column joint_with text[] not null default '{}'`.execute(
    db,
  );
}
