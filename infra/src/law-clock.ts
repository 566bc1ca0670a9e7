import { type Kysely, sql } from 'kysely';

/** Where a sandbox begins when nobody says otherwise: published years lie ahead. */
export const defaultSandboxStart = new Date('2024-03-01T08:00:00+08:00');

/** Real seconds that the clock runs on after its last keeper's sign of life. */
const leaseSeconds = 15;
const beatMillis = 5_000;

type Db = Kysely<any>;

/** One look at the law's clock. `speed`: law seconds per real second, 1 in production, 0 while it stands still. */
export type LawClockReading = {
  now: Date;
  speed: number;
  sandbox: boolean;
  /** Where a sandbox's clock stops: the end of the last published year; `null` in production. */
  endsAt: Date | null;
};

type Row = { now: Date; speed: number | null; ends_at: Date | null };

/** Now and speed in one query. In production the database's clock at speed 1. */
export const readLawClock = async (db: Db): Promise<LawClockReading> => {
  const { rows } = await sql<Row>`
    select platform.law_now() as now, clock.speed::float8 as speed, clock.ends_at
    from (select 1) as one
    left join platform.law_clock as clock on true`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('The database gave no time');
  return { now: row.now, speed: row.speed ?? 1, sandbox: row.speed !== null, endsAt: row.ends_at };
};

/** The instant that the law runs on: the database's clock, or the sandbox's; one for all processes. */
export const lawNow = async (db: Db): Promise<Date> => {
  const { rows } = await sql<{ now: Date }>`select platform.law_now() as now`.execute(db);
  const now = rows[0]?.now;
  if (!now) throw new Error('The database gave no time');
  return now;
};

/**
 * Real milliseconds from a reading until a law instant: 0 when it has come, `null` when the clock as it runs never
 * gets there (it stands still, or ends before).
 */
export const millisUntil = ({ now, speed, endsAt }: LawClockReading, at: Date): number | null => {
  const ahead = at.getTime() - now.getTime();
  if (ahead <= 0) return 0;
  if (speed === 0 || (endsAt !== null && at > endsAt)) return null;
  return Math.ceil(ahead / speed);
};

/** Real milliseconds until a law instant; see `millisUntil`. */
export const realMillisUntil = async (db: Db, at: Date): Promise<number | null> =>
  millisUntil(await readLawClock(db), at);

/** The law's clock was asked to go back; it never does. */
export class ClockGoesForward extends Error {
  override name = 'ClockGoesForward';
}

/** There is no sandbox here: production runs on the real date. */
export class NoSandbox extends Error {
  override name = 'NoSandbox';
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/**
 * Moves the sandbox's clock to an instant, and gives the instant it stands at.
 * @throws ClockGoesForward when it stands later; NoSandbox in production.
 */
export const moveLawClock = async (db: Db, to: Date, speed?: number): Promise<Date> => {
  try {
    const { rows } = await sql<{ now: Date }>`
      select platform.set_law_clock(${to}, ${speed ?? null}::numeric) as now`.execute(db);
    return rows[0]?.now ?? to;
  } catch (error) {
    if (codeOf(error) === 'GS001') throw new NoSandbox('There is no sandbox clock', { cause: error });
    if (codeOf(error) === 'GS002') throw new ClockGoesForward('The clock never goes back', { cause: error });
    throw error;
  }
};

export type LawClockOptions = {
  mode: 'development' | 'production';
  /** Where the sandbox begins, at its first start only; 2024-03-01T08:00+08:00 when left out. */
  start?: Date | undefined;
  /** Law seconds per real second; a given speed holds from now on, else the one that stood, else 1. */
  speed?: number | undefined;
};

/** Production was asked to run on a sandbox's time; one sentence says why it won't. */
export class LawClockRefused extends Error {
  override name = 'ConfigError';
}

const production = async (db: Db, { start }: LawClockOptions): Promise<void> => {
  if (start !== undefined)
    throw new LawClockRefused(
      'GONGSHU_SANDBOX_START is set, and production mode refuses sandbox time; unset it.',
    );
  if ((await readLawClock(db)).sandbox)
    throw new LawClockRefused(
      'This database ran in sandbox time, and production mode refuses it; start with a database of its own.',
    );
};

/**
 * Begins the sandbox's clock at the first start, and goes on where it stood at every later one: while nobody keeps it,
 * it stands still, so that downtime costs no deadline and nothing goes back. Keeps it until `stop`, which lets it stand.
 * Several processes may keep one clock. In production: nothing to keep.
 * @throws LawClockRefused in production with a sandbox set or in the database.
 */
export const startLawClock = async (
  db: Db,
  options: LawClockOptions,
): Promise<{ stop: () => Promise<void> }> => {
  if (options.mode === 'production') {
    await production(db, options);
    return { stop: async () => {} };
  }
  const keep = (seconds: number) => sql`select platform.keep_law_clock(${seconds}::numeric)`.execute(db);
  await sql`
    insert into platform.law_clock (real_at, virtual_at, speed)
    values (clock_timestamp(), ${options.start ?? defaultSandboxStart}, ${options.speed ?? 1}::numeric)
    on conflict (one) do nothing`.execute(db);
  await keep(leaseSeconds);
  if (options.speed !== undefined)
    await sql`select platform.set_law_clock(null, ${options.speed}::numeric)`.execute(db);
  // A missed beat is made good by the next; the clock itself says when it has not been kept.
  const timer = setInterval(() => void keep(leaseSeconds).catch(() => {}), beatMillis);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await keep(0);
    },
  };
};

/** Changes how fast the sandbox's clock runs, from where it stands: law seconds per real second, 0 stands still. */
export const setLawClockSpeed = async (db: Db, speed: number): Promise<void> => {
  await sql`select platform.set_law_clock(null, ${speed}::numeric)`.execute(db);
};
