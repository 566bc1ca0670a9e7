// What the packs of the public side say differently, each under its own text (S1–S4, M3, X1, X2, X4, X5).
import { join } from 'node:path';
import { installedPacks, loadPacks } from '@gongshu/infra/packs';
import { placeOfEntry } from '@gongshu/shared/packs/pack';
import type { TopicName, TopicValues } from '@gongshu/shared/packs/topics';

const packs = loadPacks();
const fifth = installedPacks({ mode: 'development', folder: join(import.meta.dirname, '../fifth-city') });
const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'];
const notice = '国家数据局综合司关于做好公共数据资源授权运营信息披露工作的通知';
const topicNames = [
  ...(['disclosure', 'bulletin', 'complaint', 'qualityFeedback', 'demandResponse'] as const),
  ...(['workReport', 'sanction', 'incident', 'platformEvidence', 'audit'] as const),
];
const value = <T extends TopicName, K extends keyof TopicValues<T> & string>(city: string, name: T, key: K) =>
  (city === 'lanting' ? fifth : packs).resolve(city).rule(name, key).value;

describe('what differs between the cities, each under its own text', () => {
  it('disclosure: the items of a body each under its article, the day of all by the notice', () => {
    const items = (city: string) =>
      value(city, 'disclosure', 'implementingBody').map(({ item }) => item as string);
    expect(items('shuozhou')).toContain('evaluationResults');
    for (const city of ['national', 'zhongwei', 'wuhai'])
      expect(items(city)).not.toContain('evaluationResults');
    for (const city of cities) {
      const pack = packs.resolve(city);
      expect(pack.rule('disclosure', 'due')).toMatchObject({ value: '03-31', basis: { instrument: notice } });
      for (const part of ['implementingBody', 'operator'] as const) {
        const rule = pack.rule('disclosure', part);
        for (const { article } of rule.value) expect(placeOfEntry(rule, article)).toMatchObject({ article });
      }
    }
    expect(value('lanting', 'disclosure', 'due')).toBe('02-28');
  });

  it('a report on the whole is Shuozhou’s alone, 十一（一）6; one on merchants is Zhongwei’s, 十八', () => {
    expect(cities.map((city) => value(city, 'disclosure', 'overallReport'))).toEqual([
      ...['none', 'none'],
      { by: 'authority', items: ['operation', 'evaluationResults'] },
      'none',
    ]);
    expect(cities.map((city) => value(city, 'workReport', 'merchants') !== 'none')).toEqual([
      ...[false, true, false, false],
    ]);
  });

  it('measures: five in Shuozhou, two in Zhongwei, one in Wuhai; none that takes a right away in silence', () => {
    expect(cities.map((city) => value(city, 'sanction', 'kinds'))).toEqual([
      'none',
      ['suspension', 'handOver'],
      ['formalTalk', 'suspension', 'termination', 'creditRecord', 'handOver'],
      ['termination'],
    ]);
    for (const city of cities)
      expect(value(city, 'sanction', 'withoutText')).toEqual(['formalTalk', 'handOver']);
  });

  it('a measure on one ground alone: Zhongwei 二十七 suspends on security and hands breaches of law over, as Shuozhou', () => {
    const handOver = { measure: 'handOver', grounds: ['lawBroken'] };
    expect(cities.map((city) => value(city, 'sanction', 'measureGrounds'))).toEqual([
      'none',
      [{ measure: 'suspension', grounds: ['weakSecurity'] }, handOver],
      [handOver],
      'none',
    ]);
  });

  it('a right of reply is everywhere, and in no text of ours', () => {
    for (const city of cities)
      expect(packs.resolve(city).rule('sanction', 'reply')).toMatchObject({
        value: { workingDays: 5 },
        basis: { kind: 'silent' },
      });
  });

  it('Zhongwei 二十七 may suspend supply at any grade; where texts are silent the graver must', () => {
    const all = (city: string) => Object.values(value(city, 'incident', 'suspension'));
    expect(new Set(all('zhongwei'))).toEqual(new Set(['may']));
    for (const city of ['national', 'shuozhou', 'wuhai'])
      expect(all(city)).toEqual(['must', 'must', 'may', 'may']);
  });

  it('drills every year by Shuozhou 十一（三）5; the same is our reading elsewhere', () => {
    expect(packs.resolve('shuozhou').rule('incident', 'drillPeriod').basis.kind).toBe('cite');
    for (const city of cities) expect(value(city, 'incident', 'drillPeriod')).toEqual({ months: 12 });
    expect(value('lanting', 'incident', 'drillPeriod')).toEqual({ months: 6 });
  });

  it('及时 without a number is ten working days, wherever it stands', () => {
    expect(value('wuhai', 'complaint', 'answerLimit')).toEqual({ workingDays: 10 });
    expect(value('zhongwei', 'qualityFeedback', 'answerLimit')).toEqual({ workingDays: 10 });
    expect(value('shuozhou', 'audit', 'rectification').low).toEqual({ workingDays: 10 });
  });

  it('what suspends supply once expired is among what is asked for', () => {
    for (const city of [...cities, 'lanting']) {
      const required = value(city, 'platformEvidence', 'required');
      const suspends = value(city, 'platformEvidence', 'suspends');
      const kinds = required === 'none' ? [] : required.map(({ kind }) => kind);
      expect(kinds).toEqual(expect.arrayContaining(suspends === 'none' ? [] : suspends));
      expect([city, suspends === 'none']).toEqual([city, required === 'none']);
    }
  });

  it.each(topicNames)('the made-up city says otherwise than every city of ours: %s', (name) => {
    const own = Object.entries(fifth.resolve('lanting').rules[name] ?? {}).filter(
      ([, { from }]) => from === 'lanting',
    );
    expect(own.length).toBeGreaterThan(2);
    const others = (key: string) =>
      cities.map((city) => JSON.stringify(packs.resolve(city).rules[name]?.[key]?.value));
    expect(
      own.filter(([key, rule]) => !others(key).includes(JSON.stringify(rule.value))).length,
    ).toBeGreaterThan(2);
  });
});
