// Old code still runs: this adds a column that fills itself.
import { type Kysely, sql } from 'kysely';

/** Revisions of a plan in the order they were handed in: two may be given at one instant of the law's clock (P1). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table registry.plan_content add column seq bigint generated always as identity`.execute(db);
}
