// Old code still runs: this adds tables.
import { type Kysely, sql } from 'kysely';

/** Selection of the operator (O1–O4): papers, invitees, sealed bids, panel, sheets, votes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table registry.selection_paper (
     case_no text not null references registry.procedure,
     content_hash text not null,
     contents jsonb not null,
     given_at timestamptz not null,
     primary key (case_no, content_hash)
   )`,
  // Beside the case: who is invited is told to no other bidder.
  `create table registry.selection_invitee (
     case_no text not null references registry.procedure,
     organisation text not null,
     primary key (case_no, organisation)
   )`,
  `create table registry.selection_seed (
     case_no text not null references registry.procedure,
     seed_hash text not null,
     sealed text not null,
     primary key (case_no, seed_hash)
   )`,
  // Outside every workflow, event and view; the key stands outside the database.
  `create table registry.sealed_bid (
     case_no text not null references registry.procedure,
     bidder text not null,
     envelope text,
     envelope_hash text not null,
     received_at timestamptz not null,
     answers text not null,
     primary key (case_no, bidder)
   )`,
  `create table registry.selection_member (
     case_no text not null references registry.procedure,
     pool_hash text not null,
     member text not null,
     account text not null,
     organisation text not null,
     seat text not null check (seat in ('expert', 'department')),
     primary key (case_no, pool_hash, member)
   )`,
  `create table registry.selection_finding (
     case_no text not null references registry.procedure,
     findings_hash text not null,
     findings jsonb not null,
     given_at timestamptz not null,
     primary key (case_no, findings_hash)
   )`,
  `create table registry.selection_sheet (
     receipt text primary key,
     case_no text not null references registry.procedure,
     round integer not null,
     expert text not null,
     scores jsonb not null,
     accepted_at timestamptz
   )`,
  `create unique index selection_sheet_once on registry.selection_sheet (case_no, round, expert)
   where accepted_at is not null`,
  `create table registry.selection_vote (
     receipt text primary key,
     case_no text not null references registry.procedure,
     round integer not null,
     tie_round integer not null,
     expert text not null,
     bidder text not null,
     accepted_at timestamptz
   )`,
  `create index selection_vote_of on registry.selection_vote (case_no)`,
];
