// Old code still runs: this adds tables and columns that may be empty, and widens two lists of causes.
import { type Kysely, sql } from 'kysely';

/** Which mandate a case belongs to (O12), and which norms stand (M2), as the registry's events tell. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table catalog.mandate (
     agreement_no text collate "C" primary key,
     jurisdiction text not null,
     operator text not null,
     mode text not null check (mode in ('whole', 'byField', 'byScenario')),
     fields text[] not null default '{}',
     scenarios text[] not null default '{}',
     from_on date not null,
     until_on date not null,
     state text not null check (state in ('inForce', 'suspended', 'ended')),
     check (from_on <= until_on)
   )`,
  `create index mandate_of on catalog.mandate (jurisdiction, agreement_no)`,
  // The mandate that covers the case, and the codes that decided it; empty in cases from before.
  `alter table catalog.application
     add column mandate text,
     add column field_code text,
     add column scenario_code text`,
  `create index application_mandate on catalog.application (mandate) where mandate is not null`,
  `create table catalog.norm (
     id text collate "C" primary key,
     jurisdiction text not null,
     kind text not null,
     organisation text not null,
     version integer not null check (version > 0),
     state text not null check (state in ('approved', 'deposited', 'issued', 'replaced'))
   )`,
  `create index norm_of on catalog.norm (jurisdiction, kind, organisation)`,
  `alter table catalog.use_grant_suspension drop constraint use_grant_suspension_cause_check`,
  `alter table catalog.use_grant_suspension add constraint use_grant_suspension_cause_check
     check (cause in ('overreach', 'merchantSuspended', 'direction', 'mandateSuspended', 'mandateEnded'))`,
  `alter table catalog.use_grant drop constraint use_grant_end_kind_check`,
  `alter table catalog.use_grant add constraint use_grant_end_kind_check check (
     end_kind in ('expired', 'endedEarly', 'withdrawn', 'replaced', 'merchantExited', 'mandateEnded')
   )`,
];
