import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarData, CalendarYear } from '@gongshu/shared/calendar';

const folder = join(import.meta.dirname, '../../shared/calendars');

/** The years that ship with the product, each from the State Council's notice that its file names. */
export const shippedCalendar = (): CalendarData => ({
  years: readdirSync(folder)
    .filter((name) => /^\d{4}\.json$/.test(name))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CalendarYear),
  changes: [],
});
