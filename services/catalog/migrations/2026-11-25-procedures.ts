// Old code still runs: this adds tables, and functions that see them too.
import { type Kysely, sql } from 'kysely';

/** Procedures of the catalog (质量反馈, 需求响应): the tables that other services have for theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table catalog.procedure_number (
     jurisdiction text not null,
     year integer not null,
     series text not null,
     last integer not null,
     primary key (jurisdiction, year, series)
   )`,
  `create table catalog.procedure (
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
  `create index procedure_list on catalog.procedure (jurisdiction, kind, opened_at desc, case_no)`,
  `create index procedure_wake on catalog.procedure (wake_at) where outcome is null`,
  `create table catalog.procedure_entry (
     case_no text not null references catalog.procedure,
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
  `create table catalog.procedure_body (
     case_no text not null references catalog.procedure,
     organisation text not null,
     role text not null,
     primary key (case_no, organisation, role)
   )`,
  `create index procedure_body_of on catalog.procedure_body (organisation)`,

  `alter function catalog.sandbox_next(timestamptz, timestamptz) rename to sandbox_next_but_procedures`,
  `create function catalog.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select least(
       catalog.sandbox_next_but_procedures(after, up_to),
       (select min(wake_at) from catalog.procedure
        where outcome is null and wake_at > after and wake_at <= up_to)
     )
   $$`,
  `alter function catalog.sandbox_due(timestamptz) rename to sandbox_due_but_procedures`,
  `create function catalog.sandbox_due(at timestamptz) returns setof text language sql stable as $$
     select * from catalog.sandbox_due_but_procedures(at)
     union all
     select case_no from catalog.procedure where outcome is null and wake_at <= at
   $$`,
  // Held procedures wait for acts, not for time.
  `alter function catalog.sandbox_unsettled(timestamptz) rename to sandbox_unsettled_but_procedures`,
  `create function catalog.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select catalog.sandbox_unsettled_but_procedures(at) or exists (
       select from catalog.procedure where outcome is null and wake_at <= at and not held
     ) or exists (
       select from catalog.procedure
       where outcome is null and entries = 0
         and exists (
           select from catalog.intake
           where intake.case_no = procedure.case_no and act = 'openProcedure' and state = 'delivered'
         )
     )
   $$`,
];
