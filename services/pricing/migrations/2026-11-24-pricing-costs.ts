// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/**
 * The operator's cost ledger (F4; 朔州 十（二）, 乌海 九（一）). Amounts are whole fen. Nothing in it is edited: a wrong item
 * is reversed by another that points to it, what an audit says stands beside the original.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // One row an operator's year: held by whoever writes to its ledger or closes it, so that neither misses the other.
  `create table pricing.cost_period (
     jurisdiction text not null,
     operator text not null,
     year integer not null,
     -- The report that closed it; null while it is open.
     report text,
     primary key (jurisdiction, operator, year)
   )`,

  `create table pricing.cost_item (
     id text primary key,
     jurisdiction text not null,
     operator text not null,
     year integer not null,
     incurred_on date,
     kind text not null,
     -- Null where several products share it.
     product text,
     fen bigint not null check (fen >= 0),
     related boolean not null check (related),
     ground text not null,
     document text,
     -- The operator's own voucher number, counted once for good.
     voucher text,
     content_hash text not null,
     import text,
     -- The original that this row reverses.
     reverses text unique references pricing.cost_item,
     reversed_by text references pricing.cost_item,
     recorded_by text not null,
     recorded_at timestamptz not null,
     check (reverses is null or reversed_by is null)
   )`,
  `create unique index cost_item_voucher on pricing.cost_item (jurisdiction, operator, voucher)`,
  `create index cost_item_year on pricing.cost_item (jurisdiction, operator, year, id)`,

  `create table pricing.cost_adjustment (
     id text primary key,
     item text not null references pricing.cost_item,
     version integer not null,
     -- What counts from now on, and what counted before.
     fen bigint not null check (fen >= 0),
     before_fen bigint not null check (before_fen >= 0),
     ground text not null,
     document text not null,
     organisation text not null,
     recorded_by text not null,
     recorded_at timestamptz not null,
     unique (item, version)
   )`,

  `create table pricing.subsidy (
     id text primary key,
     jurisdiction text not null,
     operator text not null,
     year integer not null,
     fen bigint not null check (fen > 0),
     ground text not null,
     document text,
     reverses text unique references pricing.subsidy,
     reversed_by text references pricing.subsidy,
     recorded_by text not null,
     recorded_at timestamptz not null,
     check (reverses is null or reversed_by is null)
   )`,
  `create index subsidy_year on pricing.subsidy (jurisdiction, operator, year, id)`,

  // The newest version counts.
  `create table pricing.allocation_key (
     id text primary key,
     jurisdiction text not null,
     operator text not null,
     year integer not null,
     version integer not null,
     key text not null,
     weights jsonb not null,
     ground text not null,
     recorded_by text not null,
     recorded_at timestamptz not null,
     unique (jurisdiction, operator, year, version)
   )`,

  `create table pricing.cost_report (
     id text primary key,
     jurisdiction text not null,
     operator text not null,
     year integer not null,
     version integer not null,
     state text not null check (state in ('filed', 'receipted', 'returned')),
     content jsonb not null,
     hash text not null,
     due_on date not null,
     late boolean not null,
     -- The body it is filed with.
     recipient text not null,
     filed_by text not null,
     filed_at timestamptz not null,
     answered_by text,
     answered_at timestamptz,
     reasons jsonb not null default '[]',
     audit_outcome text,
     audit_document text,
     audited_by text,
     audited_at timestamptz,
     unique (jurisdiction, operator, year, version)
   )`,
  `create unique index cost_report_standing on pricing.cost_report (jurisdiction, operator, year)
   where state <> 'returned'`,
  // What each figure of a report opens into, as it stood when the report was filed.
  `create table pricing.cost_report_item (
     report text not null references pricing.cost_report,
     item text not null references pricing.cost_item,
     kind text not null,
     product text,
     fen bigint not null,
     primary key (report, item)
   )`,
];
