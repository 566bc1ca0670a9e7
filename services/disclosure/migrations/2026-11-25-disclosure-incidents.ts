// Old code still runs: this adds tables, and functions that see them too.
import { type Kysely, sql } from 'kysely';

/** Contingency plans, drills (X2), sanctions on record (X1), and what became of orders that suspend (D1). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // What the services answered that obeyed an order; each answer is an event.
  `create table disclosure.supply_order_answer (
     event_id text primary key,
     seq bigint generated always as identity,
     jurisdiction text not null,
     order_id text not null,
     service text not null,
     move text not null check (move in ('ordered', 'lifted')),
     held integer not null,
     rested integer not null,
     missed jsonb not null,
     at timestamptz not null
   )`,
  `create index supply_order_answer_of on disclosure.supply_order_answer (order_id, seq)`,

  `create table disclosure.contingency_plan (
     plan text collate "C" primary key,
     jurisdiction text not null,
     body text not null,
     class text not null,
     scenario text not null default '',
     version integer not null,
     document text not null,
     state text not null check (state in ('submitted', 'inForce', 'returned', 'replaced')),
     submitted_at timestamptz not null,
     submitted_by text not null,
     decided_at timestamptz,
     decided_by text,
     reasons jsonb not null default '[]',
     replaced_at timestamptz,
     replaced_by text,
     unique (jurisdiction, body, class, scenario, version)
   )`,
  `create unique index contingency_plan_in_force on disclosure.contingency_plan (jurisdiction, body, class, scenario)
     where state = 'inForce'`,
  `create unique index contingency_plan_waiting on disclosure.contingency_plan (jurisdiction, body, class, scenario)
     where state = 'submitted'`,

  // A drill that a body owes for a period, which ends with its due day.
  `create table disclosure.drill (
     drill text collate "C" primary key,
     jurisdiction text not null,
     body text not null,
     due_on date not null,
     reminded_at timestamptz,
     overdue_at timestamptz,
     held_on date,
     document text,
     findings jsonb,
     recorded_at timestamptz,
     recorded_by text,
     unique (jurisdiction, body, due_on)
   )`,
  // When it is looked at: to remind, and once its day has passed.
  `create table disclosure.drill_due (
     drill text not null references disclosure.drill,
     look text not null check (look in ('reminder', 'due')),
     opens_at timestamptz not null,
     state text not null default 'ahead' check (state in ('ahead', 'opened', 'held', 'cancelled')),
     scheduled boolean not null default false,
     called_at timestamptz,
     primary key (drill, look)
   )`,
  `create index drill_due_ahead on disclosure.drill_due (opens_at) where state = 'ahead'`,

  // Measures that were taken, and the credit record they make.
  `create table disclosure.sanction_measure (
     case_no text not null references disclosure.procedure,
     measure text not null,
     jurisdiction text not null,
     body text not null,
     from_at timestamptz not null,
     until_on date,
     lifted_at timestamptz,
     primary key (case_no, measure)
   )`,
  `create index sanction_measure_of on disclosure.sanction_measure (jurisdiction, body)`,

  `alter function disclosure.sandbox_next(timestamptz, timestamptz) rename to sandbox_next_but_drills`,
  `create function disclosure.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select least(
       disclosure.sandbox_next_but_drills(after, up_to),
       (select min(opens_at) from disclosure.drill_due
        where state = 'ahead' and opens_at > after and opens_at <= up_to)
     )
   $$`,
  `alter function disclosure.sandbox_unsettled(timestamptz) rename to sandbox_unsettled_but_drills`,
  `create function disclosure.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select disclosure.sandbox_unsettled_but_drills(at) or exists (
       select from disclosure.drill_due where state = 'ahead' and opens_at <= at
     )
   $$`,
];
