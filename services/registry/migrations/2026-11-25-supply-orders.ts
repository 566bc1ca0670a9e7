// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Orders that suspend listed products, agreements and merchants (D1, X1, X2, X4), and what each of them holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table registry.supply_order (
     order_id text primary key,
     jurisdiction text not null,
     ground text not null,
     scope jsonb not null,
     terminates boolean not null default false,
     article text,
     article_instrument text,
     ordered_at timestamptz,
     lifted_at timestamptz
   )`,
  `create index supply_order_standing on registry.supply_order (jurisdiction) where lifted_at is null`,
  `create table registry.supply_order_hold (
     order_id text not null references registry.supply_order,
     kind text not null check (kind in ('product', 'agreement', 'merchant')),
     thing text not null,
     from_at timestamptz not null,
     lifted_at timestamptz,
     primary key (order_id, kind, thing)
   )`,
  `create index supply_order_hold_of on registry.supply_order_hold (kind, thing) where lifted_at is null`,
];
