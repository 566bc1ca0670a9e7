import { canonicalJson } from '@gongshu/shared/canonical-json';
import { jsonHash } from './hash.ts';
import { endOfDay } from '@gongshu/shared/business-date';
import { Calendar, type CalendarData, withChanges, withYear } from '@gongshu/shared/calendar';
import { type Kysely, sql, type Transaction } from 'kysely';
import { shippedCalendar } from './shipped-calendar.ts';

type Db = Kysely<any>;

/** A calendar and the hash it is known by. */
export type VersionedCalendar = { version: string; calendar: Calendar };

const known = new Map<string, Calendar>();
/** More than a year of daily changes in twenty cities; the oldest goes first. */
const knownAtMost = 500;

const remember = (version: string, data: CalendarData): Calendar => {
  const found = known.get(version);
  if (found) return found;
  const calendar = new Calendar(data);
  if (known.size >= knownAtMost) known.delete(known.keys().next().value ?? '');
  known.set(version, calendar);
  return calendar;
};

/** The calendar of a version; versions never change, so it is read once. @throws RangeError for one never loaded. */
export const calendarAt = async (db: Db, version: string): Promise<Calendar> => {
  const found = known.get(version);
  if (found) return found;
  const { rows } = await sql<{ data: CalendarData }>`
    select data
    from platform.calendar_version
    where version = ${version}`.execute(db);
  if (!rows[0]) throw new RangeError(`no calendar version ${version}`);
  return remember(version, rows[0].data);
};

/** The version in force: the jurisdiction's newest, or the nation's where it has none of its own. */
const newestVersion = async (db: Db, jurisdiction: string | null): Promise<string | undefined> => {
  const { rows } = await sql<{ version: string }>`
    select version
    from platform.calendar_load
    where jurisdiction is not distinct from ${jurisdiction}::text
       or jurisdiction is null
    order by jurisdiction is null, seq desc
    limit 1`.execute(db);
  return rows[0]?.version;
};

/**
 * The calendar in force in a jurisdiction; `null` asks for the nation's.
 * @throws Error before `ensureShippedCalendar` has run.
 */
export const newestCalendar = async (db: Db, jurisdiction: string | null): Promise<VersionedCalendar> => {
  const version = await newestVersion(db, jurisdiction);
  if (version === undefined)
    throw new Error('no calendar is loaded; ensureShippedCalendar() loads the first');
  return { version, calendar: await calendarAt(db, version) };
};

/** What is added: years published (or published anew) and single days changed. */
export type CalendarLoad = {
  /** `null`: the nation's, for everyone. */
  jurisdiction: string | null;
  data: CalendarData;
  /** The notice, or why; for whoever looks the version up. */
  note: string;
  /** Law instant. */
  at: Date;
};

/** One version and its place among all loads. */
export type MadeCalendar = { jurisdiction: string | null; version: string; seq: number };

/** Which versions a load made, newest of each; `null` stands for the nation and all without changes of their own. */
export type LoadedCalendar = {
  version: string;
  made: MadeCalendar[];
  /** False when everything loaded stood there already: nothing was written. */
  changed: boolean;
};

const empty: CalendarData = { years: [], changes: [] };

const added = (base: CalendarData, { years, changes }: CalendarData): CalendarData =>
  withChanges(years.reduce(withYear, base), changes);

/** The jurisdiction is part of the hash: two cities with the same days have versions of their own. */
const versionOf = (jurisdiction: string | null, data: CalendarData): string =>
  jsonHash({ jurisdiction, data });

type Newest = { jurisdiction: string | null; own: CalendarData; data: CalendarData; version: string };

const newestOfAll = async (trx: Transaction<any>): Promise<Map<string | null, Newest>> => {
  const { rows } = await sql<Newest>`
    select distinct on (load.jurisdiction) load.jurisdiction, load.own, load.version, content.data
    from platform.calendar_load as load
    join platform.calendar_version as content using (version)
    order by load.jurisdiction, load.seq desc`.execute(trx);
  return new Map(rows.map((row) => [row.jurisdiction, row]));
};

