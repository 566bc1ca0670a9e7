// Old code still runs: this adds a table only.
import { type Kysely, sql } from 'kysely';

/** Packages filed with a body above (备案: P2, 国家规范 十一、十三). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // `content` is the canonical text of what is filed; its hash can be checked by anyone who has it.
  `create table registry.filing (
     number text collate "C" primary key,
     seq bigint generated always as identity,
     case_no text not null,
     jurisdiction text not null,
     recipient text not null,
     content text not null,
     documents text[] not null default '{}',
     package_hash text not null,
     state text not null check (state in ('pending', 'sent', 'receipted', 'returned')),
     filed_at timestamptz not null,
     sent_at timestamptz,
     answered_at timestamptz,
     answered_on date,
     answer_number text,
     answer_document text,
     reason_codes text[] not null default '{}',
     attempts integer not null default 0,
     next_try_at timestamptz not null default clock_timestamp(),
     fault text
   )`,
  `create index filing_list on registry.filing (jurisdiction, seq)`,
  `create index filing_of_case on registry.filing (case_no)`,
  // Those that are to go out, and the few that were answered before they had.
  `create index filing_due on registry.filing (next_try_at) where sent_at is null`,
  `revoke delete on registry.filing from gongshu_registry`,
];
