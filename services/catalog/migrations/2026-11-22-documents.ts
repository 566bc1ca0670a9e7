// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Documents by their hash and what they belong to (design 5), and drafts of applications. The files lie outside. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // One row an upload: the same bytes of two bodies are one file and two rows.
  `create table catalog.document (
    jurisdiction text not null,
    organisation text not null,
    hash text collate "C" not null check (hash ~ '^sha256:[0-9a-f]{64}$'),
    bytes bigint not null check (bytes > 0),
    media_type text not null,
    title text not null,
    file_name text not null,
    uploaded_by text not null,
    uploaded_at timestamptz not null,
    primary key (jurisdiction, organisation, hash)
  )`,
  `create index document_hash on catalog.document (jurisdiction, hash)`,

  // What a document was filed with: the number of a case, or of another object that has handlers.
  `create table catalog.document_link (
    jurisdiction text not null,
    case_no text collate "C" not null,
    hash text collate "C" not null,
    role text not null,
    organisation text not null,
    title text,
    linked_at timestamptz not null,
    primary key (jurisdiction, case_no, hash, role, organisation),
    foreign key (jurisdiction, organisation, hash) references catalog.document
  )`,
  `create index document_link_hash on catalog.document_link (jurisdiction, hash)`,

  `create table catalog.application_draft (
    id text collate "C" primary key,
    seq bigint generated always as identity unique,
    jurisdiction text not null,
    organisation text not null,
    body jsonb not null,
    state text not null default 'open' check (state in ('open', 'submitted', 'discarded')),
    case_no text references catalog.application,
    receipt text,
    version integer not null default 1,
    created_by text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((state = 'submitted') = (case_no is not null)),
    check ((state = 'submitted') = (receipt is not null))
  )`,
  `create index application_draft_listed on catalog.application_draft (jurisdiction, organisation, seq)`,
];
