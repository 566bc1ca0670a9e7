// Old code still runs: this adds tables, and functions that see them beside what they saw before.
import { type Kysely, sql } from 'kysely';

/** Yearly evaluations: what falls due when, whose opinion was asked, and the facts that figures are counted from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Agreements as far as their evaluation goes: who operates from when to when.
  `create table registry.evaluated_agreement (
     agreement text primary key references registry.procedure,
     jurisdiction text not null,
     operator text not null,
     from_on date not null,
     until_on date not null,
     ended_at timestamptz
   )`,
  // One row a year: ahead, opened, held (the evaluation before is still under way), cancelled.
  `create table registry.evaluation_due (
     agreement text not null references registry.evaluated_agreement,
     year integer not null,
     jurisdiction text not null,
     from_on date not null,
     until_on date not null,
     opens_at timestamptz not null,
     state text not null default 'ahead' check (state in ('ahead', 'opened', 'held', 'cancelled')),
     scheduled boolean not null default false,
     called_at timestamptz,
     primary key (agreement, year)
   )`,
  `create index evaluation_due_ahead on registry.evaluation_due (opens_at) where state = 'ahead'`,
  `create table registry.evaluation (
     case_no text primary key references registry.procedure,
     agreement text not null references registry.evaluated_agreement,
     year integer not null,
     jurisdiction text not null,
     operator text not null,
     from_on date not null,
     until_on date not null,
     unique (agreement, year)
   )`,
  `create table registry.evaluation_questionnaire (
     case_no text not null references registry.evaluation,
     organisation text not null,
     grp text not null,
     sent_at timestamptz not null,
     primary key (case_no, organisation)
   )`,
  `create index evaluation_questionnaire_of on registry.evaluation_questionnaire (organisation)`,
  // What a body says, once for each time it says it; the last that was taken stands. Words are in no other table.
  `create table registry.evaluation_answer (
     receipt text primary key,
     case_no text not null references registry.evaluation,
     organisation text not null,
     grp text not null,
     scores jsonb not null,
     words text,
     answer_hash text not null,
     given_at timestamptz not null,
     stands boolean not null default false
   )`,
  `create unique index evaluation_answer_stands on registry.evaluation_answer (case_no, organisation) where stands`,
  // Counted facts from the events of cases: one a case and tag. good: null while it is not decided.
  `create table registry.evaluation_fact (
     source text not null,
     jurisdiction text not null,
     operator text not null,
     case_no text not null,
     tag text not null,
     at timestamptz not null,
     good boolean,
     amount integer not null default 1,
     primary key (source, case_no, tag)
   )`,
  `create index evaluation_fact_of on registry.evaluation_fact (jurisdiction, operator, source, at)`,
  // Whatever the functions saw before, they see still.
  `alter function registry.sandbox_next(timestamptz, timestamptz) rename to sandbox_next_of_cases`,
  `create function registry.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select least(
       registry.sandbox_next_of_cases(after, up_to),
       (select min(opens_at) from registry.evaluation_due
        where state = 'ahead' and opens_at > after and opens_at <= up_to)
     )
   $$`,
  `alter function registry.sandbox_unsettled(timestamptz) rename to sandbox_unsettled_of_cases`,
  `create function registry.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select registry.sandbox_unsettled_of_cases(at) or exists (
       select from registry.evaluation_due where state = 'ahead' and opens_at <= at
     )
   $$`,
];
