// Old code still runs: this adds tables and columns that may be empty, and lets each operator have its own norms.
import { type Kysely, sql } from 'kysely';

/** Mandates and attempts to hand them on (O10, O12), channels that stood before (O11), norms by operator (M2). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Asked and refused, always: what the bureau supervises (朔州 十一（三）7). Never changed, never deleted.
  `create table registry.mandate_transfer (
     id text collate "C" primary key,
     seq bigint generated always as identity,
     agreement_no text not null,
     jurisdiction text not null,
     kind text not null check (kind in ('subLicence', 'subcontracting', 'disguisedTransfer')),
     recipient text not null,
     matters text not null,
     document text,
     asked_by text not null,
     organisation text not null,
     at timestamptz not null
   )`,
  `create index mandate_transfer_of on registry.mandate_transfer (agreement_no, seq)`,
  `revoke update, delete on registry.mandate_transfer from gongshu_registry`,

  `alter table registry.application
     add column if not exists mandate text,
     add column if not exists field_code text,
     add column if not exists scenario_code text`,

  // Each operator submits its own; one of a kind and body stands at a time.
  `alter table registry.norm drop constraint norm_jurisdiction_kind_version_key`,
  `alter table registry.norm add constraint norm_version unique (jurisdiction, kind, organisation, version)`,
  `drop index registry.norm_in_force`,
  `create unique index norm_in_force on registry.norm (jurisdiction, kind, organisation)
   where state in ('approved', 'deposited', 'issued')`,

  `create table registry.supply_channel (
     id text collate "C" primary key,
     jurisdiction text not null,
     department text not null,
     recipient text not null,
     kind text not null check (kind in ('supplyChannel', 'operatingDeal', 'systemRights')),
     resources text[] not null default '{}',
     since_on date not null,
     ground text not null,
     approval text,
     county text,
     state text not null check (state in ('registered', 'assessed', 'merged', 'closed', 'approved')),
     ended_on date,
     ended_reasons jsonb not null default '[]',
     registered_by text not null,
     registered_at timestamptz not null,
     version integer not null default 1
   )`,
  `create index supply_channel_list on registry.supply_channel (jurisdiction, id)`,
  `create table registry.supply_channel_assessment (
     channel text not null references registry.supply_channel,
     organisation text not null,
     findings jsonb not null,
     assessed_by text not null,
     at timestamptz not null,
     primary key (channel, organisation)
   )`,
];