const write = async (
  trx: Transaction<any>,
  { jurisdiction, own, data }: Omit<Newest, 'version'>,
  { note, at }: CalendarLoad,
): Promise<MadeCalendar> => {
  const version = versionOf(jurisdiction, data);
  await sql`
    insert into platform.calendar_version (version, jurisdiction, data)
    values (${version}, ${jurisdiction}, ${JSON.stringify(data)}::jsonb)
    on conflict (version) do nothing`.execute(trx);
  const { rows } = await sql<{ seq: number }>`
    insert into platform.calendar_load (jurisdiction, version, own, note, loaded_at)
    values (${jurisdiction}, ${version}, ${JSON.stringify(own)}::jsonb, ${note}, ${at})
    returning seq`.execute(trx);
  return { jurisdiction, version, seq: rows[0]?.seq ?? 0 };
};

/** The sandbox's clock ends with the last year that the nation has published. */
const endClock = async (trx: Transaction<any>, data: CalendarData): Promise<void> => {
  const last = new Calendar(data).lastPublishedYear();
  if (last !== undefined)
    await sql`select platform.end_law_clock(${new Date(endOfDay(`${last}-12-31`))})`.execute(trx);
};

/** A city's own years give way to those that this national load publishes; its closures and working days stand. */
const rebased = (city: Newest, load: CalendarData, national: CalendarData): Omit<Newest, 'version'> => {
  const published = new Set(load.years.map(({ year }) => year));
  const own = { years: city.own.years.filter(({ year }) => !published.has(year)), changes: city.own.changes };
  return { jurisdiction: city.jurisdiction, own, data: added(national, own) };
};

/**
 * Adds years and changed days to a jurisdiction's calendar, or to the nation's, inside the caller's transaction.
 * A national load makes new versions for the jurisdictions that have changes of their own, so that nothing is lost.
 * One load at a time; the same load twice writes nothing.
 */
export const loadCalendar = async (trx: Transaction<any>, load: CalendarLoad): Promise<LoadedCalendar> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('gongshu calendar', 0))`.execute(trx);
  const newest = await newestOfAll(trx);
  const nation = newest.get(null) ?? { jurisdiction: null, own: empty, data: empty, version: '' };
  const before = newest.get(load.jurisdiction) ?? { ...nation, jurisdiction: load.jurisdiction, own: empty };
  const after = {
    jurisdiction: load.jurisdiction,
    own: added(before.own, load.data),
    data: added(before.data, load.data),
  };
  if (canonicalJson(after.data) === canonicalJson(before.data) && before.version)
    return { version: before.version, made: [], changed: false };
  const made = [await write(trx, after, load)];
  if (load.jurisdiction === null) {
    for (const [jurisdiction, city] of newest)
      if (jurisdiction !== null) made.push(await write(trx, rebased(city, load.data, after.data), load));
    await endClock(trx, after.data);
  }
  return { version: made[0]?.version ?? before.version, made, changed: true };
};

/**
 * Loads the years that ship with the product as the nation's calendar, at the first start; later starts load nothing.
 * After `startLawClock`: a sandbox's clock ends with the last of these years.
 */
export const ensureShippedCalendar = async (db: Db): Promise<void> => {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('gongshu calendar', 0))`.execute(trx);
    const version = await newestVersion(trx, null);
    if (version !== undefined) {
      await endClock(trx, (await calendarAt(trx, version)).data);
      return;
    }
    const { rows } = await sql<{ at: Date }>`select platform.law_now() as at`.execute(trx);
    await loadCalendar(trx, {
      jurisdiction: null,
      data: shippedCalendar(),
      note: 'shipped with the product',
      at: rows[0]?.at ?? new Date(),
    });
  });
};
