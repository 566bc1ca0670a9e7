import { addDays, type BusinessDate, toInstantText } from '@gongshu/shared/business-date';
import type { Calendar } from '@gongshu/shared/calendar';

/** RFC 3339 with +08:00. */
export const instant = (at: Date): string => toInstantText(at.getTime());
export const instantOrNull = (at: Date | null): string | null => (at === null ? null : instant(at));

/**
 * Working days after `today` up to and with the last day: 0 on the last day itself, negative by each working day since.
 * `null` without a last day, and where the count reaches a year not published.
 */
export const workingDaysLeft = (
  calendar: Calendar,
  today: BusinessDate,
  lastDay: BusinessDate | null,
): number | null => {
  if (lastDay === null) return null;
  if (lastDay >= today) return calendar.workingDaysBetween(today, addDays(lastDay, 1)) ?? null;
  const passed = calendar.workingDaysBetween(lastDay, addDays(today, 1));
  return passed === undefined || passed === 0 ? (passed ?? null) : -passed;
};
