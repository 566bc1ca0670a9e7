// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Operating agreements (O5–O9): their texts, the mandates they give (O12), what was concluded on paper before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const extent = `mode text not null check (mode in ('whole', 'byField', 'byScenario')),
     fields text[] not null default '{}',
     scenarios text[] not null default '{}'`;

const statements = [
  `create table registry.operating_agreement (
     case_no text collate "C" primary key references registry.procedure,
     jurisdiction text not null,
     operator text not null,
     origin text not null check (origin in ('selection', 'renewal', 'reauthorisation', 'broughtIn')),
     selection text references registry.procedure,
     predecessor text references registry.procedure,
     withdrawn boolean not null default false
   )`,
  // One agreement follows from a selection, and one from another agreement, unless its draft was withdrawn.
  `create unique index operating_agreement_selection on registry.operating_agreement (selection)
     where selection is not null and not withdrawn`,
  `create unique index operating_agreement_predecessor on registry.operating_agreement (predecessor)
     where predecessor is not null and not withdrawn`,
  // Every text that was rendered, drafts too; what the parties sign for is its hash.
  `create table registry.operating_agreement_text (
     case_no text not null references registry.procedure,
     rendering integer not null,
     version integer not null,
     terms jsonb not null,
     contents jsonb,
     document text,
     document_hash text not null,
     given_at timestamptz not null,
     primary key (case_no, rendering)
   )`,
  `create table registry.mandate (
     agreement_no text collate "C" primary key references registry.procedure,
     jurisdiction text not null,
     operator text not null,
     ${extent},
     from_on date not null,
     until_on date not null,
     state text not null check (state in ('inForce', 'suspended', 'ended')),
     check (from_on <= until_on)
   )`,
  `create index mandate_of on registry.mandate (jurisdiction, agreement_no)`,
  // What a text that is being signed will hand over: no other is signed over the same meanwhile.
  `create table registry.mandate_claim (
     case_no text primary key references registry.procedure,
     jurisdiction text not null,
     ${extent},
     claimed_at timestamptz not null
   )`,
  `create table registry.brought_in_merchant (
     jurisdiction text not null,
     organisation text not null,
     enrolled_on date not null,
     document text not null,
     recorded_by text not null,
     recorded_at timestamptz not null,
     primary key (jurisdiction, organisation)
   )`,
  `create table registry.brought_in_product (
     id text collate "C" primary key,
     jurisdiction text not null,
     name text not null,
     operator text not null,
     document text not null,
     checked_on date not null,
     recorded_by text not null,
     recorded_at timestamptz not null,
     unique (jurisdiction, operator, name)
   )`,
];
