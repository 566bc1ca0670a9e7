import { loadPacks, readPackFiles, sha256 } from '@gongshu/infra/packs';
import { articleOf, valuesOf, whyNoNewCase } from '@gongshu/shared/packs/pack';
import { packSetOf } from '@gongshu/shared/packs/resolve';
import { withChange } from './sabotage.ts';

const packs = loadPacks();
const options = { mode: 'development', adopted: {}, sha256 } as const;

describe('what the packs say', () => {
  it('Zhongwei arts 17, 20, 21: the values that a data-use application is decided under', () => {
    expect(valuesOf(packs.resolve('zhongwei'), 'dataUseApplication')).toEqual({
      applicationContents: ['scenario', 'scope', 'manner', 'term', 'securityMeasures'],
      acceptanceLimit: { workingDays: 5 },
      acceptanceOnSilence: 'accepted',
      checkFields: ['dataSecurity', 'networkSecurity', 'personalInformation', 'tradeSecrets'],
      checkLimit: { workingDays: 5 },
      checkOnSilence: 'overdue',
      checkReportsTo: ['sourceDepartment', 'authority'],
      checkFailed: 'ends',
      overdueCheckDirection: { by: 'authority', dated: true },
      reviewLimit: { workingDays: 10 },
      reviewers: ['sourceDepartment', 'countyAuthority', 'operator'],
      reviewReportsTo: {
        sourceDepartment: ['authority', 'operator'],
        countyAuthority: ['sourceDepartment', 'authority', 'operator'],
        operator: ['sourceDepartment', 'authority'],
      },
      applicantNotifiedBy: 'operator',
      refusalReasons: 'required',
      onSilence: 'consent',
      extensionHoldsOffSilence: true,
      extension: { max: 1, limitDays: 10, decidedBy: 'authority', unanswered: 'requestedDate' },
      correction: {
        default: 'resume',
        kinds: { materialIncomplete: 'resume', scopeChanged: 'restart' },
        lapseWorkingDays: 30,
      },
      reviewClockStarts: 'checkResultReached',
      partialApproval: false,
      reminders: { workingDaysBefore: [5, 2, 1, 0] },
      endOfDay: '24:00',
      withdrawal: 'anyTime',
    });
  });

  it('deemed approval is Zhongwei article 21 alone: in every other step and city silence is only overdue', () => {
    const silences = packs.jurisdictions.flatMap((jurisdiction) =>
      Object.entries(packs.resolve(jurisdiction).rules).flatMap(([topic, rules]) =>
        Object.entries(rules)
          .filter(([key, { value }]) => /onSilence$/i.test(key) && value === 'consent')
          .map(([key, { from }]) => `${jurisdiction} ${topic}.${key} of ${from}`),
      ),
    );
    expect(silences).toEqual([
      'zhongning dataUseApplication.onSilence of zhongwei',
      'zhongwei dataUseApplication.onSilence of zhongwei',
    ]);
    expect(packs.resolve('shuozhou').rule('dataUseApplication', 'onSilence')).toMatchObject({
      value: 'overdue',
      basis: { kind: 'silent', searched: ['六（三）'] },
    });
  });

  it('a value keeps the article it rests on, or our reading', () => {
    const zhongwei = packs.resolve('zhongwei');
    expect(articleOf(zhongwei.rule('dataUseApplication', 'reviewLimit'))).toEqual({
      instrument: '中卫市公共数据资源授权运营管理办法（试行）（征求意见稿）',
      article: '二十一',
    });
    expect(articleOf(zhongwei.rule('dataUseApplication', 'partialApproval'))).toEqual({
      reading: '二十一 speaks of the application as one',
    });
  });

  it('what a city inherits says whose it is', () => {
    expect(packs.resolve('zhongwei').rule('catalog', 'sharedDataConsent')).toEqual(
      packs.resolve('national').rule('catalog', 'sharedDataConsent'),
    );
    expect(packs.resolve('zhongwei').rule('catalog', 'sharedDataConsent')).toMatchObject({
      row: 'C4',
      from: 'national',
    });
  });

  it('a city adds to what never enters and takes nothing away', () => {
    const rule = packs.resolve('zhongwei').rule('catalog', 'neverEnters');
    expect(rule.value).toEqual([
      ...packs.resolve('national').rule('catalog', 'neverEnters').value,
      'closedToOpening',
    ]);
    expect(rule.basis).toMatchObject({
      kind: 'cite',
      article: '四',
      also: [{ article: '五' }, { article: '五' }],
    });
  });

  it('the order of the catalog differs: Zhongwei art. 8, Wuhai s. 6', () => {
    const steps = (city: string) =>
      packs
        .resolve(city)
        .rule('catalog', 'flow')
        .value.map(({ step }) => step);
    expect(steps('zhongwei')).toEqual(['compiled', 'submitted', 'collected', 'published']);
    expect(steps('wuhai')).toEqual(['compiled', 'submitted', 'reviewed', 'published', 'registered']);
  });

  it('a topic that a jurisdiction does not hold is an error that names both', () => {
    expect(() => packs.resolve('wuhai').rule('norms', 'approved')).toThrow(
      'The pack of wuhai holds no rule norms.approved',
    );
    expect(() => packs.resolve('atlantis')).toThrow('No policy pack of atlantis');
  });
});

