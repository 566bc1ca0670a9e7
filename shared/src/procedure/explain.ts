/** A period of a procedure day by day, as a turn's clock is told (A7): which days counted, which did not, and why. */
import { businessDateOf } from '../business-date.ts';
import type { Calendar } from '../calendar.ts';
import { explainClock, type ExplainedDay } from '../clock/explain.ts';
import type { Period, PeriodLimit, PeriodReading, Periods } from './machine.ts';

/** A period as a case keeps it: with where it began and how long it is. Cases of before keep the reading alone. */
export type KeptPeriod = PeriodReading & { from?: number; limit?: PeriodLimit };
export type KeptPeriods = Readonly<Record<string, KeptPeriod>>;

export const keptPeriods = (periods: readonly Period[], readings: Periods): KeptPeriods => {
  const running = new Map(periods.map((period) => [period.key, period]));
  return Object.fromEntries(
    Object.entries(readings).map(([key, reading]) => {
      const period = running.get(key);
      return [key, period ? { ...reading, from: period.from, limit: period.limit } : reading];
    }),
  );
};

export type PeriodUnit = 'workingDays' | 'calendarDays' | 'hours';

/** How long it is; null where its last day itself was named, or nothing is kept of it. */
export const lengthOf = (limit: PeriodLimit | undefined): { budget: number; unit: PeriodUnit } | null => {
  if (limit === undefined || 'on' in limit) return null;
  if ('workingDays' in limit) return { budget: limit.workingDays, unit: 'workingDays' };
  return 'calendarDays' in limit
    ? { budget: limit.calendarDays, unit: 'calendarDays' }
    : { budget: limit.hours, unit: 'hours' };
};

/**
 * Every day from the one after it began to its last one, Asia/Shanghai; as far as the calendar is known where it is
 * provisional. None of a period in hours, or whose last day itself was named: nothing is counted there.
 */
export const explainPeriod = ({ from, limit, lastDay }: KeptPeriod, calendar: Calendar): ExplainedDay[] => {
  const length = lengthOf(limit);
  if (from === undefined || length === null || length.unit === 'hours') return [];
  const { budget, unit } = length;
  const stretches = [{ after: businessDateOf(from), before: null, discarded: false }];
  return explainClock({ budget, unit }, [], { stretches, lastDay, pendingDays: null }, calendar);
};
