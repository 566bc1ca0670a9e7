/** When what a city reports and discloses falls due, and what its Schedule starts (S1–S3, M3, M5). Pure. */
import { addDays, type BusinessDate, startOfDay } from '../business-date.ts';
import type { Calendar } from '../calendar.ts';

export const dueKinds = [
  ...(['implementingBody', 'operator', 'overallReport'] as const),
  ...(['bulletin', 'merchants', 'work'] as const),
] as const;
export type DueKind = (typeof dueKinds)[number];
/** `open`: gathered, drafted, asked for; `publish`: the last day of a disclosure; `late`: the day after that of a report. */
export type DueStep = 'open' | 'publish' | 'late';

/** One thing that falls due: of an operator, or of the city where `operator` is empty. */
export type ReportDue = {
  jurisdiction: string;
  kind: DueKind;
  operator: string;
  from: BusinessDate;
  until: BusinessDate;
  step: DueStep;
};

export type DuePeriod = { from: BusinessDate; until: BusinessDate; opensAt: number };

/**
 * So many periods that ended while nobody looked are made good; those before them are not, and that is recorded. A city
 * that was away for years would otherwise be asked for all of them in one morning.
 */
export const mostMadeGood = 4;

/**
 * What follows a period on `first`: the periods that ended by `now` and began by `last`, the newest `mostMadeGood` of
 * them left out, are missed; `next` is the day that the first one which is opened begins on.
 */
export const missedPeriods = (
  periodOf: (day: BusinessDate) => DuePeriod,
  { first, last, now }: { first: BusinessDate; last: BusinessDate; now: number },
): { missed: DuePeriod[]; next: BusinessDate } => {
  const ended: DuePeriod[] = [];
  for (let one = periodOf(first); one.opensAt <= now && one.from <= last; ) {
    ended.push(one);
    one = periodOf(addDays(one.until, 1));
  }
  const missed = ended.slice(0, Math.max(0, ended.length - mostMadeGood));
  const newest = missed.at(-1);
  return { missed, next: newest ? addDays(newest.until, 1) : first };
};

export type ReportDueActivities = {
  /** Does what the row is for, once; says what became of it. */
  actOnReportDue(due: ReportDue): Promise<{ done: string }>;
};

/** Nine in the morning of a day, Asia/Shanghai, in milliseconds. */
export const nine = (day: BusinessDate): number => startOfDay(day) + 9 * 3_600_000;

/**
 * The last day of a report on a period that ended on `until`; so many calendar days and half as many again where the
 * calendar does not reach that far, so that nothing is called late too early.
 */
export const lastDayOfReport = (calendar: Calendar, until: BusinessDate, workingDays: number): BusinessDate =>
  calendar.workingDayAfter(until, workingDays) ?? addDays(until, Math.ceil(workingDays * 1.5) + 10);
