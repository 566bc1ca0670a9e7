// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Notices, the channels of the bodies that hear them, and a record of every delivery (中卫 18, 20, 21). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const services = 'gongshu_catalog, gongshu_registry, gongshu_pricing, gongshu_disclosure';

const statements = [
  // Written in the transaction of the change it tells. Ids, codes, hashes, instants: the words are made when read.
  `create table platform.notice (
    seq bigint generated always as identity unique,
    id uuid primary key default gen_random_uuid(),
    jurisdiction text not null,
    service text not null,
    case_no text collate "C",
    turn_id text collate "C",
    addressee text not null,
    kind text not null,
    event_id uuid not null,
    event_type text not null,
    instrument text,
    article text,
    data jsonb not null,
    -- On the law's clock.
    issued_at timestamptz not null,
    -- Whether its deliveries have been made out.
    planned boolean not null default false,
    read_at timestamptz,
    unique (event_id, kind, addressee)
  )`,
  `create index notice_inbox on platform.notice (jurisdiction, addressee, seq)`,
  `create index notice_city on platform.notice (jurisdiction, seq)`,
  `create index notice_case on platform.notice (case_no, seq) where case_no is not null`,
  `create index notice_turn on platform.notice (turn_id) where turn_id is not null`,
  `create index notice_unplanned on platform.notice (seq) where not planned`,

  // Where a body wants its notices besides the inbox. Contacts and secrets: for the registry's eyes alone.
  `create table platform.channel (
    id uuid primary key default gen_random_uuid(),
    seq bigint generated always as identity unique,
    jurisdiction text not null,
    organisation text not null,
    kind text not null check (kind in ('mail', 'webhook')),
    target text not null,
    secret text,
    opened_by text not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    check ((kind = 'webhook') = (secret is not null))
  )`,
  `create unique index channel_open on platform.channel (jurisdiction, organisation, kind, target)
    where closed_at is null`,

  // One row a delivery; a redelivery or a replay is a new round. attempts and next_try_at are of real time.
  `create table platform.notice_delivery (
    id uuid primary key default gen_random_uuid(),
    notice_id uuid not null references platform.notice,
    -- null: the inbox.
    channel_id uuid references platform.channel,
    kind text not null check (kind in ('inbox', 'mail', 'webhook')),
    round integer not null default 1,
    state text not null check (state in ('waiting', 'delivered', 'failed')),
    attempts integer not null default 0,
    code text,
    next_try_at timestamptz not null default clock_timestamp(),
    delivered_at timestamptz,
    delivered_really_at timestamptz,
    unique nulls not distinct (notice_id, channel_id, round),
    check ((channel_id is null) = (kind = 'inbox')),
    check ((state = 'delivered') = (delivered_at is not null))
  )`,
  `create index notice_delivery_due on platform.notice_delivery (channel_id, next_try_at) where state = 'waiting'`,

  `grant insert on platform.notice to ${services}`,
  `grant update (planned, read_at) on platform.notice to gongshu_registry`,
  `grant insert, update on platform.notice_delivery to gongshu_registry`,
  `revoke select on platform.channel from ${services}`,
  `grant select, insert on platform.channel to gongshu_registry`,
  `grant update (closed_at) on platform.channel to gongshu_registry`,
];
