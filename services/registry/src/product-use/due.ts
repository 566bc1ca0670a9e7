import { newestCalendar } from '@gongshu/infra/calendars';
import { type BusinessDate, businessDateOf } from '@gongshu/shared/business-date';
import type { Kysely } from 'kysely';

/**
 * The last day of a limit that begins the working day after `at`; `null` where it reaches a year not published: nothing
 * is late before there is such a day.
 */
export const lastDayAfter = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  db: Kysely<any>,
  jurisdiction: string,
  at: Date,
  workingDays: number,
): Promise<BusinessDate | null> => {
  const { calendar } = await newestCalendar(db as never, jurisdiction);
  return calendar.workingDayAfter(businessDateOf(at.getTime()), workingDays) ?? null;
};

/** Whether an instant lies after 24:00 of the last day. */
export const isLate = (lastDay: BusinessDate | null, at: Date): boolean =>
  lastDay !== null && businessDateOf(at.getTime()) > lastDay;
