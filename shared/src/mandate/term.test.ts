import fc from 'fast-check';
import { addDays, daysBetween, endOfDay, toInstantText } from '../business-date.ts';
import type { ResolvedPack, ResolvedRule } from '../packs/pack.ts';
import { TermQuestion } from './question.ts';
import { correspondingDay, lastDayOfTerm, renewalStanding, renewalWindow, termPreview } from './term.ts';

const rule = (article: string, value: unknown): ResolvedRule => ({
  value,
  basis: { kind: 'cite', instrument: '示例办法', article, quote: '示例' },
  from: 'somewhere',
});
/** The pack of a city of the tests' own. */
const pack = (term: unknown, window: unknown): ResolvedPack =>
  ({
    jurisdiction: 'somewhere',
    rules: {
      operatingAgreement: {
        term: rule('一', term),
        termEnds: rule('二', 'correspondingDayIsLast'),
        renewalWindow: rule('三', window),
      },
    },
  }) as unknown as ResolvedPack;
const sixToThree = { from: { monthsBefore: 6 }, until: { monthsBefore: 3 } };
const firm = pack({ maxYears: 4, inPrinciple: false }, sixToThree);
const lenient = pack({ maxYears: 4, inPrinciple: true }, 'none');
const article = (name: string) => ({ instrument: '示例办法', article: name });

describe('Civil Code 201, 202: a term ends with the corresponding day, or the month’s last', () => {
  it.each([
    ['2026-03-15', 36, '2029-03-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2025-08-31', 6, '2026-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2025-12-31', 2, '2026-02-28'],
    ['2025-01-31', 3, '2025-04-30'],
    ['2025-11-30', 1, '2025-12-30'],
    ['2099-02-28', 12, '2100-02-28'],
  ])('%s and %i months: %s', (signedOn, months, last) => {
    expect(lastDayOfTerm(signedOn, months)).toBe(last);
  });

  const days = fc.integer({ min: 0, max: 300_000 }).map((n) => addDays('1950-01-01', n));
  it('for every day: the same day of the month, or the last of a shorter one; later terms never end earlier', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -600, max: 600 }), (day, months) => {
        const end = correspondingDay(day, months);
        const isLast = addDays(end, 1).endsWith('-01');
        expect(end.slice(8) === day.slice(8) || (isLast && end.slice(8) < day.slice(8))).toBe(true);
        const far =
          (Number(end.slice(0, 4)) - Number(day.slice(0, 4))) * 12 +
          Number(end.slice(5, 7)) -
          Number(day.slice(5, 7));
        expect(far).toBe(months);
        expect(daysBetween(end, correspondingDay(day, months + 1))).toBeGreaterThan(0);
        expect(correspondingDay(addDays(day, 1), months) >= end).toBe(true);
      }),
    );
  });

  it('is caught one day short (sabotage)', () => {
    const dayBefore = addDays(lastDayOfTerm('2026-03-15', 36), -1);
    expect(dayBefore).not.toBe('2029-03-15');
    expect(toInstantText(endOfDay('2029-03-15'))).toBe('2029-03-16T00:00:00+08:00');
  });
});

describe('the maximum', () => {
  const ask = (city: ResolvedPack, length: object) =>
    termPreview({ jurisdiction: 'somewhere', signedOn: '2026-03-15', ...length }, city);
  const over = (code: string, pointer: string) => [
    expect.objectContaining({ code, pointer, article: article('一') }),
  ];

  it.each([
    ['as long as it allows', firm, { years: 4 }, undefined],
    ['a month longer', firm, { months: 49 }, over('termOverMaximum', '/months')],
    [
      'longer, with a ground that lifts nothing',
      firm,
      { years: 5, groundRecorded: true },
      over('termOverMaximum', '/years'),
    ],
    ['in principle, longer without a ground', lenient, { years: 5 }, over('groundMissing', '/years')],
    ['in principle, longer on a recorded ground', lenient, { years: 5, groundRecorded: true }, undefined],
  ])('%s', (_name, city, length, refused) => {
    const answer = ask(city, length);
    expect('refused' in answer ? answer.refused : undefined).toEqual(refused);
  });

  it('is told with its article, whatever is asked', () => {
    expect(ask(lenient, { months: 50 })).toEqual({
      lastDay: '2030-05-15',
      endsAt: '2030-05-16T00:00:00+08:00',
      article: article('二'),
      maximum: { years: 4, inPrinciple: true, lastDay: '2030-03-15', article: article('一') },
      exceedsMaximum: true,
      needsGround: true,
      window: null,
      windowArticle: article('三'),
      refused: over('groundMissing', '/months'),
    });
  });

  it.each([
    [{ years: 1, months: 1 }],
    [{}],
    [{ years: 0 }],
    [{ years: 51 }],
    [{ years: 1, signedOn: '2025-02-29' }],
    [{ years: 1, signedOn: '2900-01-01' }],
    [{ years: 1, expiry: '2029-01-01' }],
  ])('%j is no question', (given) => {
    expect(TermQuestion.safeParse({ jurisdiction: 'a', signedOn: '2026-03-15', ...given }).success).toBe(
      false,
    );
  });
});

describe('the renewal window: both days belong to it', () => {
  it.each([
    ['2029-03-15', '2028-09-15', '2028-12-15'],
    ['2029-08-31', '2029-02-28', '2029-05-31'],
    ['2028-05-31', '2027-11-30', '2028-02-29'],
  ])('of %s: %s to %s', (expiry, from, until) => {
    const window = renewalWindow(expiry, sixToThree);
    expect(window).toEqual({ from, until });
    const at = (day: string) => renewalStanding(window, expiry, day);
    expect([addDays(from, -1), from, until, addDays(until, 1)].map(at)).toEqual([
      'tooEarly',
      'inWindow',
      'inWindow',
      'tooLate',
    ]);
  });

  it('where there is none that is said, with the article; after the term it is too late', () => {
    const ask = (submittedOn: string) =>
      termPreview({ jurisdiction: 'somewhere', expiry: '2029-03-15', submittedOn }, lenient);
    expect(ask('2029-03-15')).toEqual({ window: null, standing: 'noWindow', article: article('三') });
    expect(ask('2029-03-16')).toMatchObject({ standing: 'tooLate' });
  });
});
