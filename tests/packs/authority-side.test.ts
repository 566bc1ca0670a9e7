import { loadPacks, readPackFiles } from '@gongshu/infra/packs';
import { articleNumber, articlesNamed } from '@gongshu/shared/packs/article';
import { assemblePacks } from '@gongshu/shared/packs/assemble';
import { type ResolvedRule, placeOfEntry } from '@gongshu/shared/packs/pack';
import { LawRole } from '@gongshu/shared/packs/topics/roles';
import { cellsWithoutTopic, isFilled } from '@gongshu/shared/packs/table';
import { readTable } from '@gongshu/cli/packs';
import { faultsOf, lineOf, withChange } from './sabotage.ts';

const packs = loadPacks();
const table = readTable();
const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'];
const rows = /^(?:P[12]|O\d+|C[1235]|V[12]|A0|D[34]|X3|G1)$/;
const filled = table
  .filter(({ id }) => rows.test(id))
  .flatMap(({ id, cells }) =>
    Object.entries(cells).flatMap(([city, cell]) => (isFilled(cell) ? [{ id, city, cell }] : [])),
  );

/** Articles by which a jurisdiction's own rules answer a row. */
const citedBy = (city: string, id: string): number[] =>
  Object.values(packs.resolve(city).rules)
    .flatMap((rules): ResolvedRule[] => Object.values(rules))
    .flatMap(({ row, basis, from }) =>
      row === id && from === city && basis.kind === 'cite'
        ? [basis, ...(basis.also ?? [])].flatMap(({ article }) => articleNumber(article) ?? [])
        : [],
    );

describe('the authority’s side: every filled cell stands in its pack', () => {
  it('of twenty-six rows', () => {
    expect(new Set(filled.map(({ id }) => id)).size).toBe(26);
  });

  it.each(filled)('$id $city by each article of its cell: $cell', ({ id, city, cell }) => {
    const cited = citedBy(city, id);
    expect(cited).not.toHaveLength(0);
    expect(cited).toEqual(expect.arrayContaining(articlesNamed(cell)));
  });

  it('the table leaves nothing of these packs to complain of', () => {
    expect(faultsOf(readPackFiles())).toEqual([]);
  });
});

