// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/**
 * Metered use, bills, disputes, terms of sharing, settlements (F2, F5). Amounts are whole fen; a quantity has at most six
 * places. What was rated is never rewritten: a charge stands beside its record, a correction is a record of its own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table pricing.usage_record (
     jurisdiction text not null,
     operator text not null,
     id text not null,
     product text not null,
     unit text not null check (unit in ('item', 'call', 'hour', 'megabyte')),
     qty numeric(21, 6) not null check (qty > 0),
     merchant text not null,
     class text not null,
     purpose text not null,
     scenario text,
     used_on date not null,
     source text not null check (source in ('rest', 'file', 'event', 'dispute')),
     -- The record whose charge this one takes back; its day is the day it was taken back.
     reverses text,
     recorded_at timestamptz not null,
     recorded_by text not null,
     primary key (jurisdiction, operator, id)
   )`,
  // Taken back once.
  `create unique index usage_record_reverses on pricing.usage_record (jurisdiction, operator, reverses)
   where reverses is not null`,
  // Months that were billed: later ones only follow.
  `create table pricing.billing_period (
     jurisdiction text not null,
     operator text not null,
     period text not null,
     until_on date not null,
     hash text not null,
     records bigint not null,
     unrated bigint not null,
     fen bigint not null,
     issued_at timestamptz not null,
     issued_by text not null,
     primary key (jurisdiction, operator, period)
   )`,
  `create table pricing.bill (
     bill text primary key,
     jurisdiction text not null,
     operator text not null,
     period text not null,
     merchant text not null,
     fen bigint not null,
     records bigint not null,
     hash text not null,
     issued_at timestamptz not null,
     unique (jurisdiction, operator, period, merchant)
   )`,
  `create index bill_merchant on pricing.bill (jurisdiction, merchant, bill)`,
  `create table pricing.bill_line (
     bill text not null references pricing.bill,
     line integer not null,
     kind text not null check (kind in ('charge', 'free', 'reversal')),
     income text not null,
     product text not null,
     unit text not null,
     class text not null,
     purpose text not null,
     scenario text,
     -- Null on a free line, and on a reversal of several.
     tariff text,
     unit_fen bigint,
     discount text,
     qty numeric(30, 6) not null,
     records bigint not null,
     fen bigint not null,
     primary key (bill, line)
   )`,
  // What each record was rated at: one rounding each.
  `create table pricing.usage_charge (
     jurisdiction text not null,
     operator text not null,
     usage text not null,
     bill text not null,
     line integer not null,
     fen bigint not null,
     primary key (jurisdiction, operator, usage)
   )`,
  `create index usage_charge_line on pricing.usage_charge (bill, line)`,
  `create table pricing.bill_dispute (
     dispute text primary key,
     jurisdiction text not null,
     bill text not null references pricing.bill,
     operator text not null,
     merchant text not null,
     code text not null,
     words text not null,
     raised_at timestamptz not null,
     raised_by text not null,
     outcome text check (outcome in ('upheld', 'rejected')),
     answer text,
     answered_at timestamptz,
     answered_by text,
     reversed bigint not null default 0
   )`,
  `create unique index bill_dispute_open on pricing.bill_dispute (bill) where outcome is null`,

  `create table pricing.sharing_terms (
     terms text primary key,
     jurisdiction text not null,
     operator text not null,
     year integer not null,
     version integer not null,
     agreement text not null,
     resource_fee_rate text not null,
     parties jsonb not null,
     document text not null,
     hash text not null,
     state text not null check (state in ('proposed', 'agreed', 'replaced')),
     proposed_at timestamptz not null,
     proposed_by text not null,
     agreed_at timestamptz,
     agreed_by text,
     -- The settlement that was made by them: from then on they stand.
     used_by text,
     unique (jurisdiction, operator, year, version)
   )`,
  `create unique index sharing_terms_agreed on pricing.sharing_terms (jurisdiction, operator, year)
   where state = 'agreed'`,

  `create table pricing.settlement_result (
     case_no text primary key references pricing.procedure,
     jurisdiction text not null,
     operator text not null,
     year integer not null,
     attempt integer not null,
     state text not null check (state in ('frozen', 'confirmed', 'closed')),
     figures jsonb not null,
     revenue_fen bigint not null,
     permitted_fen bigint not null,
     excess_fen bigint not null,
     -- Of earlier overruns, what this year's permitted revenue has taken up; and what is owed on.
     consumed_fen bigint not null,
     carried_fen bigint not null,
     resource_fee_fen bigint not null,
     surplus_fen bigint not null,
     terms text not null,
     hash text not null,
     frozen_at timestamptz not null,
     confirmed_at timestamptz,
     closed_at timestamptz,
     unique (jurisdiction, operator, year)
   )`,
  `create table pricing.settlement_share (
     case_no text not null references pricing.settlement_result,
     party text not null,
     position integer not null,
     kind text not null,
     factor text not null,
     fen bigint not null,
     paid_on date,
     document text,
     paid_at timestamptz,
     primary key (case_no, party)
   )`,
];
