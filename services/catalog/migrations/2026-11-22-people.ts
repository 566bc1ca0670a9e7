// Old code still runs: this adds a table, columns without defaults to fill, and indexes.
import { type Kysely, sql } from 'kysely';

/** Who a turn is given to and who stands in for whom (A5), and bodies that went into another (G1). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table catalog.turn add column assignee text`,
  // Whose case it is: the work list leaves a person's and a body's own out.
  `create index application_submitter on catalog.application (jurisdiction, submitted_by)`,
  `create index application_applicant on catalog.application (jurisdiction, applicant_organisation)`,

  // As the registry's events say it: ids and days, no names. Both days included.
  `create table catalog.absence (
    id text primary key,
    jurisdiction text not null,
    organisation text not null,
    person text not null,
    substitute text not null,
    from_on date not null,
    until_on date not null,
    cancelled_at timestamptz
  )`,
  `create index absence_by on catalog.absence (jurisdiction, substitute, from_on) where cancelled_at is null`,

  // The body its work went to.
  `alter table catalog.body add column successor text`,
];
