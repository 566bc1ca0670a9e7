// S3: days are counted as the clock counts them, and a middle says what it says.
import fc from 'fast-check';
import { Calendar } from '../calendar.ts';
import { median, tail, workingDaysTaken } from './working-days.ts';

const calendar = new Calendar({
  years: [
    {
      year: 2024,
      notice: { number: null },
      holidays: [{ date: '2024-05-01' }],
      workingWeekends: ['2024-05-11'],
    },
  ],
  changes: [],
});

it.each([
  ['the day itself', '2024-04-08', '2024-04-08', [], 0],
  ['the next day', '2024-04-08', '2024-04-09', [], 1],
  ['over a weekend', '2024-04-12', '2024-04-15', [], 1],
  ['over a holiday', '2024-04-30', '2024-05-02', [], 1],
  ['with a working weekend', '2024-05-10', '2024-05-11', [], 1],
  [
    'out for correction from the 10th to the 12th',
    '2024-04-08',
    '2024-04-15',
    [{ from: '2024-04-10', until: '2024-04-12' }],
    2,
  ],
  ['out still', '2024-04-08', '2024-04-15', [{ from: '2024-04-10', until: null }], 1],
  ['a year that is not published', '2024-12-30', '2025-01-03', [], undefined],
] as const)('%s', (_name, start, end, away, days) => {
  expect(workingDaysTaken(calendar, start, end, away)).toBe(days);
});

it('half lie at or under the median, nine of ten at or under the tail', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 60 }), (values) => {
      const [middle, end] = [median(values)!, tail(values)!];
      const under = (most: number) => values.filter((one) => one <= most).length;
      expect(under(middle) * 2).toBeGreaterThanOrEqual(values.length);
      expect(values.filter((one) => one >= middle).length * 2).toBeGreaterThanOrEqual(values.length);
      expect(under(end) * 10).toBeGreaterThanOrEqual(values.length * 9);
      expect(values).toContain(end);
      expect(under(end - 1) * 10).toBeLessThan(values.length * 9);
    }),
  );
});
it('of none there is none', () => expect([median([]), tail([])]).toEqual([null, null]));
