// Old code still runs: this adds tables and an index only.
import { type Kysely, sql } from 'kysely';

/** Merchants' onboarding and standing (M1, 中卫 18) and the norms that stand before it (M2). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // One open onboarding a merchant, whoever submits at the same moment.
  `create unique index application_open_onboarding on registry.application (jurisdiction, applicant_organisation)
   where outcome is null and lifecycle = 'onboarding'`,

  `create table registry.application_draft (like catalog.application_draft including all)`,
  `alter table registry.application_draft add foreign key (case_no) references registry.application`,

  // How a merchant stands; without a row it was never enrolled.
  `create table registry.merchant (
    jurisdiction text not null,
    organisation text collate "C" not null,
    standing text not null check (standing in ('enrolled', 'suspended', 'exited')),
    since timestamptz not null,
    case_no text references registry.application,
    version integer not null default 1,
    primary key (jurisdiction, organisation)
  )`,
  // What was done to its standing, and why. Never changed, never deleted.
  `create table registry.merchant_act (
    id text primary key,
    seq bigint generated always as identity,
    jurisdiction text not null,
    organisation text collate "C" not null,
    act text not null check (act in ('suspended', 'restored', 'exited')),
    reasons jsonb not null,
    acted_by text not null,
    acting_organisation text,
    at timestamptz not null,
    foreign key (jurisdiction, organisation) references registry.merchant
  )`,
  `create index merchant_act_of on registry.merchant_act (jurisdiction, organisation, seq)`,
  `revoke update, delete on registry.merchant_act from gongshu_registry`,

  // approved kinds: submitted, then approved or refused; a newer approved version replaces. Others stand on receipt.
  `create table registry.norm (
    id text collate "C" primary key,
    jurisdiction text not null,
    kind text not null,
    way text not null check (way in ('approved', 'deposited', 'issued')),
    title text not null,
    document text not null,
    version integer not null check (version > 0),
    state text not null check (state in ('submitted', 'approved', 'refused', 'deposited', 'issued', 'replaced')),
    submitted_by text not null,
    organisation text,
    submitted_at timestamptz not null,
    decided_by text,
    decided_at timestamptz,
    reasons jsonb not null default '[]',
    unique (jurisdiction, kind, version)
  )`,
  `create unique index norm_in_force on registry.norm (jurisdiction, kind)
   where state in ('approved', 'deposited', 'issued')`,
];
