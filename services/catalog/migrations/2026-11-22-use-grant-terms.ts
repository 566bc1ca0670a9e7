// Old code still runs: this adds tables, and columns with defaults.
import { type Kysely, sql } from 'kysely';

/** Numbers of agreements and grants, and the warnings before a grant expires (A7, A8). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table catalog.grant_number (
    jurisdiction text not null,
    series text not null check (series in ('agreement', 'grant')),
    year integer not null,
    last integer not null,
    primary key (jurisdiction, series, year)
  )`,
  `alter table catalog.use_grant
    -- Calendar days before the last day on which the expiry is told, as the pack had them.
    add column warning_days integer[] not null default '{}',
    add column ended_by text,
    add column ended_reasons jsonb`,
  `create table catalog.use_grant_warning (
    grant_no text not null references catalog.use_grant,
    days_left integer not null,
    due_at timestamptz not null,
    primary key (grant_no, days_left)
  )`,
  // At most one text of a case waits for signatures.
  `create unique index agreement_offered on catalog.agreement (case_no) where state = 'offered'`,
  `create index application_follows on catalog.application (grant_no) where grant_no is not null`,
];
