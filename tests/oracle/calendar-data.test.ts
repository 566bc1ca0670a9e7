import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CalendarFile, calendarText, makeYear, years } from '../../shared/calendars/make.ts';
import { readCalendarAnswers } from './read-answers.ts';

const folder = join(import.meta.dirname, '..', '..', 'shared', 'calendars');
const textOf = (year: number) => readFileSync(join(folder, `${year}.json`), 'utf8');
const files = new Map(years.map((year) => [year, JSON.parse(textOf(year)) as CalendarFile]));

/** A working day by the rule alone: a weekday that is no holiday, or a working weekend day. */
const isWorkingDay = (date: string): boolean => {
  const file = files.get(Number(date.slice(0, 4)));
  if (!file) throw new Error(`no file for ${date}`);
  if (file.workingWeekends.includes(date)) return true;
  const weekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
  return !weekend && !file.holidays.some((holiday) => holiday.date === date);
};

describe('the calendar data of 2007 to 2026', () => {
  it.each(years)('%i stands as the script makes it from package and notices', (year) => {
    expect(textOf(year)).toBe(calendarText(makeYear(year)));
  });

  it('agrees with the other publisher on every one of 7,305 days', () => {
    const { from, offsets } = readCalendarAnswers();
    const differing = offsets.slice(0, -1).flatMap((counts, index) => {
      const date = new Date(Date.parse(from) + (index + 1) * 86_400_000).toISOString().slice(0, 10);
      return (counts[0] === 1) === isWorkingDay(date) ? [] : [date];
    });
    expect(offsets).toHaveLength(7305);
    expect(isWorkingDay(from)).toBe(false);
    expect(differing).toEqual([]);
  });

  it.each([
    ['2020-01-31', false, '国办发明电〔2020〕1号 extends the Spring Festival'],
    ['2020-02-01', false, 'so the Saturday that was to be worked is off'],
    ['2020-02-03', true, 'work begins again'],
    ['2015-09-03', false, 'the extra day off of 国发明电〔2015〕1号'],
    ['2015-09-04', false, 'moved from Sunday'],
    ['2015-09-06', true, 'the Sunday worked for it'],
    ['2011-12-31', true, 'worked for New Year 2012, by the notice for 2012'],
    ['2012-01-03', false, 'the day off it was worked for'],
    ['2018-12-31', false, 'off by the notice for 2019'],
    ['2023-01-03', true, 'an ordinary Tuesday'],
    ['2025-10-08', false, 'the eighth day of National Day and Mid-Autumn'],
    ['2024-02-09', true, 'New Year’s Eve: rest was encouraged, the day was not given off'],
  ])('%s working: %s (%s)', (date, working) => {
    expect(isWorkingDay(date)).toBe(working);
  });
});