describe('what differs between the cities, each under its own text', () => {
  const rule = (city: string, topic: string, key: string): ResolvedRule => {
    const found = packs.resolve(city).rules[topic]?.[key];
    if (!found) throw new Error(`${city} has no ${topic}.${key}`);
    return found;
  };
  const steps = (city: string, topic: string) =>
    (rule(city, topic, 'route').value as { step: string }[]).map(({ step }) => step);

  it.each([
    ['national', 'selection consultation collectiveDecision signing'],
    ['zhongwei', 'consultation selection collectiveDecision signing'],
    ['shuozhou', 'selection negotiation governmentApproval publicNotice signing'],
    ['wuhai', 'selection publicNotice collectiveDecision signing'],
  ])('the order to signature in %s: %s', (city, order) => {
    expect(steps(city, 'operatorSelection').join(' ')).toBe(order);
  });

  it.each([
    ['national', ['openTender', 'invitedTender', 'negotiation'], 'silent'],
    ['zhongwei', ['openTender', 'invitedTender', 'negotiation'], 'silent'],
    ['shuozhou', ['openCall'], 'silent'],
    ['wuhai', ['invitedTender'], 'cite'],
  ])('modes of %s: %j, invitees %s', (city, modes, kind) => {
    const { value } = packs.resolve(city).rule('operatorSelection', 'modes');
    expect(value.map(({ mode }) => mode)).toEqual(modes);
    expect(rule(city, 'operatorSelection', 'minInvitees').basis.kind).toBe(kind);
  });

  it.each([
    ['national', { maxYears: 5, inPrinciple: true }, '十四（二）', 'none'],
    ['zhongwei', { maxYears: 5, inPrinciple: true }, '十四（二）', 'none'],
    [
      'shuozhou',
      { maxYears: 3, inPrinciple: true },
      '八',
      { from: { monthsBefore: 6 }, until: { monthsBefore: 3 } },
    ],
    ['wuhai', { maxYears: 5, inPrinciple: false }, '七', 'none'],
  ])('term and renewal of %s: %j by %s', (city, term, article, window) => {
    expect(rule(city, 'operatingAgreement', 'term')).toMatchObject({ value: term, basis: { article } });
    expect(rule(city, 'operatingAgreement', 'renewalWindow').value).toEqual(window);
  });

  it('thirty calendar days in Wuhai alone; where the order names the day, no number is borrowed', () => {
    const limit = (city: string) => rule(city, 'evaluation', 'rectification').value;
    expect(limit('wuhai')).toEqual({ limit: 'fixed', days: 30, unit: 'calendarDays' });
    for (const city of ['national', 'zhongwei', 'shuozhou'])
      expect(limit(city)).toEqual({ limit: 'set', by: 'authority' });
  });

  it('one mandate in Shuozhou, so its text; one in Wuhai, so we read; combined in Zhongwei', () => {
    const { modes, atMost } = packs.resolve('zhongwei').rules['mandate'] ?? {};
    expect([modes?.value, atMost?.value]).toEqual([
      { allowed: ['whole', 'byField', 'byScenario'], combined: true },
      'none',
    ]);
    expect(rule('shuozhou', 'mandate', 'atMost')).toMatchObject({
      value: 1,
      basis: { kind: 'cite', article: '五' },
    });
    expect(rule('wuhai', 'mandate', 'atMost')).toMatchObject({ value: 1, basis: { kind: 'silent' } });
  });

  it('conditions: six groups in Shuozhou and in Wuhai, three lists each, not the same three', () => {
    const conditions = (city: string) => packs.resolve(city).rule('operatorSelection', 'conditions').value;
    for (const city of ['shuozhou', 'wuhai'])
      expect(new Set(conditions(city).map(({ group }) => group)).size).toBe(6);
    const lists = (city: string) =>
      conditions(city).flatMap((one) => (one.kind === 'debarmentLists' ? one.lists : []));
    expect(lists('shuozhou')).toEqual(['dishonestConduct', 'majorTaxViolations', 'procurementViolations']);
    expect(lists('wuhai')).toEqual(['dishonestDebtors', 'majorTaxViolations', 'seriousDishonesty']);
    const grade = (city: string) =>
      conditions(city).flatMap((one) => (one.kind === 'incidentFreeYears' ? [one.years, one.grade] : []));
    expect([grade('shuozhou'), grade('wuhai')]).toEqual([
      [3, 'largerAndAbove'],
      [3, 'any'],
    ]);
    expect(conditions('wuhai')).toContainEqual(expect.objectContaining({ kind: 'mlpsLevel', level: 3 }));
  });

  it.each(cities)('%s: each item of plan and agreement is told by a place in a text', (city) => {
    for (const topic of ['implementationPlan', 'operatingAgreement']) {
      const contents = rule(city, topic, 'contents');
      const items = contents.value as { item: string; article: string }[];
      expect(items.length).toBeGreaterThanOrEqual(topic === 'operatingAgreement' ? 13 : 12);
      for (const { article } of items) expect(placeOfEntry(contents, article)).toMatchObject({ article });
    }
  });

  it('an item of the nation’s is told by the nation’s norm, one of the city’s by its own', () => {
    const contents = rule('zhongwei', 'implementationPlan', 'contents');
    expect(placeOfEntry(contents, '九（五）')).toMatchObject({
      instrument: expect.stringContaining('实施规范'),
    });
    expect(placeOfEntry(contents, '十二')).toMatchObject({ instrument: expect.stringContaining('中卫市') });
  });

  it.each(cities)('%s: the twelve roles are those with duties and those its text leaves unnamed', (city) => {
    const named = packs
      .resolve(city)
      .rule('roles', 'duties')
      .value.map(({ role }) => role);
    const unnamed = packs.resolve(city).rule('roles', 'unnamed').value;
    expect([...named, ...unnamed].toSorted()).toEqual(LawRole.options.toSorted());
    expect(LawRole.options).toHaveLength(12);
  });

  it('readings that no text gives are one and the same everywhere', () => {
    const readings: [string, string, string][] = [
      ['operatorSelection', 'conflictedExpert', 'leavesPanel'],
      ['operatorSelection', 'ranking', 'exactValues'],
      ['operatorSelection', 'missingScore', 'sheetRefused'],
      ['operatorSelection', 'tooFewValidBids', 'failed'],
      ['operatorSelection', 'lastTie', 'panelDecides'],
      ['evaluation', 'rectificationIntoUnpublishedYear', 'provisional'],
      ['evaluation', 'noReport', 'openUntilTerminated'],
      ['evaluation', 'lateReport', 'refused'],
      ['evaluation', 'rectifyTwoYearsRunning', 'countedAfresh'],
      ['operatingAgreement', 'termEnds', 'correspondingDayIsLast'],
      ['operatingAgreement', 'renewalWindowEdges', 'inclusive'],
    ];
    for (const city of cities)
      for (const [topic, key, value] of readings)
        expect([city, key, rule(city, topic, key)]).toEqual([
          city,
          key,
          expect.objectContaining({ value, basis: expect.objectContaining({ kind: 'silent' }) }),
        ]);
  });
});

