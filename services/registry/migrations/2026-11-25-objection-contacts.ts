// Old code still runs: this adds a table only.
import { type Kysely, sql } from 'kysely';

/** How to reach who objected without being a body of the city: read by the bureau that answers, told nowhere else. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table registry.objection_contact (
     receipt text primary key references registry.intake (receipt) deferrable initially deferred,
     case_no text not null,
     jurisdiction text not null,
     name text not null,
     phone text,
     email text,
     received_at timestamptz not null,
     check (phone is not null or email is not null)
   )`,
  `create index objection_contact_of on registry.objection_contact (case_no, received_at)`,
  `revoke update, delete on registry.objection_contact from gongshu_registry`,
];
