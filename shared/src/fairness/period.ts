/**
 * The periods of the fairness report (M4): fixed, one after the other, so many months each, counted from the beginning of
 * the calendar: years, halves, quarters. Spans of one's own choosing would give a single case by the difference of two.
 */
import { addDays, type BusinessDate, yearOf } from '../business-date.ts';
import type { Span } from '../disclosure-facts/fact.ts';
import { correspondingDay } from '../mandate/term.ts';

/** The period that a day lies in. */
const periodOf = (day: BusinessDate, months: number): Span => {
  const into = (yearOf(day) * 12 + Number(day.slice(5, 7)) - 1) % months;
  const from = correspondingDay(`${day.slice(0, 8)}01`, -into);
  return { from, until: addDays(correspondingDay(from, months), -1) };
};

/** The last period that had ended before a day. */
export const lastPeriod = (today: BusinessDate, months: number): Span =>
  periodOf(addDays(periodOf(today, months).from, -1), months);

/**
 * The period that these days name, either of them alone too; the last that ended where neither is given. Undefined where
 * they are not its first and its last day, or it has not ended: what runs still would change from day to day.
 */
export const endedPeriod = (
  { from, until }: { from?: BusinessDate | undefined; until?: BusinessDate | undefined },
  months: number,
  today: BusinessDate,
): Span | undefined => {
  const last = lastPeriod(today, months);
  const named = from ?? until ?? last.from;
  if (named < '2000-01-01' || named > last.until) return undefined;
  const period = periodOf(named, months);
  return period.from === (from ?? period.from) && period.until === (until ?? period.until)
    ? period
    : undefined;
};
