// O2: conditions of an operator, judged by each city's own rules.
import { loadPacks } from '@gongshu/infra/packs';
import { placeOfEntry, ruleOf } from '@gongshu/shared/packs/pack';
import type { Condition } from '@gongshu/shared/packs/topics/operator-selection';
import {
  type BidderEvidence,
  judgeConditions,
  type ListAnswer,
  listsAsked,
} from '@gongshu/shared/selection/conditions';
import { usccCheckDigit } from '@gongshu/shared/uscc';

const packs = loadPacks();
const conditionsOf = (city: string): Condition[] =>
  ruleOf(packs.resolve(city), 'operatorSelection', 'conditions').value as Condition[];
const document = `sha256:${'1'.repeat(64)}`;
const on = '2024-03-01';
const first17 = '91640500MA75XXXX0';

/** A bidder that meets whatever a city asks. */
const soundFor = (conditions: readonly Condition[]): BidderEvidence => ({
  uscc: first17 + usccCheckDigit(first17),
  documents: Object.fromEntries(conditions.map(({ code }) => [code, [document]])),
  findings: Object.fromEntries(conditions.map(({ code }) => [code, 'met' as const])),
  incidents: [],
  violations: [],
  mlps: [{ level: 3, from: '2023-01-01', until: '2025-12-31', document }],
});
const clean = (conditions: readonly Condition[]): ListAnswer[] =>
  listsAsked(conditions).map((list) => ({ list, listed: false, asOf: on, source: 'file' }));
const judged = (city: string, change: Partial<BidderEvidence> = {}, lists?: ListAnswer[]) => {
  const conditions = conditionsOf(city);
  const given = { ...soundFor(conditions), ...change };
  return judgeConditions(conditions, given, lists ?? clean(conditions), on);
};
const unmet = (...given: Parameters<typeof judged>) =>
  judged(...given).flatMap(({ code, met, reason, article }) => (met ? [] : [`${code} ${reason} ${article}`]));
const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'];

describe('[O2 national] [O2 zhongwei] [O2 shuozhou] [O2 wuhai] conditions are checkable, one by one', () => {
  it.each(cities)('%s: a bidder that shows each is found to meet each, under its article', (city) => {
    const findings = judged(city);
    expect(findings.filter(({ met }) => !met)).toEqual([]);
    expect(findings).toHaveLength(conditionsOf(city).length);
    const rule = ruleOf(packs.resolve(city), 'operatorSelection', 'conditions');
    for (const { article } of findings) expect(placeOfEntry(rule, article)).toMatchObject({ article });
  });
});

describe('[O2 national refuses] [O2 zhongwei refuses] [O2 shuozhou refuses] [O2 wuhai refuses] a condition not met', () => {
  it.each(cities)(
    '%s: without its documents, with an adverse finding, each condition fails by itself',
    (city) => {
      for (const { code, kind } of conditionsOf(city)) {
        if (kind !== 'evidence' && kind !== 'legalPerson') continue;
        const { documents, findings } = soundFor(conditionsOf(city));
        expect(unmet(city, { documents: { ...documents, [code]: [] } })).toEqual([
          expect.stringMatching(new RegExp(`^${code} documentMissing `)),
        ]);
        expect(unmet(city, { findings: { ...findings, [code]: 'notMet' } })).toEqual([
          expect.stringMatching(new RegExp(`^${code} foundNotMet `)),
        ]);
      }
    },
  );

  it('Shuozhou 四（一）: its three lists, three years without a larger incident, no violation', () => {
    const lists = clean(conditionsOf('shuozhou'));
    expect(lists.map(({ list }) => list)).toEqual([
      'dishonestConduct',
      'majorTaxViolations',
      'procurementViolations',
    ]);
    const hit = lists.map((one) => ({ ...one, listed: one.list === 'procurementViolations' }));
    expect(unmet('shuozhou', {}, hit)).toEqual(['debarment listed 四（一）']);
    expect(unmet('shuozhou', {}, [])).toEqual(['debarment listUnknown 四（一）']);
    const incident = { on: '2021-03-01', kind: 'dataSecurity', grade: 'larger' } as const;
    expect(unmet('shuozhou', { incidents: [incident] })).toEqual([
      'incidentFree incidentWithinYears 四（一）',
    ]);
    expect(unmet('shuozhou', { incidents: [{ ...incident, on: '2021-02-28' }] })).toEqual([]);
    expect(unmet('shuozhou', { incidents: [{ ...incident, grade: 'general' }] })).toEqual([]);
    expect(unmet('shuozhou', { violations: [{ on: '2019-01-01', kind: 'personalInformation' }] })).toEqual([
      'noViolations violationOnRecord 四（一）',
    ]);
  });

  it('Wuhai 四（一）1, 6: its three lists, any incident in three years, level 3, a legal person', () => {
    const lists = clean(conditionsOf('wuhai'));
    expect(lists.map(({ list }) => list)).toEqual([
      'dishonestDebtors',
      'majorTaxViolations',
      'seriousDishonesty',
    ]);
    const incident = { on: '2023-06-01', kind: 'personalInformation', grade: 'general' } as const;
    expect(unmet('wuhai', { incidents: [incident] })).toEqual(['incidentFree incidentWithinYears 四（一）6']);
    const mlps = [{ level: 2, from: '2023-01-01', until: '2025-12-31', document }];
    expect(unmet('wuhai', { mlps })).toEqual(['mlpsExperience levelTooLow 四（一）6']);
    expect(unmet('wuhai', { mlps: [{ ...mlps[0]!, level: 3, until: '2024-02-29' }] })).toEqual([
      'mlpsExperience certificateNotValid 四（一）6',
    ]);
    const household = '92640500MA75XXXX0';
    expect(unmet('wuhai', { uscc: household + usccCheckDigit(household) })).toEqual([
      'legalPerson notLegalPerson 四（一）1',
    ]);
  });

  it('what one city asks does not count in another', () => {
    const incident = { on: '2023-06-01', kind: 'dataSecurity', grade: 'major' } as const;
    expect(unmet('zhongwei', { incidents: [incident], mlps: [] }, [])).toEqual([]);
  });
});
