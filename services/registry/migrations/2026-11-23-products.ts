// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Products (E1–E5): versions, artefacts, evidence, votes, the list, deliveries. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table registry.product (
     product_no text collate "C" primary key,
     jurisdiction text not null,
     owner text not null,
     operator text not null,
     name text not null,
     class text not null,
     purpose text not null,
     registration_code text unique,
     national_code text unique,
     created_at timestamptz not null
   )`,
  `create index product_of on registry.product (jurisdiction, owner)`,
  // One version is one case. The state is the projection of the case; the list shows those that are listed or released.
  `create table registry.product_version (
     case_no text collate "C" primary key references registry.procedure,
     product_no text not null references registry.product,
     version integer not null check (version > 0),
     state text not null check (state in ('underWay', 'listed', 'released', 'suspended', 'recalled', 'retired', 'withdrawn', 'lapsed')),
     listed_at timestamptz,
     released_at timestamptz,
     ended_at timestamptz,
     unique (product_no, version)
   )`,
  // What was said of a product, by its hash, kept when it is sent; an artefact refers to it once it counts.
  `create table registry.product_content (
     case_no text not null references registry.procedure,
     content_hash text not null,
     contents jsonb not null,
     given_at timestamptz not null,
     primary key (case_no, content_hash)
   )`,
  // Every artefact of a case, with what was said of it; the file itself lies with the documents, by its hash.
  `create table registry.product_artefact (
     case_no text not null references registry.procedure,
     attempt integer not null,
     artefact text not null,
     contents jsonb not null,
     contents_hash text not null,
     author text not null,
     given_at timestamptz not null,
     primary key (case_no, attempt)
   )`,
  `create table registry.egress_evidence (
     case_no text not null references registry.procedure,
     attempt integer not null,
     verdict text not null check (verdict in ('clean', 'findings', 'refused')),
     report jsonb not null,
     report_hash text not null,
     recorded_at timestamptz not null,
     primary key (case_no, attempt)
   )`,
  // Numbered from 1: what an exception may be asked for.
  `create table registry.egress_item (
     case_no text not null,
     attempt integer not null,
     item integer not null check (item > 0),
     kind text not null,
     place jsonb not null,
     -- The lawfully public source in whose rows it stands.
     public_source text,
     primary key (case_no, attempt, item),
     foreign key (case_no, attempt) references registry.egress_evidence
   )`,
  // Sealed until every checker of the round has spoken; opened all together.
  `create table registry.egress_vote (
     case_no text not null references registry.procedure,
     attempt integer not null,
     round integer not null,
     checker text not null,
     receipt text not null,
     sealed text not null,
     opened jsonb,
     cast_at timestamptz not null,
     opened_at timestamptz,
     primary key (case_no, round, checker)
   )`,
  // Public halves of the keys that records were signed under, kept as long as the records.
  `create table registry.check_record_key (
     key_id text primary key,
     algorithm text not null,
     public_key text not null,
     first_used_at timestamptz not null
   )`,
  `create table registry.check_record (
     case_no text not null references registry.procedure,
     attempt integer not null,
     round integer not null,
     record jsonb not null,
     record_hash text not null,
     key_id text not null references registry.check_record_key,
     signature text not null,
     signed_at timestamptz not null,
     primary key (case_no, attempt, round)
   )`,
  // Who uses a product: told of a recall.
  `create table registry.product_delivery (
     id text collate "C" primary key,
     case_no text not null references registry.product_version,
     jurisdiction text not null,
     holder text not null,
     holder_name text not null,
     delivered_at timestamptz not null,
     told_at timestamptz
   )`,
  `create index product_delivery_of on registry.product_delivery (case_no, id)`,
  // Grants as the catalog's events tell them: running ones may carry a product.
  `create table registry.product_grant (
     grant_no text collate "C" primary key,
     jurisdiction text not null,
     applicant text not null,
     operator text not null,
     state text not null,
     resources jsonb not null,
     from_on date,
     until_on date,
     seen_at timestamptz not null
   )`,
];
