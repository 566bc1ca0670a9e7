// Old code still runs: this adds a table.
import { type Kysely, sql } from 'kysely';

/** Evidence that was never filed (X4): asked for once a mandate, until it is filed or no mandate runs any more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table disclosure.evidence_missing (
     jurisdiction text not null,
     operator text not null,
     kind text not null,
     agreement text not null,
     asked_at timestamptz not null,
     -- The last day to file it; null where the pack names none, or while it reaches a year not published.
     due_on date,
     overdue_at timestamptz,
     closed_at timestamptz,
     primary key (jurisdiction, operator, kind, agreement)
   )`,
  // One at a time is asked for.
  `create unique index evidence_missing_open on disclosure.evidence_missing (jurisdiction, operator, kind)
   where closed_at is null`,
];
