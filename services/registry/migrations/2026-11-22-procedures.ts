// Old code still runs: this adds tables, and functions that see them too.
import { type Kysely, sql } from 'kysely';

/** Procedures: plan, selection, operating agreement, evaluation. What each writes beside them stands in its own file. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table registry.procedure_number (
     jurisdiction text not null,
     year integer not null,
     series text not null,
     last integer not null,
     primary key (jurisdiction, year, series)
   )`,
  `create table registry.procedure (
     case_no text primary key,
     kind text not null,
     jurisdiction text not null,
     authority text not null,
     pack_version text not null,
     start jsonb not null,
     stage text not null,
     outcome text,
     state jsonb not null,
     waits_for jsonb not null default '[]',
     readings jsonb not null default '{}',
     calendar_version text not null,
     entries integer not null default 0,
     reminded text[] not null default '{}',
     wake_at timestamptz,
     wake_key text,
     held boolean not null default false,
     opened_by text not null,
     opened_at timestamptz not null,
     ended_at timestamptz,
     version integer not null default 1
   )`,
  `create index procedure_list on registry.procedure (jurisdiction, kind, opened_at desc, case_no)`,
  `create index procedure_wake on registry.procedure (wake_at) where outcome is null`,
  `create table registry.procedure_entry (
     case_no text not null references registry.procedure,
     position integer not null,
     kind text not null,
     at timestamptz not null,
     receipt text,
     actor_id text not null,
     actor_role text not null,
     actor_organisation text,
     data jsonb not null,
     primary key (case_no, position)
   )`,
  // Each version of a plan is a case; each revision of its contents before the decision, a row.
  `create table registry.plan_content (
     case_no text not null references registry.procedure,
     content_hash text not null,
     contents jsonb not null,
     given_at timestamptz not null,
     primary key (case_no, content_hash)
   )`,
  // The versions that came into force: one stands at a time, those before stay.
  `create table registry.plan (
     case_no text primary key references registry.procedure,
     jurisdiction text not null,
     version integer not null,
     content_hash text not null,
     in_force_at timestamptz not null,
     replaced_at timestamptz,
     replaced_by text references registry.procedure
   )`,
  `create unique index plan_in_force on registry.plan (jurisdiction) where replaced_at is null`,
  // Bodies that take part beside the bureau (invited, signing, evaluated): they may read the case.
  `create table registry.procedure_body (
     case_no text not null references registry.procedure,
     organisation text not null,
     role text not null,
     primary key (case_no, organisation, role)
   )`,
  `create index procedure_body_of on registry.procedure_body (organisation)`,
  `create or replace function registry.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select min(wake_at) from (
       select wake_at from registry.turn where outcome = 'open'
       union all
       select wake_at from registry.procedure where outcome is null
     ) as waiting
     where wake_at > after and wake_at <= up_to
   $$`,
  `create or replace function registry.sandbox_due(at timestamptz) returns setof text language sql stable as $$
     select turn_id from registry.turn where outcome = 'open' and wake_at <= at
     union all
     select case_no from registry.procedure where outcome is null and wake_at <= at
   $$`,
  // Held turns and procedures wait for acts, not for time; every open case stands at a turn.
  `create or replace function registry.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select exists (
       select from registry.turn where outcome = 'open' and wake_at <= at and not held
     ) or exists (
       select from registry.procedure where outcome is null and wake_at <= at and not held
     ) or exists (
       select from registry.procedure
       where outcome is null and entries = 0
         and exists (
           select from registry.intake
           where intake.case_no = procedure.case_no and act = 'openProcedure' and state = 'delivered'
         )
     ) or exists (
       select from registry.intake where state = 'taken' and attempts = 0 and fault is null
     ) or exists (
       select from registry.application
       where application.outcome is null
         and not exists (
           select from registry.turn where turn.case_no = application.case_no and turn.outcome = 'open'
         )
         and exists (
           select from registry.intake
           where intake.case_no = application.case_no and act like 'submit%' and state = 'delivered'
         )
     )
   $$`,
];