describe('sabotage: what a pack may not say about the authority’s side', () => {
  it.each([
    { file: 'zhongwei/implementation-plan.yaml', city: 'zhongwei', cells: ['P1 zhongwei', 'P2 zhongwei'] },
    {
      file: 'wuhai/operator-selection.yaml',
      city: 'wuhai',
      cells: ['O1 wuhai', 'O2 wuhai', 'O3 wuhai', 'O4 wuhai'],
    },
    {
      file: 'national/operating-agreement.yaml',
      city: 'national',
      cells: ['O5 national', 'O7 national', 'O10 national'],
    },
    {
      file: 'shuozhou/mandate.yaml',
      city: 'shuozhou',
      cells: ['O11 shuozhou', 'O12 shuozhou', 'O13 shuozhou'],
    },
    { file: 'wuhai/evaluation.yaml', city: 'wuhai', cells: ['V1 wuhai', 'V2 wuhai'] },
    { file: 'zhongwei/expert-committee.yaml', city: 'zhongwei', cells: ['X3 zhongwei'] },
    { file: 'shuozhou/scenario.yaml', city: 'shuozhou', cells: ['A0 shuozhou'] },
    { file: 'wuhai/roles.yaml', city: 'wuhai', cells: ['G1 wuhai'] },
  ])('$file left out leaves $cells without a rule', ({ file, city, cells }) => {
    const all = readPackFiles();
    // Nobody inherits of the file then: only its own cells are left without a rule.
    const only = all.filter(
      ({ path }) =>
        path !== file && (city !== 'national' || !/^(zhongwei|shuozhou|wuhai|zhongning)\//.test(path)),
    );
    const missing = (files: typeof all) => {
      const pack = assemblePacks(files).packs.get(city);
      return pack ? cellsWithoutTopic(pack, table) : [];
    };
    expect(missing(all)).not.toEqual(expect.arrayContaining(cells));
    expect(missing(only)).toEqual(expect.arrayContaining(cells));
  });

  it.each([
    {
      name: 'Wuhai’s thirty days for the limit that Shuozhou leaves to the order',
      path: 'shuozhou/evaluation.yaml',
      words: /( {2}rectification:\n)[\s\S]*?(?=\n {2}\w)/,
      by: '$1    row: V2\n    force: must\n    value: { limit: fixed, days: 30, unit: calendarDays }\n    cite: { instrument: 乌海市公共数据资源授权运营实施方案（征求意见稿）, article: 十二, quote: 30日内整改完成 }',
      at: 'instrument: 乌海市',
      reason: /^rules\.rectification: borrows from wuhai: .*silence is never filled from another city$/,
    },
    {
      name: 'a renewal window inherited from Shuozhou',
      path: 'wuhai/operating-agreement.yaml',
      words: /( {2}renewalWindow:)\n[\s\S]*?(?=\n {2}\w)/,
      by: '$1 { inherits: shuozhou }',
      at: '  renewalWindow:',
      reason: /borrows from shuozhou: wuhai inherits from national alone, never sideways/,
    },
    {
      name: 'Wuhai’s term left to the nation',
      path: 'wuhai/operating-agreement.yaml',
      words: /( {2}term:)\n[\s\S]*?(?=\n {2}\w)/,
      by: '$1 { inherits: national }',
      at: '  term:',
      reason: /^rules\.term is inherited, and O6 of wuhai is filled/,
    },
    {
      name: 'silence on the order that Zhongwei 十三 gives',
      path: 'zhongwei/operator-selection.yaml',
      words: /( {2}signedBy:\n)[\s\S]*?(?=\n {2}\w)/,
      by: '$1    value: authority\n    silent: nothing said',
      at: '  signedBy:',
      reason: /^rules\.signedBy is silent within O4 and does not say where it searched$/,
    },
    {
      name: 'an assessment of Zhongwei, whose text asks for none',
      path: 'zhongwei/operator-selection.yaml',
      words: '  assessment: { inherits: national }',
      by: '  assessment:\n    row: O3\n    force: must\n    value: { committee: [outsideExperts], method: compositeScore, feasibilityOpinion: false }\n    cite: { article: 十三, quote: 谈判等公平 }',
      at: '  assessment:',
      reason: /^rules\.assessment cites a text for O3, where that of zhongwei is silent$/,
    },
    {
      name: 'Shuozhou’s mandate by a section that its cell does not name',
      path: 'shuozhou/mandate.yaml',
      words: 'article: 五, quote: 公共数据资源授权运营采用',
      by: 'article: 七, quote: 公共数据资源授权运营采用',
      at: '七, quote: 公共数据资源授权运营采用',
      reason: /^rules\.modes cites 七 for O12, whose cell says/,
    },
    {
      name: 'an item of the plan by an article that the rule does not cite',
      path: 'national/implementation-plan.yaml',
      words: '{ item: products, article: 九（七） }',
      by: '{ item: products, article: 十四（三） }',
      at: '    value:',
      reason: /^rules\.contents has an entry by 十四（三）, which it doesn't cite$/,
    },
    {
      name: 'a duty by an article that the rule does not cite',
      path: 'zhongwei/roles.yaml',
      words: /articles: \[七\]/,
      by: 'articles: [三十]',
      at: '    value:',
      reason: /^rules\.duties has an entry by 三十, which it doesn't cite$/,
    },
    {
      name: 'a route that ends before signing',
      path: 'wuhai/operator-selection.yaml',
      words: /\n {6}- \{ step: signing.*\}/,
      by: '',
      at: '    value:',
      reason: /^rules\.route\.value: a route selects and ends with signing$/,
    },
    {
      name: 'a step of a route that stands twice',
      path: 'shuozhou/operator-selection.yaml',
      words: 'step: negotiation, on: operatingPlan',
      by: 'step: publicNotice, on: operatingPlan',
      at: '    value:',
      reason: /an entry stands twice: step$/,
    },
    {
      name: 'a tie that the system decides',
      path: 'national/operator-selection.yaml',
      words: 'value: panelDecides',
      by: 'value: lot',
      at: 'value: lot',
      reason: /^rules\.lastTie\.value: /,
    },
    {
      name: 'a window that closes before it opens',
      path: 'shuozhou/operating-agreement.yaml',
      words: '{ from: { monthsBefore: 6 }, until: { monthsBefore: 3 } }',
      by: '{ from: { monthsBefore: 3 }, until: { monthsBefore: 6 } }',
      at: 'value: { from: { monthsBefore: 3 }',
      reason: /a window opens before it closes|^rules\.renewalWindow\.value: /,
    },
  ])('$name', ({ path, words, by, at, reason }) => {
    const files = withChange(path, words, by);
    const found = faultsOf(files).filter((fault) => reason.test(fault.reason));
    expect(found).toHaveLength(1);
    expect(found[0]?.file).toBe(path);
    const line = files.find((file) => file.path === path)?.text.split('\n')[(found[0]?.line ?? 0) - 1];
    expect(line).toContain(at.trim());
    expect(lineOf(files, path, at)).toBeGreaterThan(0);
  });
});
