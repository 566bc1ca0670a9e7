// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/**
 * Who is signed in at the work desk. The id is kept as its hash, the tokens are sealed with a key that only the
 * browser's cookie holds: whoever reads these rows can act for nobody. Instants are of real time, not of the law's.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table disclosure.desk_session (
    id_hash text primary key check (id_hash ~ '^[0-9a-f]{64}$'),
    sealed bytea not null,
    signed_in_at timestamptz not null,
    seen_at timestamptz not null,
    ends_at timestamptz not null
  )`,
  `create index desk_session_ends on disclosure.desk_session (ends_at)`,
  // A sign-in under way: what the answer of the issuer is held against, once.
  `create table disclosure.desk_sign_in (
    id_hash text primary key check (id_hash ~ '^[0-9a-f]{64}$'),
    sealed bytea not null,
    begun_at timestamptz not null
  )`,
  `create index desk_sign_in_begun on disclosure.desk_sign_in (begun_at)`,
];
