// Old code still runs: this adds tables and columns without defaults to fill.
import { type Kysely, sql } from 'kysely';

/** Offices, people and who stands in for them (A5); bodies that are renamed or go into another (G1). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table registry.office (
    jurisdiction text not null,
    id text collate "C" not null,
    organisation text collate "C" not null,
    name text not null,
    recorded_at timestamptz not null,
    primary key (jurisdiction, id),
    foreign key (jurisdiction, organisation) references registry.party
  )`,
  `create index office_of on registry.office (jurisdiction, organisation, id)`,

  // id is the account's, as the token's subject names it. Names and contacts stand here and nowhere else.
  `create table registry.person (
    jurisdiction text not null,
    id text collate "C" not null,
    organisation text collate "C" not null,
    office text collate "C",
    name text not null,
    mail text,
    phone text,
    recorded_at timestamptz not null,
    version integer not null default 1,
    primary key (jurisdiction, id),
    foreign key (jurisdiction, organisation) references registry.party,
    foreign key (jurisdiction, office) references registry.office
  )`,
  `create index person_of on registry.person (jurisdiction, organisation, id)`,

  // Both days included. A cancelled absence stays on record.
  `create table registry.absence (
    id text primary key,
    jurisdiction text not null,
    organisation text not null,
    person text collate "C" not null,
    substitute text collate "C" not null,
    from_on date not null,
    until_on date not null,
    reason_code text not null,
    recorded_by text not null,
    recorded_at timestamptz not null,
    cancelled_by text,
    cancelled_at timestamptz,
    foreign key (jurisdiction, person) references registry.person,
    foreign key (jurisdiction, substitute) references registry.person,
    check (from_on <= until_on),
    check (person <> substitute)
  )`,
  `create index absence_of on registry.absence (jurisdiction, person, from_on) where cancelled_at is null`,
  `create index absence_by on registry.absence (jurisdiction, substitute, from_on) where cancelled_at is null`,

  // A body's earlier names, each with the last day it held.
  `create table registry.party_name (
    jurisdiction text not null,
    party text collate "C" not null,
    position integer not null,
    name text not null,
    until_on date not null,
    document text,
    recorded_by text not null,
    recorded_at timestamptz not null,
    primary key (jurisdiction, party, position),
    foreign key (jurisdiction, party) references registry.party
  )`,

  // The body its work went to, and since when.
  `alter table registry.party
    add column successor text collate "C",
    add column succeeded_on date,
    add column succession_document text,
    add foreign key (jurisdiction, successor) references registry.party,
    add check ((successor is null) = (succeeded_on is null)),
    add check (successor <> id)`,

  `alter table registry.turn add column if not exists assignee text`,
];
