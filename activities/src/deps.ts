/** What the activities work with in a running installation: the database's law clock and calendars. */
import { calendarAt, newestCalendar } from '@gongshu/infra/calendars';
import { outagesBetween } from '@gongshu/infra/health-record';
import { graceMillis } from '@gongshu/infra/intake/take';
import { millisUntil, readLawClock } from '@gongshu/infra/law-clock';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import type { Kysely } from 'kysely';
import type { ApplicationDeps, CaseService, TimeReading } from './application/deps.ts';

/** A shorter silence of the intake, on the law's clock, is a restart, not an outage. */
const toleratedMillis = 60_000;

const readTime = async (db: Kysely<ApplicationTables>): Promise<TimeReading> => {
  const reading = await readLawClock(db);
  const { now, speed } = reading;
  return {
    now: now.getTime(),
    inMillis: (at) => millisUntil(reading, new Date(at)),
    sinceMillis: (at) => (speed === 0 ? null : Math.max(0, (now.getTime() - at) / speed)),
  };
};

/** Everything from the database: one clock and one calendar for all processes. */
export const databaseDeps = (
  db: Record<CaseService, Kysely<ApplicationTables>>,
  grace: number = graceMillis(),
): ApplicationDeps => ({
  db,
  time: () => readTime(db.catalog),
  calendars: {
    at: (version) => calendarAt(db.catalog, version),
    newest: async (jurisdiction) => (await newestCalendar(db.catalog, jurisdiction)).version,
  },
  intakeWasDown: async (service, from, to) =>
    (await outagesBetween(db[service], service, new Date(from), new Date(to))).some(
      (outage) =>
        Math.min(to, outage.to.getTime()) - Math.max(from, outage.from.getTime()) >= toleratedMillis,
    ),
  graceMillis: grace,
});
