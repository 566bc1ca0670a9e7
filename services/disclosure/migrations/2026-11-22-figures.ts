// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Public figures, counted from events: how often what happened, by city and month of Asia/Shanghai. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table disclosure.figure (
    jurisdiction text not null,
    month text not null check (month ~ '^\\d{4}-\\d{2}$'),
    measure text not null,
    count bigint not null check (count >= 0),
    primary key (jurisdiction, month, measure)
  )`,
  // Events of one resource come by two topics, in any order: sequence says which is the newer.
  `create table disclosure.resource_state (
    resource text primary key,
    jurisdiction text not null,
    open boolean not null,
    sequence bigint not null
  )`,
  `create index resource_state_open on disclosure.resource_state (jurisdiction) where open`,
];
