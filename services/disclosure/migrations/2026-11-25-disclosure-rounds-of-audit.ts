// Old code still runs: this adds tables, and lets the sandbox's functions see one more.
import { type Kysely, sql } from 'kysely';

/** Risk assessments and audits (X5): the periods that fall due, the case of each, and what was found. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table disclosure.audit_due (
     jurisdiction text not null,
     operator text not null,
     audit text not null,
     from_on date not null,
     until_on date not null,
     opens_at timestamptz not null,
     state text not null default 'ahead' check (state in ('ahead', 'opened', 'held', 'cancelled')),
     scheduled boolean not null default false,
     called_at timestamptz,
     primary key (jurisdiction, operator, audit, from_on)
   )`,
  `create index audit_due_ahead on disclosure.audit_due (opens_at) where state = 'ahead'`,
  `create table disclosure.audit_case (
     case_no text primary key references disclosure.procedure,
     jurisdiction text not null,
     operator text not null,
     audit text not null,
     from_on date not null,
     until_on date not null,
     withdrawn boolean not null default false
   )`,
  // A period is covered once, unless what covered it was withdrawn.
  `create unique index audit_case_period on disclosure.audit_case (jurisdiction, operator, audit, from_on, until_on)
   where not withdrawn`,
  // Its words stand beside the act that recorded it.
  `create table disclosure.audit_finding (
     case_no text not null references disclosure.procedure,
     no integer not null,
     jurisdiction text not null,
     grade text not null,
     responsible text not null,
     state text not null check (state in ('found', 'dropped', 'open', 'reported', 'accepted')),
     returns integer not null,
     overdue boolean not null,
     document text,
     receipt text,
     found_at timestamptz not null,
     primary key (case_no, no)
   )`,
  `create index audit_finding_of on disclosure.audit_finding (jurisdiction, case_no, no)`,
  `alter function disclosure.sandbox_next(timestamptz, timestamptz) rename to sandbox_next_but_audits`,
  `create function disclosure.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select least(
       disclosure.sandbox_next_but_audits(after, up_to),
       (select min(opens_at) from disclosure.audit_due
        where state = 'ahead' and opens_at > after and opens_at <= up_to)
     )
   $$`,
  `alter function disclosure.sandbox_unsettled(timestamptz) rename to sandbox_unsettled_but_audits`,
  `create function disclosure.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select disclosure.sandbox_unsettled_but_audits(at) or exists (
       select from disclosure.audit_due where state = 'ahead' and opens_at <= at
     )
   $$`,
];
