/** Working days that a file lay with a body (S3), under the same readings as its clock (A3). */
import { addDays, type BusinessDate } from '../business-date.ts';
import type { Calendar } from '../calendar.ts';

/** First and last day that a file was out for correction; the last is null while it has not come back. */
export type Away = { from: BusinessDate; until: BusinessDate | null };

/** A file goes out to be corrected; once out, it is out, whoever else asks. Out again on the day of its return, it never was back. */
export const sentOut = (away: readonly Away[], day: BusinessDate): Away[] => {
  const last = away.at(-1);
  if (last?.until === null) return [...away];
  return last?.until === day
    ? [...away.slice(0, -1), { from: last.from, until: null }]
    : [...away, { from: day, until: null }];
};
/** It has come back. */
export const cameBack = (away: readonly Away[], day: BusinessDate): Away[] =>
  away.map((one) => ({ ...one, until: one.until ?? day }));

const inclusive = (calendar: Calendar, first: BusinessDate, last: BusinessDate): number | undefined =>
  first > last ? 0 : calendar.workingDaysBetween(addDays(first, -1), addDays(last, 1));

/**
 * Working days from the day after `start` to `end`, that day counted; those on which the file was out are given back,
 * the day of its return among them. `undefined` where the calendar does not know a year.
 */
export const workingDaysTaken = (
  calendar: Calendar,
  start: BusinessDate,
  end: BusinessDate,
  away: readonly Away[] = [],
): number | undefined => {
  let days = inclusive(calendar, addDays(start, 1), end);
  for (const { from, until } of away) {
    const first = from > start ? from : addDays(start, 1);
    const last = until !== null && until < end ? until : end;
    const out = inclusive(calendar, first, last);
    if (days === undefined || out === undefined) return undefined;
    days -= out;
  }
  return days === undefined ? undefined : Math.max(0, days);
};

/** The middle of the values, the mean of the two middle ones of an even number; null of none. */
export const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? at - 1 : at], sorted[at]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

/** The value that nine of ten do not exceed (nearest rank); null of none. */
export const tail = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.9) - 1] ?? null;
};
