/** The drills that a body owes (应急演练, X2; 朔州 十一（三）5): one a period, counted from the first of January. */
import { addDays, type BusinessDate, daysBetween, yearOf } from '../business-date.ts';
import { correspondingDay } from '../mandate/term.ts';

/** The last day of the period that a day lies in; periods of so many months follow one another from the first of a year. */
export const drillDueOn = (day: BusinessDate, months: number): BusinessDate => {
  for (let year = yearOf(day), n = 1; ; n += 1) {
    const last = addDays(correspondingDay(`${year}-01-01`, months * n), -1);
    if (last >= day) return last;
  }
};

/** The first day of the period that ends with a day. */
export const drillPeriodFrom = (dueOn: BusinessDate, months: number): BusinessDate => {
  const year = yearOf(dueOn);
  for (let n = 0; ; n += 1) {
    const first = correspondingDay(`${year}-01-01`, months * n);
    if (drillDueOn(first, months) >= dueOn) return first;
  }
};

/** Reminded so many days before, at nine in the morning. */
export const drillReminderDays = 30;

/** Periods between two due days in which no drill was looked at, the later one left out. */
export const missedBetween = (dueOn: BusinessDate, today: BusinessDate, months: number): number => {
  let missed = 0;
  for (let day = drillDueOn(addDays(dueOn, 1), months); daysBetween(day, today) > 0; missed += 1)
    day = drillDueOn(addDays(day, 1), months);
  return missed;
};

/** One look at a drill: to remind, or once its day has passed. */
export type DrillAsk = { drill: string; look: 'reminder' | 'due' };
export type DrillActivities = { lookAtDrill(ask: DrillAsk): Promise<{ told: boolean }> };
