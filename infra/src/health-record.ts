import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';

type Db = Kysely<any>;

export type HeartbeatOptions = {
  /** How often a sign of life is written, in real milliseconds; six times within `silentAfterMillis` when left out. */
  everyMillis?: number;
  /** Silence longer than this is an outage, in real milliseconds; as `silentAfter` says when left out. */
  silentAfterMillis?: number;
};

/** From which silence on a service counts as down, in real milliseconds: GONGSHU_SILENT_AFTER_MILLIS, at least 600, else 30,000. */
export const silentAfter = (env: NodeJS.ProcessEnv = process.env): number => {
  const millis = Number(env['GONGSHU_SILENT_AFTER_MILLIS']);
  return Number.isFinite(millis) && millis >= 600 ? millis : 30_000;
};

/** One sign of life. The silence before it, of all instances of the service, becomes an outage where it was long enough. */
const beat = async (db: Db, service: string, instance: string, silentAfterMillis: number): Promise<void> => {
  // Two instances that come back at once see the same gap: the key keeps it one.
  await sql`
    with now as materialized (
      select clock_timestamp() as real_at, platform.law_now() as law_at
    ), newest as (
      select real_at, law_at
      from platform.heartbeat
      where service = ${service}
      order by real_at desc
      limit 1
    ), gap as (
      insert into platform.outage (service, from_at, to_at, real_from, real_to)
      select ${service}, newest.law_at, greatest(now.law_at, newest.law_at), newest.real_at, now.real_at
      from newest
      cross join now
      where now.real_at - newest.real_at > ${silentAfterMillis} * interval '1 millisecond'
      on conflict (service, real_from) do nothing
    )
    insert into platform.heartbeat (service, instance, real_at, law_at, good_until)
    select ${service}, ${instance}, real_at, law_at, real_at + ${silentAfterMillis} * interval '1 millisecond'
    from now
    on conflict (service, instance) do update
    set real_at = excluded.real_at, law_at = excluded.law_at, good_until = excluded.good_until`.execute(db);
};

/**
 * Writes a service's signs of life until `stop`. When it comes back after a longer silence, the silence is recorded as
 * an outage with the law's instants. A beat that the database misses is made good by the next.
 */
export const startHeartbeat = async (
  db: Db,
  service: string,
  options: HeartbeatOptions = {},
): Promise<{ stop: () => Promise<void> }> => {
  const { silentAfterMillis = silentAfter() } = options;
  const { everyMillis = silentAfterMillis / 6 } = options;
  const instance = randomUUID();
  await beat(db, service, instance, silentAfterMillis);
  await sql`
    delete from platform.heartbeat
    where service = ${service}
      and real_at < clock_timestamp() - interval '1 day'`.execute(db);
  let last: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    last = beat(db, service, instance, silentAfterMillis).catch(() => {});
  }, everyMillis);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await last;
      // From here on a jump of the sandbox's clock no longer finds this instance alive.
      await sql`
        update platform.heartbeat
        set good_until = clock_timestamp()
        where service = ${service}
          and instance = ${instance}`.execute(db);
    },
  };
};

/** A stretch in which a service gave no sign of life, in the law's instants. */
export type Outage = { from: Date; to: Date };

/**
 * Outages of a service that touch the law's stretch from `from` to `to`, oldest first, among them one that is going on:
 * no sign of life for longer than `silentAfterMillis` real milliseconds. A service never seen has none.
 */
export const outagesBetween = async (
  db: Db,
  service: string,
  from: Date,
  to: Date,
  { silentAfterMillis = silentAfter() }: Pick<HeartbeatOptions, 'silentAfterMillis'> = {},
): Promise<Outage[]> => {
  const { rows } = await sql<Outage>`
    select from_at as "from", to_at as "to"
    from (
      select from_at, to_at
      from platform.outage
      where service = ${service}
      union all
      select law_at, greatest(platform.law_now(), law_at)
      from (
        select law_at, real_at
        from platform.heartbeat
        where service = ${service}
        order by real_at desc
        limit 1
      ) as newest
      where clock_timestamp() - real_at > ${silentAfterMillis} * interval '1 millisecond'
    ) as outages
    where from_at < ${to}
      and to_at > ${from}
    order by from_at`.execute(db);
  return rows;
};