describe('version, status and dates', () => {
  const again = packSetOf(readPackFiles().toReversed(), options);

  it('the version is of the content: the order of files and the way of writing change nothing', () => {
    const comment = packSetOf(withChange('zhongwei/norms.yaml', 'rules:', '# a remark\nrules:'), options);
    for (const set of [again, comment])
      expect(set.resolve('zhongwei').version).toBe(packs.resolve('zhongwei').version);
  });

  it('a changed value changes the version of the city, and one of the nation those of its heirs', () => {
    const city = packSetOf(withChange('zhongwei/catalog.yaml', 'months: 12', 'months: 6'), options);
    expect(city.resolve('zhongwei').version).not.toBe(packs.resolve('zhongwei').version);
    expect(city.resolve('shuozhou').version).toBe(packs.resolve('shuozhou').version);
    const nation = packSetOf(
      withChange('national/catalog.yaml', '[document, date, scope]', '[document, date]'),
      options,
    );
    expect(nation.resolve('zhongwei').version).not.toBe(packs.resolve('zhongwei').version);
  });

  it('a resolved pack is plain JSON', () => {
    const { rule: _, ...plain } = packs.resolve('zhongwei');
    expect(JSON.parse(JSON.stringify(packs.resolve('zhongwei')))).toEqual(plain);
  });

  it('production withholds a draft and says why; what is in force loads', () => {
    const production = loadPacks(undefined, { mode: 'production' });
    expect(production.jurisdictions).toEqual(['national']);
    expect(() => production.resolve('zhongwei')).toThrow(
      /is a draft and production needs the adopting document's number/,
    );
  });

  it("production loads a draft with the adopting document's number, in force on its dates", () => {
    const adoption = { number: '卫政规发〔2026〕1号', from: '2026-03-01', until: '2029-03-01' };
    const adopted = loadPacks(undefined, { mode: 'production', adopted: { zhongwei: adoption } });
    expect(adopted.jurisdictions).toEqual(['national', 'zhongning', 'zhongwei']);
    expect(adopted.resolve('zhongwei')).toMatchObject({ status: 'inForce', ...adoption });
    expect(adopted.resolve('zhongwei').version).not.toBe(packs.resolve('zhongwei').version);
  });

  it.each([
    { on: '2026-02-28', answer: 'policyNotYetInForce' },
    { on: '2026-03-01', answer: undefined },
    { on: '2029-03-01', answer: undefined },
    { on: '2029-03-02', answer: 'policyExpired' },
  ])('from and until are inclusive: a new case on $on', ({ on, answer }) => {
    expect(whyNoNewCase({ from: '2026-03-01', until: '2029-03-01' }, on)).toBe(answer);
  });

  it('the national norm is in force under its number', () => {
    expect(packs.resolve('national')).toMatchObject({
      status: 'inForce',
      number: '发改数据规〔2025〕27号',
      from: '2025-03-01',
      until: null,
    });
  });
});
