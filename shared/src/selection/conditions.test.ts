import fc from 'fast-check';
import { addDays } from '../business-date.ts';
import type { Condition } from '../packs/topics/operator-selection.ts';
import { usccCheckDigit } from '../uscc.ts';
import {
  type BidderEvidence,
  isWithinYears,
  judgeConditions,
  type ListAnswer,
  listsAsked,
} from './conditions.ts';

const uscc = (first17: string) => `${first17}${usccCheckDigit(first17)}`;
const document = `sha256:${'1'.repeat(64)}`;
const other = `sha256:${'2'.repeat(64)}`;
const on = '2024-03-01';
const place = { code: 'asked', group: 'basic', article: '四（一）' } as const;
const clean: BidderEvidence = {
  uscc: uscc('91640500MA75XXXX0'),
  documents: { asked: [document] },
  findings: { asked: 'met' },
  incidents: [],
  violations: [],
  mlps: [{ level: 3, from: '2023-03-02', until: '2024-03-01', document }],
};
const judged = (condition: Condition, given: Partial<BidderEvidence> = {}, lists: ListAnswer[] = []) => {
  const [finding] = judgeConditions([condition], { ...clean, ...given }, lists, on);
  if (!finding) throw new Error('not judged');
  return [finding.met, finding.reason, finding.evidence];
};

describe('lists of debarment', () => {
  const condition: Condition = {
    ...{ ...place, kind: 'debarmentLists' },
    lists: ['dishonestConduct', 'majorTaxViolations'],
  };
  const answer = (list: string, listed: boolean | 'unknown'): ListAnswer => ({
    ...{ list, listed, asOf: '2024-02-20', source: 'file' },
  });
  it.each<[string, ListAnswer[], unknown[]]>([
    [
      'on none',
      [answer('dishonestConduct', false), answer('majorTaxViolations', false)],
      [true, 'met', ['dishonestConduct:2024-02-20', 'majorTaxViolations:2024-02-20']],
    ],
    [
      'on one',
      [answer('dishonestConduct', false), answer('majorTaxViolations', true)],
      [false, 'listed', ['majorTaxViolations']],
    ],
    [
      'on one, the other unknown',
      [answer('dishonestConduct', 'unknown'), answer('majorTaxViolations', true)],
      [false, 'listed', ['majorTaxViolations']],
    ],
    [
      'a list nobody asked',
      [answer('dishonestConduct', false)],
      [false, 'listUnknown', ['majorTaxViolations']],
    ],
    [
      'a list out of date',
      [answer('dishonestConduct', 'unknown'), answer('majorTaxViolations', false)],
      [false, 'listUnknown', ['dishonestConduct']],
    ],
    [
      'on a list the text does not name',
      [
        answer('dishonestConduct', false),
        answer('majorTaxViolations', false),
        answer('dishonestDebtors', true),
      ],
      [true, 'met', ['dishonestConduct:2024-02-20', 'majorTaxViolations:2024-02-20']],
    ],
  ])('%s', (_name, lists, expected) => expect(judged(condition, {}, lists)).toEqual(expected));

  it('the lists to ask are those the conditions name, each once', () => {
    expect(
      listsAsked([condition, { ...condition, lists: ['majorTaxViolations', 'dishonestDebtors'] }]),
    ).toEqual(['dishonestConduct', 'majorTaxViolations', 'dishonestDebtors']);
  });
});

describe('years without an incident', () => {
  const condition: Condition = {
    ...{ ...place, kind: 'incidentFreeYears', years: 3, grade: 'largerAndAbove' },
    incidents: ['networkSecurity', 'dataSecurity'],
  };
  const incident = { on: '2023-01-01', kind: 'dataSecurity', grade: 'larger' } as const;
  it.each<[string, NonNullable<BidderEvidence['incidents']>, string]>([
    ['none', [], 'met'],
    ['three years ago to the day', [{ ...incident, on: '2021-03-01' }], 'incidentWithinYears'],
    ['the day before that', [{ ...incident, on: '2021-02-28' }], 'met'],
    ['on the day judged', [{ ...incident, on }], 'incidentWithinYears'],
    ['after the day judged', [{ ...incident, on: '2024-03-02' }], 'met'],
    ['general, where larger ones count', [{ ...incident, grade: 'general' }], 'met'],
    ['extraordinary', [{ ...incident, grade: 'extraordinary' }], 'incidentWithinYears'],
    ['of another kind', [{ ...incident, kind: 'personalInformation' }], 'met'],
  ])('%s', (_name, incidents, reason) => {
    expect(judged(condition, { incidents })[1]).toBe(reason);
  });

  it('where any grade counts, a general one does', () => {
    const any = { ...condition, grade: 'any' } as const;
    expect(judged(any, { incidents: [{ ...incident, grade: 'general' }] })).toEqual([
      ...[false, 'incidentWithinYears'],
      ['dataSecurity:2023-01-01'],
    ]);
  });

  it('nobody searched is not the same as none', () => {
    expect(judged(condition, { incidents: null })).toEqual([false, 'notSearched', []]);
  });

  it('29 February counts to 28 February (Civil Code art. 202)', () => {
    expect(isWithinYears('2020-02-29', 3, '2023-02-28')).toBe(true);
    expect(isWithinYears('2020-02-29', 3, '2023-03-01')).toBe(false);
    expect(isWithinYears('2020-02-29', 4, '2024-02-29')).toBe(true);
    expect(isWithinYears('2020-02-29', 4, '2024-03-01')).toBe(false);
  });

  const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('1980-01-01', count));
  it('has one last day: within up to it, never after, and never fewer days than 365 a year', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 20 }), (day, years) => {
        const leaps = Array.from({ length: 8 }, (_, at) => addDays(day, years * 365 + at));
        const within = leaps.map((one) => isWithinYears(day, years, one));
        expect(within[0]).toBe(true);
        expect(within.at(-1)).toBe(false);
        expect(within.filter((one, at) => at > 0 && one !== within[at - 1])).toHaveLength(1);
        expect(isWithinYears(day, years, addDays(day, -1))).toBe(false);
      }),
    );
  });

  it('sabotage: counted in 365 days a year, the edge falls on another day', () => {
    const naive = (day: string, years: number, before: string) =>
      day <= before && addDays(day, 365 * years) >= before;
    const differs = fc.check(
      fc.property(
        days,
        (day) => naive(day, 20, addDays(day, 7301)) === isWithinYears(day, 20, addDays(day, 7301)),
      ),
    );
    expect(differs.failed).toBe(true);
  });
});

