// Old code still runs: everything here is new.
import { type Kysely, sql } from 'kysely';

const everyRole = ['catalog', 'registry', 'pricing', 'disclosure', 'relay']
  .map((name) => `gongshu_${name}`)
  .join(', ');

const lawClock = `
  -- Sandbox time: one row, none in production. The law stands at virtual_at + (now - real_at) * speed. It runs while
  -- somebody keeps it (runs_until, real), and stands still where the calendar ends (ends_at, virtual).
  create table platform.law_clock (
    one boolean primary key default true check (one),
    real_at timestamptz not null,
    virtual_at timestamptz not null,
    speed numeric not null check (speed between 0 and 31536000),
    runs_until timestamptz,
    ends_at timestamptz
  );

  create function platform.law_clock_reading(clock platform.law_clock) returns timestamptz
  language sql volatile set search_path = '' as $$
    select least(
      clock.virtual_at
        + greatest(
            extract(epoch from least(clock_timestamp(), coalesce(clock.runs_until, 'infinity')) - clock.real_at),
            0
          ) * clock.speed * interval '1 second',
      greatest(coalesce(clock.ends_at, 'infinity'), clock.virtual_at)
    )
  $$;

  -- The instant the law runs on.
  create function platform.law_now() returns timestamptz
  language plpgsql volatile security definer set search_path = '' as $$
  declare
    clock platform.law_clock;
  begin
    select * into clock from platform.law_clock;
    return case when found then platform.law_clock_reading(clock) else clock_timestamp() end;
  end $$;

  -- Moves the clock forward, or changes its speed; null leaves either as it is. Goes to the millisecond, as instants do outside.
  create function platform.set_law_clock(virtual timestamptz, new_speed numeric) returns timestamptz
  language plpgsql volatile security definer set search_path = '' as $$
  declare
    clock platform.law_clock;
    stands timestamptz;
  begin
    select * into clock from platform.law_clock for update;
    if not found then
      raise exception 'there is no sandbox clock' using errcode = 'GS001';
    end if;
    stands := platform.law_clock_reading(clock);
    if virtual < date_trunc('milliseconds', stands) then
      raise exception 'the law''s clock stands at % and never goes back', stands using errcode = 'GS002';
    end if;
    update platform.law_clock
    set virtual_at = greatest(virtual, stands), real_at = clock_timestamp(), speed = coalesce(new_speed, clock.speed);
    -- Who is alive at the jump is alive at its end: a jump is no outage.
    update platform.heartbeat
    set law_at = greatest(virtual, stands)
    where good_until > clock_timestamp();
    return greatest(virtual, stands);
  end $$;

  -- Lets the clock run for so many more real seconds from where it stands; 0 makes it stand still.
  create function platform.keep_law_clock(seconds numeric) returns timestamptz
  language plpgsql volatile security definer set search_path = '' as $$
  declare
    clock platform.law_clock;
    stands timestamptz;
  begin
    select * into clock from platform.law_clock for update;
    if not found then
      return null;
    end if;
    stands := platform.law_clock_reading(clock);
    update platform.law_clock
    set virtual_at = stands,
        real_at = clock_timestamp(),
        runs_until = clock_timestamp() + seconds * interval '1 second';
    return stands;
  end $$;

  -- Where the clock stops: the end of the last published year.
  create function platform.end_law_clock(last timestamptz) returns void
  language plpgsql volatile security definer set search_path = '' as $$
  declare
    clock platform.law_clock;
  begin
    select * into clock from platform.law_clock for update;
    if not found then
      return;
    end if;
    update platform.law_clock
    set virtual_at = platform.law_clock_reading(clock), real_at = clock_timestamp(), ends_at = last;
  end $$;`;

const calendars = `
  -- Content by its hash: a version never changes.
  create table platform.calendar_version (
    version text primary key,
    jurisdiction text,
    data jsonb not null
  );
  -- Which version stood from when; the newest of a jurisdiction, or else of the nation, is in force.
  -- own: what the jurisdiction loaded itself, carried over to every later national version.
  create table platform.calendar_load (
    seq bigint generated always as identity primary key,
    jurisdiction text,
    version text not null references platform.calendar_version (version),
    own jsonb not null,
    note text not null,
    loaded_at timestamptz not null
  );
  create index calendar_load_newest on platform.calendar_load (jurisdiction, seq);`;

const health = `
  -- law_at: the law's instant at the newest sign of life; good_until: real, when silence becomes noticeable.
  create table platform.heartbeat (
    service text not null,
    instance text not null,
    real_at timestamptz not null,
    law_at timestamptz not null,
    good_until timestamptz not null,
    primary key (service, instance)
  );
  create table platform.outage (
    service text not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    real_from timestamptz not null,
    real_to timestamptz not null,
    primary key (service, real_from)
  );
  create index outage_by_law on platform.outage (service, to_at);`;

const grants = `
  grant select on platform.law_clock, platform.calendar_version, platform.calendar_load, platform.heartbeat,
    platform.outage to ${everyRole};
  grant insert on platform.calendar_version, platform.calendar_load to gongshu_catalog;
  grant insert, update, delete on platform.heartbeat to ${everyRole};
  grant insert on platform.outage to ${everyRole};
  revoke execute on function platform.set_law_clock, platform.keep_law_clock, platform.end_law_clock from public;
  grant execute on function platform.set_law_clock, platform.keep_law_clock, platform.end_law_clock to gongshu_catalog;
  -- A sandbox is begun by the catalog service; production mode never asks for it.
  grant insert on platform.law_clock to gongshu_catalog;`;

/** The law's clock, the calendars and the record of services' health. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statements of [health, lawClock, calendars, grants]) await sql.raw(statements).execute(db);
}
