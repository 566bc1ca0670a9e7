// Old code still runs: this adds a column that may be empty, and lets two columns name numbers outside their tables.
import { type Kysely, sql } from 'kysely';

/** Grants made on paper before the platform (bring-in): no application and no rendered agreement stand behind them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table catalog.use_grant
     drop constraint use_grant_case_no_fkey,
     drop constraint use_grant_agreement_no_fkey,
     -- The paper, by the hashes of its documents; only a grant with it stands without an application.
     add column brought_in text[] check (brought_in is null or (case_no = grant_no and agreement_no = grant_no))`,
];
