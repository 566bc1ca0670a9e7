import { addDays, type BusinessDate } from '../business-date.ts';
import fc from 'fast-check';
import { type Accepted, lookDays, standingOn, warningOn } from './standing.ts';

const paper = (evidence: string, validFrom: string, validUntil: string | null): Accepted => ({
  ...{ evidence, validFrom, validUntil },
});
const warn = [30, 7];

describe('evidence with expiry (X4): how a kind stands on a day', () => {
  const first = paper('A', '2023-07-01', '2024-06-30');
  it.each([
    ['nothing accepted', [], '2024-03-01', 'missing', null],
    ['long before its end', [first], '2024-03-01', 'inForce', '2024-06-30'],
    ['the first day warned of', [first], '2024-05-31', 'expiresSoon', '2024-06-30'],
    ['the day before that', [first], '2024-05-30', 'inForce', '2024-06-30'],
    ['its last day counts', [first], '2024-06-30', 'expiresSoon', '2024-06-30'],
    ['the day after', [first], '2024-07-01', 'expired', '2024-06-30'],
    [
      'renewed without a gap',
      [first, paper('B', '2024-07-01', '2025-06-30')],
      '2024-06-30',
      'inForce',
      '2025-06-30',
    ],
    [
      'renewed with a day between',
      [first, paper('B', '2024-07-02', '2025-06-30')],
      '2024-07-01',
      'expired',
      '2024-06-30',
    ],
    ['accepted for later only', [paper('B', '2024-07-02', null)], '2024-07-01', 'missing', null],
    ['one without an end', [first, paper('N', '2024-01-01', null)], '2030-01-01', 'inForce', null],
    [
      'a leap day is a day',
      [paper('L', '2023-03-01', '2024-02-29')],
      '2024-02-29',
      'expiresSoon',
      '2024-02-29',
    ],
  ] as const)('%s', (_name, accepted, on, state, until) => {
    expect(standingOn([...accepted], on, warn)).toMatchObject({ state, until });
  });

  it('warns by the pack’s days, each once reached, none after the last day', () => {
    expect(
      ['2024-05-30', '2024-05-31', '2024-06-22', '2024-06-23', '2024-06-30', '2024-07-01'].map((on) =>
        warningOn('2024-06-30', on, warn),
      ),
    ).toEqual([null, 30, 30, 7, 7, null]);
  });
});

const day = fc.integer({ min: 0, max: 120 }).map((n) => addDays('2024-01-01', n));
const papers = fc
  .array(
    fc.tuple(day, fc.integer({ min: 0, max: 60 })).map(([from, days]) => ({ from, days })),
    { maxLength: 6 },
  )
  .map((all) => all.map(({ from, days }, n) => paper(`E${n}`, from, addDays(from, days))));

/** The plain telling: day by day. */
const plainly = (accepted: readonly Accepted[], on: BusinessDate): boolean =>
  accepted.some(({ validFrom, validUntil }) => validFrom <= on && (validUntil === null || on <= validUntil));

type Rule = typeof standingOn;
const holds = (rule: Rule): void =>
  fc.assert(
    fc.property(papers, day, (accepted, on) => {
      const { state, until } = rule(accepted, on, warn);
      expect(state === 'inForce' || state === 'expiresSoon').toBe(plainly(accepted, on));
      if (plainly(accepted, on)) {
        for (let d = on; d <= until!; d = addDays(d, 1)) expect(plainly(accepted, d)).toBe(true);
        expect(plainly(accepted, addDays(until!, 1))).toBe(false);
      }
    }),
    { numRuns: 300 },
  );

describe('properties of the standing', () => {
  it('in force exactly on the days an accepted document covers; the end it names is the first gap', () =>
    expect(() => holds(standingOn)).not.toThrow());

  it('sabotage: a last day that does not count, and a renewal that is not seen, are caught', () => {
    const short: Rule = (accepted, on, days) =>
      standingOn(
        accepted.map((one) => ({ ...one, validUntil: one.validUntil && addDays(one.validUntil, -1) })),
        on,
        days,
      );
    const blind: Rule = (accepted, on, days) => standingOn(accepted.slice(0, 1), on, days);
    expect(() => holds(short)).toThrow('Property failed');
    expect(() => holds(blind)).toThrow('Property failed');
  });

  it('its state changes on no day but those looked at', () => {
    const changes = fc.property(papers, day, (accepted, on) => {
      const before = standingOn(accepted, addDays(on, -1), warn).state;
      const days = new Set(accepted.flatMap((one) => lookDays(one, warn)));
      return standingOn(accepted, on, warn).state === before || days.has(on);
    });
    expect(() => fc.assert(changes, { numRuns: 300 })).not.toThrow();
  });
});
