// Old code still runs: it leaves the turn out, and has one order an end, as before.
import { type Kysely, sql } from 'kysely';

/**
 * Evidence that ran out orders anew when the operator whose orders were lifted, for no mandate of its ran, has one again
 * (X4): orders of one end are told apart by their turn.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table disclosure.evidence_order add column turn integer not null default 1 check (turn > 0)`,
  `alter table disclosure.evidence_order
     drop constraint evidence_order_jurisdiction_operator_kind_until_on_key`,
  `alter table disclosure.evidence_order add unique (jurisdiction, operator, kind, until_on, turn)`,
];
