// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/**
 * Services to merchants (F6, M4; 中卫 十四, 二十二): a published list, orders of merchants, charges at the list's price.
 * Amounts are whole fen, rates and quantities exact decimals as text, days those of Asia/Shanghai.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // A version of an item of the list. No column names a merchant or a discount: the price is the same for all.
  `create table pricing.service_fee (
     id text primary key,
     jurisdiction text not null,
     operator text not null,
     item text not null,
     version integer not null,
     title text not null,
     kind text not null,
     unit text not null,
     cost_fen bigint not null check (cost_fen >= 0),
     cost_basis jsonb not null,
     margin text not null,
     fen bigint not null check (fen >= cost_fen),
     from_on date not null,
     withdrawn boolean not null default false,
     published_by text not null,
     published_at timestamptz not null,
     unique (jurisdiction, operator, item, version),
     unique (jurisdiction, operator, item, from_on)
   )`,
  `create table pricing.service_order (
     id text primary key,
     jurisdiction text not null,
     operator text not null,
     merchant text not null,
     fee text not null references pricing.service_fee,
     item text not null,
     unit_fen bigint not null,
     qty text not null,
     note text not null default '',
     state text not null check (state in ('placed', 'cancelled')),
     placed_on date not null,
     placed_by text not null,
     placed_at timestamptz not null,
     cancelled_at timestamptz
   )`,
  `create index service_order_merchant on pricing.service_order (jurisdiction, merchant, id)`,
  `create table pricing.service_charge (
     id text primary key,
     jurisdiction text not null,
     operator text not null,
     -- The operator's own number, counted once.
     charge text not null,
     merchant text not null,
     service_order text not null references pricing.service_order,
     fee text not null references pricing.service_fee,
     item text not null,
     qty text not null,
     unit_fen bigint not null,
     fen bigint not null check (fen >= 0),
     -- Of which kind of income the pack counts it.
     income text not null,
     charged_on date not null,
     recorded_by text not null,
     recorded_at timestamptz not null,
     unique (jurisdiction, operator, charge)
   )`,
  `create index service_charge_year on pricing.service_charge (jurisdiction, operator, charged_on)`,
  `create index service_charge_order on pricing.service_charge (service_order)`,
];
