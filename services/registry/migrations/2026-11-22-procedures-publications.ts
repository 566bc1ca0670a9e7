// Old code still runs: this adds a table only.
import { type Kysely, sql } from 'kysely';

/** What is published, from when and until when (P2, O4, O6, V2). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // `document` is the canonical text as it is served; `hash` is over its bytes. Neither ever changes.
  `create table registry.publication (
     number text collate "C" primary key,
     seq bigint generated always as identity,
     jurisdiction text not null,
     kind text not null,
     subject text not null,
     title_zh text not null,
     title_en text not null,
     document text not null,
     hash text not null,
     from_on date not null,
     until_on date check (until_on >= from_on),
     published_at timestamptz not null,
     withdrawn_at timestamptz,
     withdrawn_code text,
     withdrawn_reason text,
     check ((withdrawn_at is null) = (withdrawn_code is null))
   )`,
  `create index publication_list on registry.publication (seq)`,
  `create index publication_of on registry.publication (subject)`,
  `revoke update, delete on registry.publication from gongshu_registry`,
  `grant update (withdrawn_at, withdrawn_code, withdrawn_reason) on registry.publication to gongshu_registry`,
];
