// Old code still runs: this adds tables, and lets the sandbox's functions see one more.
import { type Kysely, sql } from 'kysely';

/**
 * Facts that disclosures, bulletins and reports are counted from, kept from events; what falls due; drafts, versions and
 * the cases behind each figure; the operator's reports (S1–S3, M3–M5).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table disclosure.official_fact (
     id text primary key,
     jurisdiction text not null,
     type text not null,
     subject text not null,
     sequence integer not null,
     at timestamptz not null,
     data jsonb not null
   )`,
  'create index official_fact_of_city on disclosure.official_fact (jurisdiction, type, at)',
  // One row for each thing that falls due on a day; `operator` is empty for what is the city's.
  `create table disclosure.report_due (
     jurisdiction text not null,
     kind text not null,
     operator text not null,
     from_on date not null,
     until_on date not null,
     step text not null check (step in ('open', 'publish', 'late')),
     opens_at timestamptz not null,
     state text not null default 'ahead' check (state in ('ahead', 'opened', 'held', 'cancelled')),
     scheduled boolean not null default false,
     called_at timestamptz,
     primary key (jurisdiction, kind, operator, from_on, step)
   )`,
  "create index report_due_ahead on disclosure.report_due (opens_at) where state = 'ahead'",
  `create table disclosure.yearly (
     case_no text primary key references disclosure.procedure,
     jurisdiction text not null,
     part text not null,
     operator text not null,
     year integer not null,
     unique (jurisdiction, part, operator, year)
   )`,
  `create table disclosure.bulletin_period (
     case_no text primary key references disclosure.procedure,
     jurisdiction text not null,
     from_on date not null,
     until_on date not null,
     unique (jurisdiction, from_on)
   )`,
  // What a body said of an item, and departments of a draft; it counts once its act was taken.
  `create table disclosure.statement (
     receipt text primary key,
     case_no text not null references disclosure.procedure,
     about text not null,
     words text not null,
     hash text not null,
     ground text,
     accepted_at timestamptz
   )`,
  'create index statement_of_case on disclosure.statement (case_no, about)',
  // What an act offers: as the facts stood in its transaction.
  `create table disclosure.draft (
     receipt text primary key,
     case_no text not null references disclosure.procedure,
     content text not null,
     hash text not null,
     cases jsonb not null
   )`,
  `create table disclosure.version (
     case_no text not null references disclosure.procedure,
     version integer not null,
     document text not null unique,
     content text not null,
     hash text not null,
     at timestamptz not null,
     primary key (case_no, version)
   )`,
  // `body` is empty where a figure is nobody's own.
  `create table disclosure.figure_case (
     case_no text not null,
     version integer not null,
     figure text not null,
     body text not null,
     about text not null,
     primary key (case_no, version, figure, body, about)
   )`,
  `create table disclosure.work_report (
     id text primary key,
     jurisdiction text not null,
     operator text not null,
     kind text not null,
     from_on date not null,
     until_on date not null,
     due_on date not null,
     state text not null check (state in ('asked', 'filed', 'received', 'returned')),
     version integer not null default 0,
     content jsonb,
     words text,
     documents jsonb not null default '[]',
     hash text,
     late boolean not null default false,
     overdue_at timestamptz,
     reasons jsonb not null default '[]',
     asked_at timestamptz not null,
     filed_by text,
     filed_at timestamptz,
     answered_by text,
     answered_at timestamptz,
     unique (jurisdiction, operator, kind, from_on)
   )`,
  `alter function disclosure.sandbox_next(timestamptz, timestamptz) rename to sandbox_next_but_reports`,
  `create function disclosure.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select least(
       disclosure.sandbox_next_but_reports(after, up_to),
       (select min(opens_at) from disclosure.report_due
        where state = 'ahead' and opens_at > after and opens_at <= up_to)
     )
   $$`,
  `alter function disclosure.sandbox_unsettled(timestamptz) rename to sandbox_unsettled_but_reports`,
  `create function disclosure.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select disclosure.sandbox_unsettled_but_reports(at) or exists (
       select from disclosure.report_due where state = 'ahead' and opens_at <= at
     )
   $$`,
];
