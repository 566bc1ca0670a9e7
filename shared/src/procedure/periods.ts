/** When periods end, under a calendar. Pure: the activity that reads the calendar and the tests ask the same. */
import { morning, workingDayBefore } from '../clock/reminder-days.ts';
import { addDays, businessDateOf, endOfDay, type BusinessDate } from '../business-date.ts';
import type { Calendar } from '../calendar.ts';
import type { Period, PeriodLimit, PeriodReading, Periods } from './machine.ts';

/** The day itself if it is a working day, else the next; `undefined` where the calendar ends before one. */
const onWorkingDay = (calendar: Calendar, date: BusinessDate): BusinessDate | undefined => {
  const kind = calendar.day(date);
  if (!kind) return undefined;
  return kind.working ? date : calendar.workingDayAfter(date, 1);
};

const hour = 3_600_000;

const lastDayOf = (from: number, limit: DayLimit, calendar: Calendar): BusinessDate | undefined => {
  if ('on' in limit) return limit.on;
  const first = businessDateOf(from);
  return 'workingDays' in limit
    ? calendar.workingDayAfter(first, limit.workingDays)
    : onWorkingDay(calendar, addDays(first, limit.calendarDays));
};

type DayLimit = Exclude<PeriodLimit, { hours: number }>;

/** A day fixed beforehand may lie before the period began: it has passed at once, and nothing is dated before its cause. */
const reading = (key: string, from: number, lastDay: BusinessDate | undefined): PeriodReading =>
  lastDay === undefined
    ? { key, lastDay: null, at: null, provisional: true }
    : { key, lastDay, at: Math.max(from, endOfDay(lastDay)), provisional: false };

/**
 * The periods by key. `before` is how they stood under an earlier calendar: one whose end a new calendar puts into the
 * past ends at the end of the next working day instead (as a review's clock does), and so does one whose year was
 * published only after its end. What has ended stays ended.
 */
export const readPeriods = (
  periods: readonly Period[],
  calendar: Calendar,
  { now, before }: { now: number; before: Periods },
): Periods =>
  Object.fromEntries(
    periods.map((period) => {
      const { article } = period;
      const read = readPeriod(period, calendar, now, before[period.key]);
      return [period.key, { ...read, ...(article && { article }) }];
    }),
  );

const readPeriod = (
  period: Period,
  calendar: Calendar,
  now: number,
  before: PeriodReading | undefined,
): PeriodReading => {
  const { key, from, limit } = period;
  if ('hours' in limit) return readHours({ key, from, hours: limit.hours }, now, before);
  const found = reading(key, from, lastDayOf(from, limit, calendar));
  if (!before || found.at === null || found.at > now || before.at === found.at) return found;
  if (before.at !== null && (before.at <= now || before.at > found.at)) return before;
  return reading(key, from, calendar.workingDayAfter(businessDateOf(now), 1));
};

/** No calendar moves it; one that was held for an outage of the intake stays held, while its hours are the same. */
const readHours = (
  { key, from, hours }: { key: string; from: number; hours: number },
  now: number,
  before: PeriodReading | undefined,
): PeriodReading => {
  const at = from + hours * hour;
  const same = before?.hours === undefined || before.hours === hours;
  const held = same && before?.at !== undefined && before.at !== null && before.at > at && at <= now;
  return held ? before : { key, lastDay: businessDateOf(at - 1), at, hours, provisional: false };
};

export type PeriodWake = {
  kind: 'reminder' | 'end';
  period: string;
  key: string;
  at: number;
  lastDay: BusinessDate;
  /** Of a period in hours. */
  byHours?: true;
};

/** What wakes the case, earliest first: reminders that are still ahead of their period's end and not done, and the ends. */
export const wakesOf = (
  periods: readonly Period[],
  readings: Periods,
  calendar: Calendar,
  { now, done }: { now: number; done: readonly string[] },
): PeriodWake[] =>
  periods
    .flatMap((period): PeriodWake[] => {
      const { lastDay, at } = readings[period.key] ?? { lastDay: null, at: null };
      if (lastDay === null || at === null) return [];
      const ahead = now < at ? (period.reminders ?? []) : [];
      const hours = 'hours' in period.limit;
      const of = { period: period.key, lastDay, ...(hours && { byHours: true as const }) };
      const reminders = ahead.flatMap((before): PeriodWake[] => {
        if (hours) {
          const remind = { kind: 'reminder', key: `${period.key}/${at}/${before}h`, ...of } as const;
          const then = at - before * hour;
          return done.includes(remind.key) || then <= period.from ? [] : [{ ...remind, at: then }];
        }
        const days = before;
        const key = `${period.key}/${lastDay}/${days}`;
        const on = workingDayBefore(calendar, lastDay, days);
        if (on === undefined || done.includes(key) || morning(on) <= period.from) return [];
        return [{ kind: 'reminder', key, at: morning(on), ...of }];
      });
      return [...reminders, { kind: 'end', key: `${period.key}/end`, at, ...of }];
    })
    .toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
