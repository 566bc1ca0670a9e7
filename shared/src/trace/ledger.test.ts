import fc from 'fast-check';
import { addDays } from '../business-date.ts';
import { ledgerPeriod } from './ledger.ts';

describe('the period of a ledger report (D2)', () => {
  it.each([
    ['2024-03-31', 3, '2024-01-01', '2024-03-31', '2024-04-01T01:00:00.000Z'],
    ['2024-04-01', 3, '2024-04-01', '2024-06-30', '2024-07-01T01:00:00.000Z'],
    ['2024-12-31', 3, '2024-10-01', '2024-12-31', '2025-01-01T01:00:00.000Z'],
    ['2024-02-29', 1, '2024-02-01', '2024-02-29', '2024-03-01T01:00:00.000Z'],
    ['2024-08-08', 12, '2024-01-01', '2024-12-31', '2025-01-01T01:00:00.000Z'],
    ['2024-12-01', 5, '2024-11-01', '2024-12-31', '2025-01-01T01:00:00.000Z'],
  ])('of %s by %d months', (on, months, from, until, opens) => {
    const period = ledgerPeriod(on, months);
    expect({ ...period, opensAt: new Date(period.opensAt).toISOString() }).toEqual({
      ...{ from, until, opensAt: opens },
    });
  });

  it('every day lies in exactly one, and the next begins the day after', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 1, max: 12 }), (n, months) => {
        const on = addDays('2020-01-01', n);
        const { from, until } = ledgerPeriod(on, months);
        expect(from <= on && on <= until).toBe(true);
        expect(ledgerPeriod(addDays(until, 1), months).from).toBe(addDays(until, 1));
      }),
    );
  });
});
