// Old code still runs: this adds a table only.
import { type Kysely, sql } from 'kysely';

/** Bodies that take part (G1). An id is unique within its city; a credit code stands once a city. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table registry.party (
    jurisdiction text not null,
    id text collate "C" not null,
    kind text not null,
    name text not null,
    uscc text,
    level text check (level in ('city', 'county')),
    county text,
    parent_id text collate "C",
    registered_at timestamptz not null,
    version integer not null default 1,
    primary key (jurisdiction, id),
    unique (jurisdiction, uscc),
    foreign key (jurisdiction, parent_id) references registry.party deferrable initially deferred,
    check ((level = 'county') = (county is not null))
  )`,
  `create index party_kind on registry.party (jurisdiction, kind, id)`,
];
