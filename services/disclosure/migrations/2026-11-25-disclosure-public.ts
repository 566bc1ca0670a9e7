// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/**
 * What the public pages read (S1–S4): built from events alone, and equal row for row when built anew. A row is what the
 * newest event says; columns that several kinds of events fill have each their own sequence.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const words = 'title_zh text, title_en text';
const disclosed = (table: string) => [
  `create table disclosure.${table} (
     document text collate "C" primary key,
     jurisdiction text not null,
     kind text not null,
     subject text not null,
     issuer text,
     year integer,
     ${words},
     content text,
     hash text not null,
     from_on date,
     until_on date,
     article text,
     instrument text,
     published_at timestamptz,
     withdrawn_at timestamptz,
     withdrawn_code text
   )`,
  `create index ${table}_page on disclosure.${table} (jurisdiction, published_at desc, document desc)`,
];

const statements = [
  `create table disclosure.public_body (
     jurisdiction text not null,
     id text collate "C" not null,
     kind text not null,
     name text not null,
     uscc text,
     level text,
     county text,
     successor text,
     sequence bigint not null,
     primary key (jurisdiction, id)
   )`,
  // Words by one topic, whether it is open by two: each with the sequence of what said it.
  `create table disclosure.public_resource (
     id text collate "C" primary key,
     jurisdiction text not null,
     provider text,
     provider_name text,
     title text,
     abstract text,
     fields jsonb,
     update_frequency text,
     classification text,
     grade text,
     level text,
     registration_code text,
     state text,
     search_text text not null default '',
     grams text[] not null default '{}',
     described_at timestamptz,
     described_sequence bigint not null default 0,
     published_on date,
     published_sequence bigint not null default 0,
     open boolean,
     open_sequence bigint not null default 0,
     shown boolean generated always as (coalesce(open, false) and title is not null) stored
   )`,
  `create index public_resource_page on disclosure.public_resource (jurisdiction, id) where shown`,
  `create index public_resource_provider on disclosure.public_resource (jurisdiction, provider, id) where shown`,
  // How many of a department's entries are shown: counted as they change, for a page cannot count a hundred thousand.
  `create table disclosure.public_resource_count (
     jurisdiction text not null,
     provider text not null,
     count bigint not null,
     primary key (jurisdiction, provider)
   )`,
  `create function disclosure.count_shown() returns trigger language plpgsql as $$
   begin
     if tg_op = 'UPDATE' and old.shown = new.shown and old.provider is not distinct from new.provider then
       return null;
     end if;
     if tg_op <> 'INSERT' and old.shown then
       update disclosure.public_resource_count
       set count = count - 1
       where jurisdiction = old.jurisdiction and provider = old.provider;
       delete from disclosure.public_resource_count
       where jurisdiction = old.jurisdiction and provider = old.provider and count = 0;
     end if;
     if tg_op <> 'DELETE' and new.shown then
       insert into disclosure.public_resource_count as c (jurisdiction, provider, count)
       values (new.jurisdiction, new.provider, 1)
       on conflict (jurisdiction, provider) do update
       set count = c.count + 1;
     end if;
     return null;
   end $$`,
  `create trigger public_resource_shown
     after insert or update or delete on disclosure.public_resource
     for each row execute function disclosure.count_shown()`,
  // Pairs of characters, and what a list is narrowed by: two characters of Chinese are found without reading all texts.
  `create index public_resource_grams on disclosure.public_resource using gin (grams) with (fastupdate = off)
     where shown`,
  `create table disclosure.public_product (
     product text collate "C" primary key,
     jurisdiction text not null,
     case_no text not null,
     version integer not null,
     state text not null,
     title text not null,
     description text,
     class text not null,
     purpose text not null,
     owner text not null,
     operator text not null,
     resources text[] not null,
     registration_code text,
     national_code text,
     artefact text,
     listed_on date,
     told_at timestamptz not null,
     sequence bigint not null
   )`,
  `create index public_product_page on disclosure.public_product (jurisdiction, product)`,
  `create index public_product_resources on disclosure.public_product using gin (resources)`,
  // \`ended_on\` may be known before the tariff itself: its own row waits for the rest.
  `create table disclosure.public_tariff (
     tariff text collate "C" primary key,
     jurisdiction text not null,
     product text,
     operator text,
     unit text,
     class text,
     scenario text,
     purpose text,
     fen bigint,
     discount text,
     from_on date,
     until_on date,
     ended_on date,
     article text,
     instrument text,
     published_at timestamptz
   )`,
  `create index public_tariff_product on disclosure.public_tariff (jurisdiction, product, from_on)`,
  `create table disclosure.public_ceiling (
     case_no text collate "C" not null,
     unit text not null,
     jurisdiction text not null,
     product text not null,
     operator text not null,
     fen bigint not null,
     before_fen bigint,
     from_on date not null,
     article text,
     instrument text,
     set_at timestamptz not null,
     primary key (case_no, unit)
   )`,
  `create index public_ceiling_product on disclosure.public_ceiling (jurisdiction, product, from_on)`,
  `create table disclosure.public_service_fee (
     fee text collate "C" primary key,
     jurisdiction text not null,
     operator text not null,
     item text collate "C" not null,
     version integer not null,
     title text,
     kind text,
     unit text,
     cost_fen bigint,
     margin text,
     margin_fen bigint,
     fen bigint,
     from_on date,
     withdrawn boolean,
     article text,
     instrument text,
     published_at timestamptz
   )`,
  `create index public_service_fee_item on disclosure.public_service_fee (jurisdiction, operator, item, version)`,
  `create table disclosure.public_mandate (
     agreement text collate "C" primary key,
     jurisdiction text not null,
     operator text not null,
     mode text not null,
     fields text[] not null,
     scenarios text[] not null,
     from_on date not null,
     until_on date not null,
     state text not null,
     ground text,
     document text,
     article text,
     instrument text,
     told_at timestamptz not null,
     sequence bigint not null
   )`,
  `create index public_mandate_page on disclosure.public_mandate (jurisdiction, agreement)`,
  // Each step as it was told; a selection is what its steps say.
  `create table disclosure.public_selection (
     case_no text collate "C" not null,
     sequence bigint not null,
     jurisdiction text not null,
     kind text not null,
     at timestamptz not null,
     data jsonb not null,
     primary key (case_no, sequence)
   )`,
  `create index public_selection_page on disclosure.public_selection (jurisdiction, case_no)`,
  `create table disclosure.public_evaluation (
     case_no text collate "C" primary key,
     jurisdiction text not null,
     agreement text not null,
     operator text not null,
     year integer not null,
     outcome text not null,
     round integer not null,
     exact text,
     shown text,
     without_source jsonb not null,
     second_rectify boolean not null,
     article text,
     instrument text,
     at timestamptz not null,
     sequence bigint not null
   )`,
  `create index public_evaluation_page on disclosure.public_evaluation (jurisdiction, year desc, case_no desc)`,
  `create table disclosure.public_publication (
     number text collate "C" primary key,
     jurisdiction text not null,
     kind text,
     subject text,
     ${words},
     document text,
     hash text,
     from_on date,
     until_on date,
     article text,
     instrument text,
     published_at timestamptz,
     withdrawn_at timestamptz,
     withdrawn_code text
   )`,
  `create index public_publication_page
     on disclosure.public_publication (jurisdiction, published_at desc, number desc)`,
  `create index public_publication_kind
     on disclosure.public_publication (jurisdiction, kind, published_at desc, number desc)`,
  `create index public_publication_subject on disclosure.public_publication (subject, kind)`,
  ...disclosed('public_report'),
  ...disclosed('public_bulletin'),
  `create table disclosure.public_proof (
     number text collate "C" not null,
     kind text not null,
     jurisdiction text not null,
     hash text not null,
     at timestamptz not null,
     primary key (number, kind)
   )`,
  `create table disclosure.public_complaint_figure (
     jurisdiction text not null,
     month text not null check (month ~ '^\\d{4}-\\d{2}$'),
     measure text not null,
     count bigint not null check (count >= 0),
     primary key (jurisdiction, month, measure)
   )`,
];
