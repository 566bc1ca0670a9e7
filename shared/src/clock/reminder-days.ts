/** When people are reminded of a last day: at nine in the morning, so many working days before it. */
import { type BusinessDate, addDays, startOfDay } from '../business-date.ts';
import type { Calendar } from '../calendar.ts';

/** Nine in the morning of a day (Asia/Shanghai), in milliseconds since the epoch. */
export const morning = (date: BusinessDate): number => startOfDay(date) + 9 * 3_600_000;

/** The n-th working day before a date, itself for 0; `undefined` where the calendar ends. */
export const workingDayBefore = (
  calendar: Calendar,
  date: BusinessDate,
  n: number,
): BusinessDate | undefined => {
  let day = date;
  for (let left = n; left > 0; ) {
    day = addDays(day, -1);
    const kind = calendar.day(day);
    if (!kind) return undefined;
    if (kind.working) left -= 1;
  }
  return day;
};
