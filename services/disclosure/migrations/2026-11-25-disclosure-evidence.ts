// Old code still runs: this adds tables, and lets the sandbox's functions see one more.
import { type Kysely, sql } from 'kysely';

/** Evidence with expiry (X4): what was submitted, what was told of it, what it had suspended. How it stands is computed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table disclosure.evidence (
     id text primary key,
     jurisdiction text not null,
     operator text not null,
     kind text not null,
     version integer not null,
     document text not null,
     issued_on date not null,
     -- Both days inclusive; null: it does not expire.
     valid_from date not null,
     -- What the document says itself; the pack may hold it to less.
     stated_until date,
     valid_until date,
     -- The last day for the bureau to answer; null while it reaches a year not published.
     due_on date,
     overdue_at timestamptz,
     state text not null check (state in ('submitted', 'accepted', 'returned')),
     submitted_by text not null,
     submitted_at timestamptz not null,
     decided_by text,
     decided_at timestamptz,
     reasons jsonb not null default '[]',
     unique (jurisdiction, operator, kind, version),
     check (valid_until is null or valid_until >= valid_from)
   )`,
  // One at a time waits for the bureau.
  `create unique index evidence_waiting on disclosure.evidence (jurisdiction, operator, kind) where state = 'submitted'`,
  // What was told of an end: each warning by its days, -1 that it has expired.
  `create table disclosure.evidence_told (
     jurisdiction text not null,
     operator text not null,
     kind text not null,
     until_on date not null,
     warning integer not null,
     told_at timestamptz not null,
     primary key (jurisdiction, operator, kind, until_on, warning)
   )`,
  // Supply suspended by an expiry, once each, until it is restored.
  `create table disclosure.evidence_order (
     id text primary key,
     jurisdiction text not null,
     operator text not null,
     kind text not null,
     until_on date not null,
     evidence text not null references disclosure.evidence,
     ordered_at timestamptz not null,
     restored_at timestamptz,
     restored_by text,
     unique (jurisdiction, operator, kind, until_on)
   )`,
  // The days on which a Schedule looks.
  `create table disclosure.evidence_due (
     jurisdiction text not null,
     operator text not null,
     kind text not null,
     on_day date not null,
     opens_at timestamptz not null,
     state text not null default 'ahead' check (state in ('ahead', 'opened', 'held', 'cancelled')),
     scheduled boolean not null default false,
     called_at timestamptz,
     primary key (jurisdiction, operator, kind, on_day)
   )`,
  `create index evidence_due_ahead on disclosure.evidence_due (opens_at) where state = 'ahead'`,
  // Mandates, by the registry's events: the evidence of an operator whose last one has ended suspends nothing.
  `create table disclosure.operator_mandate (
     agreement text primary key,
     jurisdiction text not null,
     operator text not null,
     from_on date not null,
     ended_at timestamptz
   )`,
  // Told before this table stood: their events do not come again.
  `insert into disclosure.operator_mandate (agreement, jurisdiction, operator, from_on, ended_at)
   select agreement_no, jurisdiction, operator, from_on, case when state = 'ended' then until_on::timestamptz end
   from registry.mandate`,
  `create index operator_mandate_of on disclosure.operator_mandate (jurisdiction, operator)`,
  `alter function disclosure.sandbox_next(timestamptz, timestamptz) rename to sandbox_next_but_evidence`,
  `create function disclosure.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select least(
       disclosure.sandbox_next_but_evidence(after, up_to),
       (select min(opens_at) from disclosure.evidence_due
        where state = 'ahead' and opens_at > after and opens_at <= up_to)
     )
   $$`,
  `alter function disclosure.sandbox_unsettled(timestamptz) rename to sandbox_unsettled_but_evidence`,
  `create function disclosure.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select disclosure.sandbox_unsettled_but_evidence(at) or exists (
       select from disclosure.evidence_due where state = 'ahead' and opens_at <= at
     )
   $$`,
];
