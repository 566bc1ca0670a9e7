// Old code still runs: this adds tables, columns that may be empty, and lets the sandbox's functions see one table more.
import { type Kysely, sql } from 'kysely';

/** What is done with granted data and products (D2), and the ledger reported of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table registry.trace_entry (
     id text collate "C" primary key,
     jurisdiction text not null,
     subject_kind text not null check (subject_kind in ('grant', 'product')),
     subject text not null,
     owner text not null,
     operator text not null,
     act text not null check (act in ('access', 'processing', 'transfer', 'destruction')),
     via text not null check (via in ('api', 'file')),
     at timestamptz not null,
     counterparty text,
     form text check (form in ('processed', 'nearRaw', 'raw')),
     rows bigint check (rows >= 0),
     resources text[] not null default '{}',
     evidence text,
     beyond_grant boolean not null,
     reference text,
     recorded_by text not null,
     recorded_body text not null,
     recorded_at timestamptz not null
   )`,
  `create index trace_entry_of on registry.trace_entry (jurisdiction, subject_kind, subject, id)`,
  `create index trace_entry_at on registry.trace_entry (jurisdiction, operator, at)`,
  // The platform's own number of an entry: handed in twice, it stands once.
  `create unique index trace_entry_reference on registry.trace_entry (jurisdiction, recorded_body, reference)
     where reference is not null`,
  `create table registry.ledger_report (
     jurisdiction text not null,
     operator text not null,
     from_on date not null,
     until_on date not null,
     content jsonb not null,
     hash text not null,
     reported_at timestamptz not null,
     primary key (jurisdiction, operator, from_on)
   )`,
  `create table registry.ledger_due (
     jurisdiction text not null,
     operator text not null,
     from_on date not null,
     until_on date not null,
     opens_at timestamptz not null,
     state text not null default 'ahead' check (state in ('ahead', 'opened', 'held', 'cancelled')),
     scheduled boolean not null default false,
     called_at timestamptz,
     primary key (jurisdiction, operator, from_on)
   )`,
  `create index ledger_due_ahead on registry.ledger_due (opens_at) where state = 'ahead'`,
  `alter function registry.sandbox_next(timestamptz, timestamptz) rename to sandbox_next_of_evaluations`,
  `create function registry.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select least(
       registry.sandbox_next_of_evaluations(after, up_to),
       (select min(opens_at) from registry.ledger_due
        where state = 'ahead' and opens_at > after and opens_at <= up_to)
     )
   $$`,
  `alter function registry.sandbox_unsettled(timestamptz) rename to sandbox_unsettled_of_evaluations`,
  `create function registry.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select registry.sandbox_unsettled_of_evaluations(at) or exists (
       select from registry.ledger_due where state = 'ahead' and opens_at <= at
     )
   $$`,
];
