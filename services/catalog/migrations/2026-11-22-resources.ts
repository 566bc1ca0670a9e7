// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Catalog entries and what hangs on them (Zhongwei art. 8, 9; Wuhai s.6; national norm art. 5). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table catalog.resource (
    id text collate "C" primary key,
    jurisdiction text not null,
    source_key text not null,
    title text not null,
    provider_organisation text not null,
    provider_code text not null,
    provider_name text not null,
    abstract text not null,
    update_frequency text,
    data_quality text,
    scenario text,
    level text check (level in ('city', 'county')),
    authority_organisation text,
    classification text,
    grade text,
    reviewer_kind text check (reviewer_kind in ('sourceDepartment', 'countyAuthority', 'operator')),
    reviewer_organisation text,
    exclusions text[] not null default '{}',
    other_law text[] not null default '{}',
    other_law_basis text,
    obtained_by_sharing boolean not null default false,
    data_updated_on date,
    state text not null,
    resume_state text,
    closed_reason text,
    batch text,
    registration_code text,
    source jsonb not null default '{}',
    imported_hash text,
    import_id text,
    search_text text not null,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (jurisdiction, source_key),
    unique (jurisdiction, registration_code),
    check ((state = 'closed') = (closed_reason is not null)),
    check ((state = 'suspended') = (resume_state is not null)),
    check ((reviewer_kind is null) = (reviewer_organisation is null))
  )`,
  `create index resource_page on catalog.resource (jurisdiction, state, id)`,
  `create index resource_provider on catalog.resource (jurisdiction, provider_organisation, state, id)`,
  `create table catalog.resource_field (
    resource_id text collate "C" not null references catalog.resource,
    position integer not null,
    name text not null,
    description text,
    grade text,
    primary key (resource_id, position)
  )`,
  `create table catalog.sharing_consent (
    id text collate "C" primary key,
    resource_id text collate "C" not null references catalog.resource,
    provider_organisation text not null,
    document_id text not null,
    document_hash text not null,
    consented_on date not null,
    scope text not null,
    recorded_by text not null,
    recorded_at timestamptz not null,
    withdrawn_on date,
    withdrawn_document_id text,
    withdrawn_at timestamptz,
    check ((withdrawn_on is null) = (withdrawn_at is null))
  )`,
  `create unique index sharing_consent_standing on catalog.sharing_consent (resource_id) where withdrawn_at is null`,
  `create table catalog.registration_package (
    id text collate "C" primary key,
    jurisdiction text not null,
    number integer not null,
    content text not null,
    sha256 text not null,
    entries integer not null,
    created_by text not null,
    created_at timestamptz not null,
    sent_at timestamptz,
    unique (jurisdiction, number)
  )`,
  `create table catalog.registration_item (
    package_id text collate "C" not null references catalog.registration_package,
    resource_id text collate "C" not null unique references catalog.resource,
    code text,
    coded_at timestamptz,
    primary key (package_id, resource_id)
  )`,
  `create table catalog.study (
    id text collate "C" primary key,
    jurisdiction text not null,
    held_on date not null,
    demand text not null,
    results text not null,
    result_codes text[] not null,
    recorded_by text not null,
    recorded_at timestamptz not null
  )`,
  `create index study_page on catalog.study (jurisdiction, held_on desc, id)`,
  `create table catalog.study_party (
    study_id text collate "C" not null references catalog.study,
    role text not null,
    organisation text not null,
    primary key (study_id, role, organisation)
  )`,
  `create table catalog.study_resource (
    study_id text collate "C" not null references catalog.study,
    resource_id text collate "C" not null references catalog.resource,
    primary key (study_id, resource_id)
  )`,
  `create table catalog.import_mapping (
    id text collate "C" primary key,
    jurisdiction text not null,
    mapping jsonb not null,
    organisations jsonb not null,
    created_by text not null,
    created_at timestamptz not null
  )`,
  `create table catalog.import_run (
    id text collate "C" primary key,
    jurisdiction text not null,
    mapping_id text collate "C" not null references catalog.import_mapping,
    mode text not null check (mode in ('allOrNothing', 'keepGood')),
    sha256 text not null,
    total integer not null,
    created integer not null,
    changed integer not null,
    unchanged integer not null,
    refused integer not null,
    imported_by text not null,
    imported_at timestamptz not null
  )`,
];
