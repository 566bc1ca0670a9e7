import { Calendar } from '../calendar.ts';
import type { ExplainedDay } from '../clock/explain.ts';
import { explainPeriod, keptPeriods, lengthOf } from './explain.ts';
import type { Period, PeriodLimit } from './machine.ts';
import { readPeriods } from './periods.ts';

const calendar = new Calendar({
  years: [
    {
      ...{ year: 2026, notice: { number: null }, workingWeekends: ['2026-10-10'] },
      holidays: [{ date: '2026-10-01' }, { date: '2026-10-02' }],
    },
  ],
  changes: [],
});
const from = Date.parse('2026-09-28T16:00:00+08:00');
const kept = (limit: PeriodLimit) => {
  const period: Period = { key: 'one', from, limit };
  return keptPeriods([period], readPeriods([period], calendar, { now: from, before: {} }))['one']!;
};
/** `09-29 workday+`; the plus says that it counted. */
const told = (days: ExplainedDay[]) =>
  days.map(({ date, reason, counted }) => `${date.slice(5)} ${reason}${counted ? '+' : ''}`);

describe('a period of a procedure, day by day (A7)', () => {
  it('in working days: from the day after it began, over holiday and weekend, to its last day', () => {
    const days = explainPeriod(kept({ workingDays: 3 }), calendar);
    expect(told(days)).toEqual([
      ...['09-29 workday+', '09-30 workday+', '10-01 holiday', '10-02 holiday', '10-03 weekend'],
      ...['10-04 weekend', '10-05 workday+'],
    ]);
    expect(days.at(-1)?.date).toBe(kept({ workingDays: 3 }).lastDay);
  });

  it('in calendar days: each counts, and one that would end at rest runs to the next working day', () => {
    expect(told(explainPeriod(kept({ calendarDays: 4 }), calendar))).toEqual([
      ...['09-29 calendarDay+', '09-30 calendarDay+', '10-01 calendarDay+', '10-02 calendarDay+'],
      ...['10-03 weekend', '10-04 weekend', '10-05 nextWorkingDay'],
    ]);
  });

  it('into a year not published: as far as the calendar goes, and no day of its is invented', () => {
    const far = explainPeriod(kept({ workingDays: 100 }), calendar);
    expect(far.at(-1)?.date).toBe('2026-12-31');
    expect(far.filter(({ counted }) => counted).length).toBeLessThan(100);
  });

  it('nothing is counted in hours, to a day that was named, or where a case of before kept no beginning', () => {
    expect(explainPeriod(kept({ hours: 24 }), calendar)).toEqual([]);
    expect(explainPeriod(kept({ on: '2026-10-30' }), calendar)).toEqual([]);
    const { from: _from, limit: _limit, ...before } = kept({ workingDays: 3 });
    expect(explainPeriod(before, calendar)).toEqual([]);
    expect([lengthOf({ hours: 24 }), lengthOf({ on: '2026-10-30' }), lengthOf(undefined)]).toEqual([
      ...[{ budget: 24, unit: 'hours' }, null, null],
    ]);
  });
});
