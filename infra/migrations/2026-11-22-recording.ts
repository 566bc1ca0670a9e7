// Old code still runs: everything here is new.
import { type Kysely, sql } from 'kysely';

const services = ['catalog', 'registry', 'pricing', 'disclosure'];

/** Roles belong to the server, not the database: one may be there already, or be made by another just now. */
const role = (name: string) => `
  do $$ begin
    create role ${name} nologin;
  exception when duplicate_object or unique_violation then null;
  end $$;`;

const platform = `
  create schema if not exists platform;
  ${role('gongshu_relay')}
  ${services.map((service) => role(`gongshu_${service}`)).join('\n')}
  grant usage on schema platform to gongshu_relay, ${services.map((s) => `gongshu_${s}`).join(', ')};
  grant select on all tables in schema platform to ${services.map((s) => `gongshu_${s}`).join(', ')};
  alter default privileges in schema platform
    grant select on tables to ${services.map((s) => `gongshu_${s}`).join(', ')};

  create function platform.notify_outbox() returns trigger language plpgsql as $$
  begin
    perform pg_notify('gongshu_outbox_' || tg_table_schema, '');
    return null;
  end $$;`;

const tables = (service: string) => `
  create schema ${service};
  grant usage on schema ${service} to gongshu_${service}, gongshu_relay;
  alter default privileges in schema ${service}
    grant select, insert, update, delete on tables to gongshu_${service};
  alter default privileges in schema ${service}
    grant usage, select on sequences to gongshu_${service};

  -- One row per case or object. Its lock puts the events of one subject in order;
  -- last_public and last_case are the newest versions bound for each topic, previous what stood there before.
  create table ${service}.aggregate (
    id text primary key,
    version bigint not null check (version > 0),
    last_public bigint not null default 0,
    last_case bigint not null default 0,
    previous bigint not null default 0
  );

  -- id, aggregatetype, aggregateid, type, payload as Debezium's outbox router names them.
  create table ${service}.outbox (
    seq bigint generated always as identity primary key,
    id uuid not null unique,
    key text not null unique,
    aggregatetype text not null,
    aggregateid text not null,
    aggregate_version bigint not null,
    previous_version bigint not null,
    type text not null,
    topic text not null,
    jurisdiction text not null,
    payload jsonb not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    published_at timestamptz,
    pub_seq bigint unique,
    skipped_at timestamptz,
    unique (aggregateid, aggregate_version)
  );
  create index outbox_pending on ${service}.outbox (seq) where published_at is null and skipped_at is null;
  create index outbox_subject on ${service}.outbox (aggregateid, seq);
  create trigger outbox_notify after insert on ${service}.outbox
    for each statement execute function platform.notify_outbox();

  -- The number that the last published row got.
  create table ${service}.relay_head (
    one boolean primary key default true check (one),
    pub_seq bigint not null
  );
  insert into ${service}.relay_head (pub_seq) values (0);

  -- entry is the canonical JSON that leaf_hash was taken of; the other columns are only for looking up.
  create table ${service}.audit_entry (
    number bigint primary key,
    event_id uuid not null unique,
    subject text not null,
    type text not null,
    actor_id text not null,
    occurred_at timestamptz not null,
    entry text not null,
    leaf_hash bytea not null
  );
  create index audit_entry_subject on ${service}.audit_entry (subject, number);
  create index audit_entry_actor on ${service}.audit_entry (actor_id, number);
  create table ${service}.audit_head (
    one boolean primary key default true check (one),
    number bigint not null,
    leaf_hash bytea not null
  );
  insert into ${service}.audit_head (number, leaf_hash) values (0, '');

  create table ${service}.idempotency (
    key text not null,
    actor text not null,
    request_hash text not null,
    status integer,
    headers jsonb,
    body jsonb,
    created_at timestamptz not null,
    primary key (actor, key)
  );
  create index idempotency_created on ${service}.idempotency (created_at);

  -- What a consumer of ours has handled; written with the effect.
  create table ${service}.processed_event (
    consumer text not null,
    event_id text not null,
    processed_at timestamptz not null default clock_timestamp(),
    primary key (consumer, event_id)
  );
  create table ${service}.subscriber_position (
    consumer text not null,
    topic text not null,
    subject text not null,
    sequence bigint not null,
    primary key (consumer, topic, subject)
  );
  create table ${service}.event_gap (
    id bigint generated always as identity primary key,
    consumer text not null,
    topic text not null,
    subject text not null,
    event_id text not null,
    kind text not null check (kind in ('gap', 'inversion')),
    expected bigint not null,
    received bigint not null,
    found_at timestamptz not null default clock_timestamp()
  );

  -- What could be neither sent (consumer 'relay') nor taken in, with the reason, until a person decides.
  create table ${service}.dead_letter (
    id bigint generated always as identity primary key,
    consumer text not null,
    event_id text,
    subject text,
    topic text not null,
    partition integer,
    "offset" text,
    reason text not null,
    headers jsonb,
    value bytea,
    parked_at timestamptz not null default clock_timestamp(),
    released_at timestamptz,
    released_by text,
    resolution text check (resolution in ('retry', 'skip'))
  );
  create unique index dead_letter_place on ${service}.dead_letter (consumer, topic, partition, "offset");
  create index dead_letter_held on ${service}.dead_letter (consumer, subject) where released_at is null;

  revoke update, delete on ${service}.audit_entry from gongshu_${service};
  revoke delete on ${service}.audit_head, ${service}.aggregate, ${service}.outbox from gongshu_${service};
  revoke update on ${service}.outbox from gongshu_${service};
  revoke insert, update, delete on ${service}.relay_head from gongshu_${service};

  grant select, update (published_at, pub_seq, skipped_at) on ${service}.outbox to gongshu_relay;
  grant select, update on ${service}.relay_head to gongshu_relay;
  grant select, insert, update on ${service}.dead_letter to gongshu_relay;`;

/** Schemas, roles, and in every service's schema what record(), relay and subscribers need. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(platform).execute(db);
  for (const service of services) await sql.raw(tables(service)).execute(db);
}
