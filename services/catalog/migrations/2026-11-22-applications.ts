// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Data-use applications, their turns and clocks, and the intake every act comes through (Zhongwei art. 20, 21). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Bodies of the jurisdiction as the registry's events name them: ids and kinds, no names.
  `create table catalog.body (
    jurisdiction text not null,
    id text not null,
    kind text not null,
    primary key (jurisdiction, id)
  )`,

  `create table catalog.application_number (
    jurisdiction text not null,
    year integer not null,
    last integer not null,
    primary key (jurisdiction, year)
  )`,

  `create table catalog.application (
    case_no text collate "C" primary key,
    jurisdiction text not null,
    applicant_organisation text not null,
    operator_organisation text not null,
    pack_version text not null,
    -- The rules the case is decided under, resolved when it was taken in.
    rules jsonb not null,
    calendar_version text not null,
    stage text not null check (stage in ('acceptance', 'check', 'review')),
    outcome text,
    content_version integer not null default 1,
    submitted_by text not null,
    submitted_at timestamptz not null,
    accepted_at timestamptz,
    ended_at timestamptz,
    version integer not null default 1
  )`,
  `create index application_open on catalog.application (jurisdiction, submitted_at) where outcome is null`,
  `create index application_listed on catalog.application (jurisdiction, submitted_at desc, case_no)`,

  // What was applied for, as often as it was corrected; free text stays here.
  `create table catalog.application_content (
    case_no text not null references catalog.application,
    version integer not null,
    contents jsonb not null,
    content_hash text not null,
    changed text[] not null default '{}',
    receipt text not null,
    submitted_at timestamptz not null,
    primary key (case_no, version)
  )`,

  `create table catalog.application_resource (
    case_no text not null references catalog.application,
    resource_id text not null,
    reviewer_kind text not null,
    reviewer_organisation text not null,
    primary key (case_no, resource_id)
  )`,

  `create table catalog.turn (
    turn_id text collate "C" primary key,
    case_no text not null references catalog.application,
    jurisdiction text not null,
    step text not null check (step in ('acceptance', 'check', 'review')),
    organisation text not null,
    organisation_name text not null,
    body_kind text not null,
    started_at timestamptz not null,
    outcome text not null default 'open',
    overdue boolean not null default false,
    late boolean not null default false,
    suspended boolean not null default false,
    provisional boolean not null default false,
    last_day date,
    deadline timestamptz,
    extension text,
    calendar_version text not null,
    entries integer not null default 0,
    -- What wakes the workflow next, on the law's clock; null when nothing does.
    wake_at timestamptz,
    wake_kind text,
    -- Silence waits for acts taken in before the deadline.
    held boolean not null default false,
    directed_due_on date,
    ended_at timestamptz,
    ended_receipt text
  )`,
  `create index turn_case on catalog.turn (case_no)`,
  `create index turn_due on catalog.turn (wake_at) where outcome = 'open'`,
  `create index turn_open on catalog.turn (jurisdiction, organisation, deadline) where outcome = 'open'`,

  `create table catalog.turn_entry (
    turn_id text not null references catalog.turn,
    position integer not null,
    kind text not null,
    at timestamptz not null,
    entry jsonb not null,
    receipt text,
    primary key (turn_id, position)
  )`,

  `create table catalog.turn_reminder (
    turn_id text not null references catalog.turn,
    key text not null,
    kind text not null,
    due_at timestamptz not null,
    recorded_at timestamptz not null,
    primary key (turn_id, key)
  )`,

  // A return for correction: everything missing at once (Administrative Licensing Law art. 32).
  `create table catalog.correction (
    id text primary key,
    turn_id text not null references catalog.turn,
    case_no text not null,
    kind text,
    items jsonb not null,
    returned_at timestamptz not null,
    lapse_on date,
    answered_at timestamptz
  )`,
  `create index correction_case on catalog.correction (case_no)`,

  `create table catalog.extension (
    id text primary key,
    turn_id text not null references catalog.turn,
    days integer not null,
    reason text not null,
    document_hash text,
    state text not null,
    granted_days integer,
    requested_at timestamptz not null,
    answered_at timestamptz
  )`,
  `create index extension_turn on catalog.extension (turn_id)`,

  `create table catalog.decision (
    turn_id text primary key references catalog.turn,
    outcome text not null,
    findings jsonb not null,
    reasons jsonb not null,
    conditions jsonb not null,
    decided_by text not null,
    decided_at timestamptz not null,
    receipt text not null
  )`,

  `create table catalog.certificate (
    id text primary key,
    turn_id text not null unique references catalog.turn,
    content jsonb not null,
    hash text not null,
    made_at timestamptz not null
  )`,

  // Every act of a person, before the workflow hears of it: who, what by id and hash, when by the law's clock.
  `create table catalog.intake (
    receipt text primary key,
    seq bigint generated always as identity,
    act text not null,
    jurisdiction text not null,
    case_no text not null,
    turn_id text,
    workflow_id text not null,
    payload jsonb not null,
    actor_id text not null,
    actor_role text not null,
    actor_organisation text,
    received_at timestamptz not null,
    taken_at timestamptz not null default clock_timestamp(),
    state text not null default 'taken' check (state in ('taken', 'delivered', 'refused', 'parked', 'struckOut')),
    code text,
    settled_at timestamptz,
    attempts integer not null default 0,
    next_try_at timestamptz not null default clock_timestamp(),
    fault text,
    settled_by text
  )`,
  `create index intake_waiting on catalog.intake (next_try_at, seq) where state = 'taken'`,
  `create index intake_case on catalog.intake (case_no, seq)`,

  // The words of an act (reasons, conditions, items); never in a payload, an event or a log.
  `create table catalog.intake_text (
    receipt text primary key references catalog.intake,
    body jsonb not null
  )`,
];
