// Old code still runs: this adds columns only.
import { type Kysely, sql } from 'kysely';

/** By which act a document was filed and a body came to take part: both are taken back where the act is refused. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Tables made like the catalog’s may have them already. None for what no act can take back: filed with an opening, by an event, or by two acts.
  `alter table pricing.document_link add column if not exists receipt text`,
  `create index if not exists document_link_receipt_idx on pricing.document_link (receipt) where receipt is not null`,
  `alter table pricing.procedure_body add column if not exists receipt text`,
  `create index if not exists procedure_body_receipt_idx on pricing.procedure_body (receipt) where receipt is not null`,
];
