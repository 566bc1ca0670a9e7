// Old code still runs: this adds a table only.
import { type Kysely, sql } from 'kysely';

/** The operator's yearly report on its business (年度经营情况报告, 65号): made off the books, each version kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table pricing.business_report (
     id text primary key,
     jurisdiction text not null,
     operator text not null,
     year integer not null,
     version integer not null,
     content jsonb not null,
     hash text not null,
     due_on date not null,
     late boolean not null,
     filed_by text not null,
     filed_at timestamptz not null,
     unique (jurisdiction, operator, year, version)
   )`,
];
