import { endOfDay } from '../business-date.ts';
import { Calendar } from '../calendar.ts';
import type { Period, Periods } from './machine.ts';
import { readPeriods, wakesOf } from './periods.ts';

const holiday = '2026-10-01';
const calendar = new Calendar({
  years: [{ year: 2026, notice: { number: null }, holidays: [{ date: holiday }], workingWeekends: [] }],
  changes: [],
});
const at = (text: string): number => Date.parse(`${text}+08:00`);
const from = at('2026-09-30T23:30:15');
const hours = (change: Partial<Period> = {}): Period => ({
  ...{ key: 'report/bureau', from, limit: { hours: 24 }, reminders: [12, 4] },
  ...change,
});
const read = (period: Period, now = from, before: Periods = {}) =>
  readPeriods([period], calendar, { now, before })[period.key]!;

describe('a period in hours (X2): from an instant, by the clock', () => {
  it.each([
    ['a day and a night, over a holiday', 24, '2026-10-01T23:30:15', '2026-10-01'],
    ['two hours, past midnight', 2, '2026-10-01T01:30:15', '2026-10-01'],
    ['half an hour, to midnight exactly', 0.5, '2026-10-01T00:00:15', '2026-10-01'],
    ['into a year that nobody has published', 24 * 100, '2027-01-08T23:30:15', '2027-01-08'],
  ])('%s', (_name, limit, ends, lastDay) => {
    expect(read(hours({ limit: { hours: limit } }))).toEqual({
      ...{ key: 'report/bureau', at: at(ends), hours: limit, lastDay, provisional: false },
    });
  });

  it('one that ends at 24:00 ends with that day', () => {
    const period = hours({ from: at('2026-09-30T22:00:00'), limit: { hours: 2 } });
    expect(read(period)).toMatchObject({ lastDay: '2026-09-30', at: endOfDay('2026-09-30') });
  });

  it('reminds by hours before its end, none before it began, and ends at its instant', () => {
    const ask = (period: Period, done: string[] = []) =>
      wakesOf([period], { [period.key]: read(period) }, calendar, { now: from, done }).map((one) => [
        one.kind,
        (one.at - from) / 3_600_000,
        one.byHours,
      ]);
    expect(ask(hours())).toEqual([
      ['reminder', 12, true],
      ['reminder', 20, true],
      ['end', 24, true],
    ]);
    expect(ask(hours({ limit: { hours: 4 } }))).toEqual([['end', 4, true]]);
    const [first] = wakesOf([hours()], { 'report/bureau': read(hours()) }, calendar, { now: from, done: [] });
    expect(ask(hours(), [first!.key])).toHaveLength(2);
  });

  it('no calendar moves it; one held for an outage stays held, one still ahead is never prolonged', () => {
    const ended = from + 24 * 3_600_000;
    const held = { 'report/bureau': { ...read(hours()), at: ended + 7_200_000 } };
    expect(read(hours(), ended + 1, held).at).toBe(ended + 7_200_000);
    expect(read(hours(), ended - 1, held).at).toBe(ended);
    expect(read(hours(), ended + 1, { 'report/bureau': read(hours()) }).at).toBe(ended);
  });

  it('a graver grade’s hours that have passed have passed: what the milder one gave is no outage', () => {
    const milder = { 'report/bureau': read(hours()) };
    const graver = hours({ limit: { hours: 1 } });
    expect(read(graver, from + 7_200_000, milder).at).toBe(from + 3_600_000);
    const { hours: _hours, ...older } = read(hours());
    expect(read(graver, from + 7_200_000, { 'report/bureau': older }).at).toBe(from + 24 * 3_600_000);
  });

  it('days beside it still count from the next day to 24:00', () => {
    const days: Period = { key: 'days', from, limit: { workingDays: 1 } };
    expect(read(days)).toMatchObject({ lastDay: '2026-10-02', at: endOfDay('2026-10-02') });
    const [wake] = wakesOf([days], { days: read(days) }, calendar, { now: from, done: [] });
    expect(wake).not.toHaveProperty('byHours');
  });
});

describe('a period whose last day was named beforehand', () => {
  const named = (on: string) => read({ key: 'items', from, limit: { on } } as Period);

  it('ends with that day', () => {
    expect(named('2026-10-09')).toMatchObject({ lastDay: '2026-10-09', at: endOfDay('2026-10-09') });
  });

  it('that began after it has passed at once, and is not dated before its cause', () => {
    expect(named('2026-03-31')).toMatchObject({ lastDay: '2026-03-31', at: from });
  });
});
