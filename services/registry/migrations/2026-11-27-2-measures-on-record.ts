// Old code still runs: this adds a table only.
import { type Kysely, sql } from 'kysely';

/** Measures on record against bodies (信用记录, X1), as disclosure's events tell them; by the number of their case. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // An end may be told before its decision: then body and day are not known yet.
  `create table registry.measure_on_record (
     case_no text not null,
     measure text not null,
     jurisdiction text not null,
     body text,
     from_at timestamptz,
     until_on date,
     article text,
     article_instrument text,
     ended_at timestamptz,
     primary key (case_no, measure)
   )`,
  `create index measure_on_record_of on registry.measure_on_record (jurisdiction, body) where ended_at is null`,
];
