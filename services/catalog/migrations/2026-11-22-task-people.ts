// Old code still runs: this adds a table and indexes only.
import { type Kysely, sql } from 'kysely';

/** Whose people there are, so that turns are given to them (A5); what waits outside every clock is found quickly. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // As the registry's events say it: account and body, no names.
  `create table catalog.person (
    jurisdiction text not null,
    id text collate "C" not null,
    organisation text collate "C" not null,
    primary key (jurisdiction, id)
  )`,
  // Told before this table stood: their events do not come again.
  `do $$ begin
    if to_regclass('registry.person') is not null then
      insert into catalog.person (jurisdiction, id, organisation)
      select jurisdiction, id, organisation from registry.person;
    end if;
  end $$`,

  `create index overreach_report_open on catalog.overreach_report (jurisdiction) where outcome is null`,
  `create index application_approved on catalog.application (jurisdiction, operator_organisation, case_no)
   where outcome in ('approved', 'approvedWithDeemedReviews', 'deemedApproved')`,
];
