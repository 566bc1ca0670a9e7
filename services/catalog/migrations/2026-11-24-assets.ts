// Old code still runs: this adds a table.
import { type Kysely, sql } from 'kysely';

/** Marks that a resource is a public data asset (F7; Wuhai 8(7), national arts 9(6), 14(5)). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table catalog.asset_mark (
    id text collate "C" primary key,
    jurisdiction text not null,
    resource_id text not null references catalog.resource,
    basis text not null,
    basis_document text,
    document_hash text,
    marked_on date not null,
    -- In the books of assets; given when marked, or at the latest when confirmed, and never overwritten.
    asset_no text,
    book_value_fen bigint check (book_value_fen >= 0),
    valued_on date,
    marked_by text not null,
    marked_organisation text not null,
    marked_at timestamptz not null,
    confirmed_on date,
    confirmed_by text,
    confirmed_organisation text,
    confirmed_at timestamptz,
    withdrawn_on date,
    withdrawn_reason text,
    withdrawn_basis text,
    withdrawn_by text,
    withdrawn_at timestamptz,
    check ((book_value_fen is null) = (valued_on is null)),
    check (confirmed_at is null or asset_no is not null)
  )`,
  // One mark stands on a resource, and a number names one asset of a city.
  `create unique index asset_mark_stands on catalog.asset_mark (resource_id) where withdrawn_at is null`,
  `create unique index asset_mark_number on catalog.asset_mark (jurisdiction, asset_no)
   where withdrawn_at is null and asset_no is not null`,
  `create index asset_mark_of on catalog.asset_mark (jurisdiction, id)`,
  `revoke delete on catalog.asset_mark from gongshu_catalog`,
];
