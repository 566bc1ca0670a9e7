/**
 * Run by preview.test.ts in a process time zone of its own: asks the preview for every day 2007–2026 and 1–60 working
 * days and compares with the oracle. `--ordinary` plays the sabotage twin, whose calendar takes a year without a notice
 * for an ordinary one, over the last half year. Prints a `Comparison`.
 */
import { shippedCalendar } from '@gongshu/infra/shipped-calendar';
import { addDays, businessDateOf, daysBetween, startOfDay } from '@gongshu/shared/business-date';
import { Calendar, type CalendarData } from '@gongshu/shared/calendar';
import { previewClock, previewDeadline } from '@gongshu/shared/clock/preview';
import { readCalendarAnswers } from './read-answers.ts';

export type Comparison = {
  /** Minutes that this process's own clock is behind UTC on 2025-01-01: shows that the time zone took hold. */
  offsetMinutes: number;
  asked: number;
  provisional: number;
  differing: number;
  /** The first few that differ. */
  first: { date: string; n: number; expected: string | null; got: string | null }[];
};

/** What a careless calendar does with a year nobody has published: weekdays are worked, weekends free. */
const withOrdinaryYear = (data: CalendarData): CalendarData => ({
  ...data,
  years: [...data.years, { year: 2027, notice: { number: null }, holidays: [], workingWeekends: [] }],
});

const compare = (calendar: Calendar, since: string): Comparison => {
  const { from, limit, offsets } = readCalendarAnswers();
  const found: Comparison = {
    offsetMinutes: new Date('2025-01-01T00:00:00Z').getTimezoneOffset(),
    ...{ asked: 0, provisional: 0, differing: 0, first: [] },
  };
  const differs = (date: string, n: number, expected: string | null, got: string | null) => {
    found.differing += 1;
    if (found.first.length < 5) found.first.push({ date, n, expected, got });
  };
  for (const [index, counts] of offsets.entries()) {
    const date = addDays(from, index);
    if (date < since) continue;
    // Acceptance at another time each day, the first and the last millisecond among them.
    const at = startOfDay(date) + [0, 86_399_999, 8 * 3_600_000, 57_600_000, 57_599_999][index % 5]!;
    for (const [before, offset] of counts.entries()) {
      const expected = offset === null ? null : addDays(date, offset);
      const { lastDay, deadline, provisional } = previewClock(calendar, at, before + 1);
      const sound =
        provisional === (lastDay === null) && deadline === (lastDay && startOfDay(addDays(lastDay, 1)));
      if (lastDay !== expected || !sound) differs(date, before + 1, expected, lastDay);
      found.asked += 1;
      if (provisional) found.provisional += 1;
    }
    // The days told: those that count lie where the oracle's counts end.
    const told = previewDeadline(calendar, at, limit).days.filter(({ counted }) => counted);
    const known = counts.filter((offset) => offset !== null);
    if (told.length !== known.length || told.some((day, nth) => daysBetween(date, day.date) !== known[nth]))
      differs(date, 0, `${known.length} days`, `${told.length} days`);
    if (businessDateOf(at) !== date) differs(date, -1, date, businessDateOf(at));
  }
  return found;
};

const shipped = shippedCalendar();
const comparison = process.argv.includes('--ordinary')
  ? compare(new Calendar(withOrdinaryYear(shipped)), '2026-07-01')
  : compare(new Calendar(shipped), '');
process.stdout.write(JSON.stringify(comparison));
