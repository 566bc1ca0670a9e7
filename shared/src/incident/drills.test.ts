import { drillDueOn, drillPeriodFrom, missedBetween } from './drills.ts';

it.each([
  ['2026-03-02', 12, '2026-12-31', '2026-01-01'],
  ['2026-12-31', 12, '2026-12-31', '2026-01-01'],
  ['2027-01-01', 12, '2027-12-31', '2027-01-01'],
  ['2026-06-30', 6, '2026-06-30', '2026-01-01'],
  ['2026-07-01', 6, '2026-12-31', '2026-07-01'],
  ['2026-02-15', 1, '2026-02-28', '2026-02-01'],
])('%s by %i months: due on %s, from %s', (day, months, dueOn, from) => {
  expect(drillDueOn(day, months)).toBe(dueOn);
  expect(drillPeriodFrom(dueOn, months)).toBe(from);
});

it('periods that nobody looked at are counted, and the one that runs is not', () => {
  expect(missedBetween('2026-06-30', '2026-07-01', 6)).toBe(0);
  expect(missedBetween('2026-06-30', '2027-01-01', 6)).toBe(1);
  expect(missedBetween('2024-12-31', '2027-03-01', 12)).toBe(2);
});
