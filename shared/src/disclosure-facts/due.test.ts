// S1–S3, M3, M5: after years away a city is asked for the newest periods alone, and never for one without a mandate.
import { startOfDay } from '../business-date.ts';
import { ledgerPeriod } from '../trace/ledger.ts';
import { missedPeriods, mostMadeGood } from './due.ts';

const quarters = (day: string) => ledgerPeriod(day, 3);
const after = (first: string, now: string, last = '2099-12-31') => {
  const { missed, next } = missedPeriods(quarters, { first, last, now: startOfDay(now) });
  return [missed.map(({ from }) => from), next];
};

it.each([
  ['nothing ended meanwhile', '2024-04-01', '2024-05-01', [], '2024-04-01'],
  ['as many as are made good', '2024-04-01', '2025-04-02', [], '2024-04-01'],
  ['one more', '2024-04-01', '2025-07-02', ['2024-04-01'], '2024-07-01'],
  ['the morning before it counts', '2024-04-01', '2025-07-01', [], '2024-04-01'],
] as const)('%s', (_name, first, now, missed, next) => {
  expect(after(first, now)).toEqual([missed, next]);
});

it('ten years: all but the newest are missed', () => {
  const [missed, next] = after('2024-04-01', '2034-04-02');
  expect([missed?.length, next]).toEqual([40 - mostMadeGood, '2033-04-01']);
});

it('what began after the mandate’s last day was nobody’s to report', () => {
  expect(after('2024-04-01', '2034-04-02', '2025-08-31')).toEqual([
    ['2024-04-01', '2024-07-01'],
    '2024-10-01',
  ]);
  expect(after('2024-04-01', '2034-04-02', '2024-03-31')).toEqual([[], '2024-04-01']);
});
