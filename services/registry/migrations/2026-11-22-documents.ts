// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Documents of the registry's cases, like the catalog's (design 5). Runs after the catalog's migrations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table registry.document (like catalog.document including all)`,
  `create table registry.document_link (like catalog.document_link including all)`,
  `alter table registry.document_link
    add foreign key (jurisdiction, organisation, hash) references registry.document`,
];
