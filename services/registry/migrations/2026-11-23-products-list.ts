// Old code still runs: it knows neither columns nor table.
import { type Kysely, sql } from 'kysely';

/** The list of products (E3, E4): codes as they are drawn, who holds what was delivered, and how they were told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Drawn with the act of agreement, once a product: the next version is registered under the same one.
  `create table registry.product_code (
     product_no text primary key references registry.product,
     code text not null unique,
     drawn_at timestamptz not null
   )`,
  `alter table registry.product
     add column national_code_document text,
     add column national_code_at timestamptz,
     add column national_code_by text`,
  `alter table registry.product_delivery
     add column contact text not null,
     add column document text,
     add column delivered_by text not null,
     add column told_by text check (told_by in ('notice', 'operator'))`,
  `create index product_list on registry.product_version (product_no collate "C", version) where listed_at is not null`,
];
