// Old code still runs: this adds a table.
import { type Kysely, sql } from 'kysely';

/** Scenarios by the catalog's events (A0): each class of them is to have a contingency plan (X2; 中卫 二十八). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table disclosure.known_scenario (
     scenario text primary key,
     jurisdiction text not null,
     code text not null,
     -- Collected or approved, and not withdrawn since.
     stands boolean not null
   )`,
  // Told before this table stood: their events may not come again.
  `insert into disclosure.known_scenario (scenario, jurisdiction, code, stands)
   select id, jurisdiction, code, true from catalog.scenario where state in ('collected', 'approved')`,
  `create index known_scenario_of on disclosure.known_scenario (jurisdiction) where stands`,
];
