// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Partners of the operator (M1), social data brought in (D3), people who process data (D4). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table registry.partner (
    id text collate "C" primary key,
    jurisdiction text not null,
    operator text not null,
    -- The partner's body.
    organisation text not null,
    state text not null check (state in ('registered', 'filed', 'noted', 'returned', 'ended')),
    -- Mode of co-operation, qualification, division of duties, and the evidence by group of conditions.
    contents jsonb not null,
    content_hash text not null,
    version integer not null default 1,
    registered_by text not null,
    registered_at timestamptz not null,
    filed_at timestamptz,
    answered_by text,
    answered_at timestamptz,
    reasons jsonb not null default '[]',
    ended_at timestamptz
  )`,
  `create unique index partner_stands on registry.partner (jurisdiction, operator, organisation)
   where state <> 'ended'`,

  `create table registry.social_data (
    id text collate "C" primary key,
    jurisdiction text not null,
    organisation text not null,
    title text not null,
    source text not null,
    ground text not null check (ground in ('purchased', 'licensed', 'collected', 'exchanged', 'authorised')),
    -- Words of the ground, what the data are, and the evidence by condition.
    contents jsonb not null,
    content_hash text not null,
    state text not null check (state in ('submitted', 'usable', 'refused', 'withdrawn')),
    submitted_by text not null,
    submitted_at timestamptz not null,
    decided_by text,
    decided_at timestamptz,
    reasons jsonb not null default '[]',
    withdrawn_at timestamptz
  )`,
  `create index social_data_of on registry.social_data (jurisdiction, organisation)`,
  // What it was fused with, and for what. Never changed, never deleted.
  `create table registry.social_data_use (
    id uuid primary key,
    social_data text not null references registry.social_data,
    subject text not null,
    purpose text not null,
    used_on date not null,
    recorded_by text not null,
    recorded_at timestamptz not null
  )`,
  `create index social_data_use_of on registry.social_data_use (social_data)`,
  `revoke update, delete on registry.social_data_use from gongshu_registry`,

  // Names and marks of identity: in this table and its answers only. The number of a card is never kept.
  `create table registry.staff (
    id text collate "C" primary key,
    jurisdiction text not null,
    organisation text not null,
    -- The account at the platform, as accesses name it.
    account text not null,
    name text not null,
    state text not null default 'active' check (state in ('active', 'left')),
    identity_how text check (identity_how in ('idCard', 'passport', 'residencePermit')),
    identity_salt text,
    identity_hash text,
    identity_document text,
    identity_on date,
    identity_until date,
    filed_on date,
    vetting_result text check (vetting_result in ('passed', 'failed')),
    vetting_document text,
    vetted_on date,
    vetted_until date,
    confidentiality_document text,
    confidentiality_on date,
    confidentiality_until date,
    registered_by text not null,
    registered_at timestamptz not null,
    left_at timestamptz
  )`,
  `create unique index staff_account on registry.staff (jurisdiction, organisation, account) where state = 'active'`,
  `create table registry.staff_assignment (
    id uuid primary key,
    person text not null references registry.staff,
    kind text not null check (kind in ('resource', 'grant', 'task')),
    subject text not null,
    -- Both days included.
    from_on date not null,
    until_on date not null,
    assigned_by text not null,
    assigned_at timestamptz not null,
    ended_at timestamptz
  )`,
  `create index staff_assignment_of on registry.staff_assignment (person)`,
  // What people did with data. Never changed, never deleted.
  `create table registry.staff_act (
    id uuid primary key,
    seq bigint generated always as identity,
    person text not null references registry.staff,
    assignment uuid not null references registry.staff_assignment,
    act text not null check (act in ('access', 'processing', 'transfer', 'destruction', 'maintenance')),
    note text not null,
    at timestamptz not null,
    recorded_by text not null
  )`,
  `create index staff_act_of on registry.staff_act (person, seq)`,
  `revoke update, delete on registry.staff_act from gongshu_registry`,
];