describe('violations on record', () => {
  const condition: Condition = { ...place, kind: 'noViolations', of: ['majorOffences'] };
  it.each<[string, BidderEvidence['violations'], unknown[]]>([
    ['none', [], [true, 'met', []]],
    [
      'of the kind named, however long ago',
      [{ on: '1999-05-05', kind: 'majorOffences' }],
      [false, 'violationOnRecord', ['majorOffences:1999-05-05']],
    ],
    ['of another kind', [{ on: '2023-05-05', kind: 'dataSecurity' }], [true, 'met', []]],
    ['after the day judged', [{ on: '2024-03-02', kind: 'majorOffences' }], [true, 'met', []]],
    ['nobody searched', null, [false, 'notSearched', []]],
  ])('%s', (_name, violations, expected) => expect(judged(condition, { violations })).toEqual(expected));
});

describe('level of multi-level protection', () => {
  const condition: Condition = { ...place, kind: 'mlpsLevel', level: 3 };
  const certificate = { level: 3, from: '2023-03-02', until: on, document };
  it.each<[string, BidderEvidence['mlps'], unknown[]]>([
    ['on its last day', [certificate], [true, 'met', [document]]],
    ['a day past it', [{ ...certificate, until: '2024-02-29' }], [false, 'certificateNotValid', [document]]],
    ['on its first day', [{ ...certificate, from: on }], [true, 'met', [document]]],
    ['a day before', [{ ...certificate, from: '2024-03-02' }], [false, 'certificateNotValid', [document]]],
    ['a level above', [{ ...certificate, level: 4 }], [true, 'met', [document]]],
    ['a level below', [{ ...certificate, level: 2 }], [false, 'levelTooLow', [document]]],
    [
      'high but past, low but valid',
      [
        { ...certificate, until: '2023-12-31' },
        { ...certificate, level: 2, document: other },
      ],
      [false, 'certificateNotValid', [document]],
    ],
    ['none', [], [false, 'documentMissing', []]],
  ])('%s', (_name, mlps, expected) => expect(judged(condition, { mlps })).toEqual(expected));
});

describe('what a document shows, and a person finds', () => {
  it.each<[Condition['kind'] & ('evidence' | 'legalPerson'), Partial<BidderEvidence>, unknown[]]>([
    ['evidence', {}, [true, 'met', [document]]],
    ['evidence', { documents: {} }, [false, 'documentMissing', []]],
    ['evidence', { findings: {} }, [false, 'findingMissing', [document]]],
    ['evidence', { findings: { asked: 'notMet' } }, [false, 'foundNotMet', [document]]],
    ['legalPerson', {}, [true, 'met', [document]]],
    ['legalPerson', { documents: {} }, [false, 'documentMissing', []]],
    [
      'legalPerson',
      { uscc: uscc('92640500MA75XXXX0') },
      [false, 'notLegalPerson', [uscc('92640500MA75XXXX0')]],
    ],
    ['legalPerson', { uscc: '91640500' }, [false, 'notLegalPerson', ['91640500']]],
  ])('%s %j', (kind, given, expected) => expect(judged({ ...place, kind }, given)).toEqual(expected));

  it('each finding names its code and article, in the order of the pack', () => {
    const conditions: Condition[] = [
      { ...place, code: 'b', article: '四（二）', kind: 'evidence' },
      { ...place, code: 'a', kind: 'evidence' },
    ];
    expect(judgeConditions(conditions, clean, [], on)).toMatchObject([
      { code: 'b', article: '四（二）', met: false },
      { code: 'a', article: '四（一）', met: false },
    ]);
  });
});
