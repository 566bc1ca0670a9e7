// Old code still runs: this adds tables and columns with defaults.
import { type Kysely, sql } from 'kysely';

/** Agreements, grants and their use (A7, A8), supply to the platform (D1), the trace of every access (D2). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // A new case that changes or prolongs a running grant names it.
  `alter table catalog.application
    add column lifecycle text not null default 'application',
    add column kind text not null default 'new' check (kind in ('new', 'amendment', 'renewal')),
    add column grant_no text`,

  // How a merchant stands, as the registry's events say; without a row it was never enrolled.
  `create table catalog.merchant (
    jurisdiction text not null,
    organisation text not null,
    standing text not null check (standing in ('enrolled', 'suspended', 'exited')),
    since timestamptz not null,
    primary key (jurisdiction, organisation)
  )`,

  // The standard agreement of an approved application, rendered and signed by both over its hash.
  `create table catalog.agreement (
    agreement_no text collate "C" primary key,
    case_no text not null references catalog.application,
    jurisdiction text not null,
    merchant text not null,
    operator text not null,
    version integer not null,
    -- Item code to its words, as rendered.
    items jsonb not null,
    terms jsonb not null,
    document text not null,
    hash text not null,
    state text not null check (state in ('offered', 'signed', 'replaced')),
    rendered_by text not null,
    rendered_at timestamptz not null,
    unique (case_no, version)
  )`,
  `create table catalog.agreement_signature (
    agreement_no text not null references catalog.agreement,
    organisation text not null,
    party text not null check (party in ('merchant', 'operator')),
    hash text not null,
    signed_by text not null,
    signed_at timestamptz not null,
    primary key (agreement_no, party)
  )`,

  `create table catalog.use_grant (
    grant_no text collate "C" primary key,
    jurisdiction text not null,
    case_no text not null references catalog.application,
    agreement_no text not null unique references catalog.agreement,
    merchant text not null,
    operator text not null,
    -- The bureau of the case.
    authority text not null,
    kind text not null check (kind in ('new', 'amendment', 'renewal')),
    replaces text references catalog.use_grant,
    purpose text not null,
    conditions jsonb not null,
    from_on date not null,
    until_on date not null,
    -- [starts_at, ends_at): 00:00 of the first day to 24:00 of the last, Asia/Shanghai.
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    state text not null default 'active' check (state in ('active', 'suspended', 'ended')),
    end_kind text check (end_kind in ('expired', 'endedEarly', 'withdrawn', 'replaced', 'merchantExited')),
    ended_at timestamptz,
    wake_at timestamptz,
    wake_kind text,
    version integer not null default 1,
    granted_at timestamptz not null,
    check ((state = 'ended') = (ended_at is not null)),
    check ((state = 'ended') = (end_kind is not null))
  )`,
  `create index use_grant_listed on catalog.use_grant (jurisdiction, grant_no)`,
  `create index use_grant_merchant on catalog.use_grant (jurisdiction, merchant)`,
  `create index use_grant_due on catalog.use_grant (wake_at) where state <> 'ended'`,
  `create table catalog.use_grant_resource (
    grant_no text not null references catalog.use_grant,
    resource_id text not null,
    reviewer_organisation text not null,
    -- Names of the entry's fields that may be served; masked ones are not among them.
    fields text[] not null,
    masked text[] not null default '{}',
    primary key (grant_no, resource_id)
  )`,
  `create index use_grant_resource_by on catalog.use_grant_resource (resource_id)`,
  // A grant is suspended as long as one of these is not lifted.
  `create table catalog.use_grant_suspension (
    id text primary key,
    grant_no text not null references catalog.use_grant,
    cause text not null check (cause in ('overreach', 'merchantSuspended', 'direction')),
    subject text,
    reasons jsonb not null,
    from_at timestamptz not null,
    lifted_at timestamptz,
    lifted_reasons jsonb
  )`,
  `create index use_grant_suspension_open on catalog.use_grant_suspension (grant_no) where lifted_at is null`,
  `create table catalog.overreach_report (
    id text primary key,
    grant_no text not null references catalog.use_grant,
    jurisdiction text not null,
    reported_by text not null,
    organisation text not null,
    facts jsonb not null,
    document text,
    reported_at timestamptz not null,
    outcome text check (outcome in ('suspended', 'dismissed')),
    reasons jsonb,
    decided_by text,
    decided_at timestamptz
  )`,
  `create index overreach_report_grant on catalog.overreach_report (grant_no)`,

  `create table catalog.supply (
    supply_no text collate "C" primary key,
    jurisdiction text not null,
    resource_id text not null,
    department text not null,
    -- The authorisation it rests on: document by hash, its number and date.
    authorisation jsonb not null,
    fields text[] not null,
    -- Field name to how a protected field goes out: desensitised, or subjectAuthorised with the consent's document.
    treatments jsonb not null default '{}',
    from_on date not null,
    until_on date not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    state text not null default 'active' check (state in ('active', 'suspended', 'ended')),
    recorded_by text not null,
    recorded_at timestamptz not null,
    ended_at timestamptz,
    ended_by text,
    version integer not null default 1,
    check ((state = 'ended') = (ended_at is not null))
  )`,
  `create table catalog.supply_number (
    jurisdiction text not null,
    year integer not null,
    last integer not null,
    primary key (jurisdiction, year)
  )`,
  `create index supply_resource on catalog.supply (jurisdiction, resource_id)`,
  `create table catalog.supply_suspension (
    id text primary key,
    supply_no text not null references catalog.supply,
    risk jsonb not null,
    from_at timestamptz not null,
    suspended_by text not null,
    rectification jsonb,
    -- Shows that the risk was put right, by hash.
    document text,
    restored_at timestamptz,
    restored_by text
  )`,
  `create unique index supply_suspension_open on catalog.supply_suspension (supply_no) where restored_at is null`,

  // Every question of access and its answer (D2). Never changed, never deleted.
  `create table catalog.access (
    id uuid primary key,
    seq bigint generated always as identity,
    grant_no text not null,
    jurisdiction text not null,
    asker text not null,
    key text not null,
    request_hash text not null,
    fields jsonb not null,
    purpose text not null,
    used_by text not null,
    at timestamptz not null,
    answered_at timestamptz not null,
    permitted boolean not null,
    code text,
    article jsonb,
    -- The asked fields that the refusal is about.
    beyond jsonb,
    -- Its place in the batch that its hash goes into.
    chain uuid not null,
    link integer not null,
    place integer not null,
    unique (asker, key),
    unique (chain, link, place)
  )`,
  `create index access_grant on catalog.access (grant_no, seq)`,
  // Answers given together, hashed over their rows and the batch before; a process has a chain of its own (0013).
  `create table catalog.access_batch (
    chain uuid not null,
    link integer not null,
    previous text not null,
    hash text not null,
    accesses integer not null,
    made_at timestamptz not null,
    primary key (chain, link)
  )`,
  `revoke update, delete, truncate on catalog.access, catalog.access_batch from gongshu_catalog`,

  `create function catalog.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select min(wake_at) from (
       select wake_at from catalog.turn where outcome = 'open'
       union all
       select wake_at from catalog.use_grant where state <> 'ended'
     ) as waiting
     where wake_at > after and wake_at <= up_to
   $$`,
  `create function catalog.sandbox_due(at timestamptz) returns setof text language sql stable as $$
     select turn_id from catalog.turn where outcome = 'open' and wake_at <= at
     union all
     select grant_no from catalog.use_grant where state <> 'ended' and wake_at <= at
   $$`,
  // Held turns wait for acts, not for time; every open case stands at a turn.
  `create function catalog.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select exists (
       select from catalog.turn where outcome = 'open' and wake_at <= at and not held
     ) or exists (
       select from catalog.intake where state = 'taken' and attempts = 0 and fault is null
     ) or exists (
       select from catalog.application
       where application.outcome is null
         and not exists (
           select from catalog.turn where turn.case_no = application.case_no and turn.outcome = 'open'
         )
         and exists (
           select from catalog.intake
           where intake.case_no = application.case_no and act like 'submit%' and state = 'delivered'
         )
     ) or exists (
       select from catalog.use_grant where state <> 'ended' and wake_at <= at
     )
   $$`,
];
