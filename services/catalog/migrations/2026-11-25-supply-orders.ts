// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Orders that suspend supply (D1, X1, X2, X4), and what each of them holds: lifted when the last that holds it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table catalog.supply_order (
     order_id text primary key,
     jurisdiction text not null,
     ground text not null,
     scope jsonb not null,
     terminates boolean not null default false,
     -- What it rests on, as its event says.
     article text,
     article_instrument text,
     ordered_at timestamptz,
     lifted_at timestamptz
   )`,
  `create index supply_order_standing on catalog.supply_order (jurisdiction) where lifted_at is null`,
  `create table catalog.supply_order_hold (
     order_id text not null references catalog.supply_order,
     supply_no text not null references catalog.supply,
     from_at timestamptz not null,
     lifted_at timestamptz,
     primary key (order_id, supply_no)
   )`,
  `create index supply_order_hold_of on catalog.supply_order_hold (supply_no) where lifted_at is null`,
];
