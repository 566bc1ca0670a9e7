// Old code still runs: this adds tables, and lets the sandbox's functions see one more.
import { type Kysely, sql } from 'kysely';

/** Permitted revenues (最高准许收入, F2): every figure a case was given, and those that came into force. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // What a figure was made of: the question, the ledger as it stood, each part. By hash, so that a revision keeps the one before.
  `create table pricing.revenue_figures (
     case_no text not null references pricing.procedure,
     hash text not null,
     question jsonb not null,
     parts jsonb not null,
     costs jsonb not null,
     given_at timestamptz not null,
     primary key (case_no, hash)
   )`,
  `create table pricing.permitted_revenue (
     case_no text primary key references pricing.procedure,
     jurisdiction text not null,
     operator text not null,
     year integer not null,
     fen bigint not null check (fen >= 0),
     -- Of what the year before took too much: taken off this figure, and left for the next.
     consumed_fen bigint not null check (consumed_fen >= 0),
     trial boolean not null,
     figures text not null,
     in_force_at timestamptz not null,
     replaced_at timestamptz,
     replaced_by text references pricing.procedure
   )`,
  `create unique index permitted_revenue_in_force on pricing.permitted_revenue (jurisdiction, operator, year)
   where replaced_at is null`,
  // One case at a time for an operator and a year.
  `create table pricing.revenue_case (
     case_no text primary key references pricing.procedure,
     jurisdiction text not null,
     operator text not null,
     year integer not null,
     ended boolean not null default false
   )`,
  `create unique index revenue_case_open on pricing.revenue_case (jurisdiction, operator, year) where not ended`,
  // By when the figure of a year is to stand; a Schedule looks then.
  `create table pricing.revenue_due (
     jurisdiction text not null,
     operator text not null,
     year integer not null,
     opens_at timestamptz not null,
     state text not null default 'ahead' check (state in ('ahead', 'opened', 'held', 'cancelled')),
     scheduled boolean not null default false,
     called_at timestamptz,
     primary key (jurisdiction, operator, year)
   )`,
  `create index revenue_due_ahead on pricing.revenue_due (opens_at) where state = 'ahead'`,
  `alter function pricing.sandbox_next(timestamptz, timestamptz) rename to sandbox_next_but_revenues`,
  `create function pricing.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select least(
       pricing.sandbox_next_but_revenues(after, up_to),
       (select min(opens_at) from pricing.revenue_due
        where state = 'ahead' and opens_at > after and opens_at <= up_to)
     )
   $$`,
  `alter function pricing.sandbox_unsettled(timestamptz) rename to sandbox_unsettled_but_revenues`,
  `create function pricing.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select pricing.sandbox_unsettled_but_revenues(at) or exists (
       select from pricing.revenue_due where state = 'ahead' and opens_at <= at
     )
   $$`,
];
