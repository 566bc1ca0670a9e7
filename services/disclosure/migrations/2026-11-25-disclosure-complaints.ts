// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Who complained, apart from the complaint (S4), what was sent along, and whose the cases are that one may complain about. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Read by one act alone, each reading an audit entry; nothing of it stands anywhere else.
  `create table disclosure.complainant (
     case_no text primary key references disclosure.procedure,
     jurisdiction text not null,
     name text,
     contact text,
     account text,
     organisation text,
     linked_case text,
     salt text not null,
     code_hash text not null,
     request_hash text not null
   )`,
  `create table disclosure.complaint_attachment (
     case_no text not null references disclosure.procedure,
     hash text not null,
     media_type text not null,
     bytes integer not null,
     content bytea not null,
     received_at timestamptz not null,
     primary key (case_no, hash)
   )`,
  // By the events of catalog and registry.
  `create table disclosure.known_case (
     case_no text primary key,
     jurisdiction text not null,
     applicant text not null
   )`,
];
