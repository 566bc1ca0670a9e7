// M4: two reports never differ by less than a whole period.
import fc from 'fast-check';
import { addDays } from '../business-date.ts';
import { endedPeriod, lastPeriod } from './period.ts';

const today = '2026-05-06';
it.each([
  [12, {}, '2025-01-01', '2025-12-31'],
  [12, { from: '2024-01-01' }, '2024-01-01', '2024-12-31'],
  [12, { until: '2023-12-31' }, '2023-01-01', '2023-12-31'],
  [6, {}, '2025-07-01', '2025-12-31'],
  [3, { from: '2026-01-01', until: '2026-03-31' }, '2026-01-01', '2026-03-31'],
  [3, { from: '2024-01-01' }, '2024-01-01', '2024-03-31'],
  [1, { until: '2024-02-29' }, '2024-02-01', '2024-02-29'],
])('%i months, %j: %s to %s', (months, given, from, until) => {
  expect(endedPeriod(given, months, today)).toEqual({ from, until });
});

it.each([
  ['a day more', 12, { from: '2025-01-01', until: '2026-01-01' }],
  ['a day less', 12, { from: '2025-01-01', until: '2025-12-30' }],
  ['two periods', 3, { from: '2025-01-01', until: '2025-06-30' }],
  ['a part of one', 12, { from: '2025-01-01', until: '2025-03-31' }],
  ['from the middle', 12, { from: '2025-02-01' }],
  ['turned round', 12, { from: '2025-12-31', until: '2025-01-01' }],
  ['one that runs still', 12, { from: '2026-01-01' }],
  ['its last day is today', 1, { until: '2026-05-06' }],
  ['to come', 3, { from: '9999-10-01' }],
  ['before anything', 12, { until: '1999-12-31' }],
])('refused: %s', (_name, months, given) => expect(endedPeriod(given, months, today)).toBeUndefined());

const day = fc.integer({ min: 0, max: 9_000 }).map((n) => addDays('2000-01-01', n));
const lengths = fc.constantFrom(1, 2, 3, 4, 6, 12, 24, 5);
type Rule = typeof endedPeriod;
/** Of any two spans that are answered, either both are one, or they have no day in common. */
const apart = (rule: Rule): void =>
  fc.assert(
    fc.property(lengths, day, day, day, day, (months, a, b, c, d) => {
      const [one, other] = [
        rule({ from: a, until: b }, months, today),
        rule({ from: c, until: d }, months, today),
      ];
      const [first, second] = [
        one ?? rule({ from: a }, months, today),
        other ?? rule({ until: d }, months, today),
      ];
      if (!first || !second) return true;
      const same = first.from === second.from && first.until === second.until;
      return same || first.until < second.from || second.until < first.from;
    }),
    { numRuns: 500 },
  );

it('two reports are one, or have no day in common', () => expect(() => apart(endedPeriod)).not.toThrow());

it('sabotage: spans as they are asked for are caught', () => {
  const free: Rule = ({ from, until }, months, on) => ({
    from: from ?? '2000-01-01',
    until: until ?? lastPeriod(on, months).until,
  });
  expect(() => apart(free)).toThrow('Property failed');
});
