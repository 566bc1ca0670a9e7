// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Fingerprints of granted resources and of versions of products (E1): hashes, no raw data. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table registry.source_fingerprint (
     id text collate "C" primary key,
     jurisdiction text not null,
     resource text collate "C" not null,
     owner text,
     document text not null,
     bytes bigint not null check (bytes > 0),
     form text not null,
     key_id text not null,
     data text not null,
     rows bigint not null check (rows >= 0),
     columns integer not null check (columns > 0),
     recorded_by text not null,
     recorded_body text not null,
     recorded_at timestamptz not null,
     unique (jurisdiction, resource, document)
   )`,
  `create index source_fingerprint_of on registry.source_fingerprint (jurisdiction, resource, recorded_at desc, id desc)`,
  // Made with the evidence of an artefact; it counts from the release of its version on.
  `create table registry.release_fingerprint (
     case_no text collate "C" not null,
     attempt integer not null,
     document text not null,
     bytes bigint not null check (bytes > 0),
     key_id text not null,
     rows bigint not null check (rows >= 0),
     resources text[] not null,
     kept_at timestamptz not null,
     primary key (case_no, attempt)
   )`,
];
