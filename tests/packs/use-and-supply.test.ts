import { loadPacks, readPackFiles } from '@gongshu/infra/packs';
import { articleNumber, articlesNamed } from '@gongshu/shared/packs/article';
import { assemblePacks } from '@gongshu/shared/packs/assemble';
import type { ResolvedRule } from '@gongshu/shared/packs/pack';
import { cellsWithoutTopic, isFilled } from '@gongshu/shared/packs/table';
import { readTable } from '@gongshu/cli/packs';
import { faultsOf, lineOf, withChange } from './sabotage.ts';

const packs = loadPacks();
const table = readTable();
const rows = ['M1', 'M2', 'A1', 'A7', 'A8', 'D1', 'D2', 'C4'];
const filled = table
  .filter(({ id }) => rows.includes(id))
  .flatMap(({ id, cells }) =>
    Object.entries(cells).flatMap(([city, cell]) => (isFilled(cell) ? [{ id, city, cell }] : [])),
  );

const rulesOf = (city: string): ResolvedRule[] =>
  Object.values(packs.resolve(city).rules).flatMap((rules) => Object.values(rules));
/** Articles by which a jurisdiction's own rules answer a row. */
const citedBy = (city: string, id: string): number[] =>
  rulesOf(city).flatMap(({ row, basis, from }) =>
    row === id && from === city && basis.kind === 'cite'
      ? [basis, ...(basis.also ?? [])].flatMap(({ article }) => articleNumber(article) ?? [])
      : [],
  );

describe('onboarding, use and supply: every filled cell stands in its pack', () => {
  it.each(filled)('$id $city by each article of its cell: $cell', ({ id, city, cell }) => {
    expect(citedBy(city, id)).toEqual(expect.arrayContaining(articlesNamed(cell)));
  });

  it('the values that differ between the cities, each under its own text', () => {
    const supply = (city: string) => packs.resolve(city).rule('supply', 'protectedData').value.onlyWhen;
    expect([supply('zhongwei'), supply('shuozhou'), supply('wuhai')]).toEqual([
      ['desensitised', 'subjectAuthorised'],
      ['desensitised'],
      ['desensitised'],
    ]);
    const by = (city: string) => packs.resolve(city).rule('supply', 'suppliedBy').value;
    expect([by('zhongwei'), by('shuozhou')]).toEqual(['authority', 'sourceDepartment']);
    const shuozhou = packs.resolve('shuozhou');
    expect(shuozhou.rule('merchantOnboarding', 'checkFields').value).toHaveLength(6);
    expect(shuozhou.rule('merchantOnboarding', 'entry').value).toBe('recruited');
    expect(shuozhou.rule('merchantOnboarding', 'filing')).toMatchObject({
      value: { by: 'operator', to: 'authority' },
      basis: { article: '六（二）' },
    });
  });

  it('Shuozhou names no days for onboarding: twenty by analogy, never the five of Zhongwei 18', () => {
    expect(packs.resolve('shuozhou').rule('merchantOnboarding', 'checkLimit')).toMatchObject({
      value: { workingDays: 20 },
      basis: { kind: 'silent', searched: expect.arrayContaining(['四', '六（二）']) },
    });
  });

  it('Wuhai’s text speaks of no onboarding and no application: both go by the national reading, no city’s', () => {
    const { rules } = packs.resolve('wuhai');
    expect(rules['norms']).toBeUndefined();
    for (const topic of ['merchantOnboarding', 'dataUseApplication'])
      for (const rule of Object.values(rules[topic] ?? {}))
        expect(rule).toMatchObject({ from: 'national', basis: { kind: 'silent' } });
    expect(packs.resolve('wuhai').rule('dataUseApplication', 'onSilence').value).toBe('overdue');
  });
});

describe('sabotage: what a pack may not say about onboarding, use and supply', () => {
  const missing = (files: ReturnType<typeof readPackFiles>, city: string) => {
    const pack = assemblePacks(files).packs.get(city);
    return pack ? cellsWithoutTopic(pack, table) : [];
  };

  it.each([
    { file: 'shuozhou/supply.yaml', city: 'shuozhou', cells: ['D2 shuozhou'] },
    { file: 'wuhai/data-use.yaml', city: 'wuhai', cells: ['A8 wuhai'] },
    { file: 'shuozhou/merchant-onboarding.yaml', city: 'shuozhou', cells: ['M1 shuozhou'] },
    { file: 'zhongwei/norms.yaml', city: 'zhongwei', cells: ['M2 zhongwei'] },
  ])('$file left out leaves $cells without a rule', ({ file, city, cells }) => {
    expect(missing(readPackFiles(), city)).not.toEqual(expect.arrayContaining(cells));
    const without = readPackFiles().filter(({ path }) => path !== file);
    expect(missing(without, city)).toEqual(expect.arrayContaining(cells));
  });

  it.each([
    {
      name: 'the words of Zhongwei 18 for the limit that Shuozhou lacks',
      path: 'shuozhou/merchant-onboarding.yaml',
      words: /(checkLimit:\n {4}value: \{ workingDays: )20( \}\n)[\s\S]*?(?=\n {2}\w)/,
      by: '$15$2    row: M1\n    force: must\n    cite: { instrument: 中卫市公共数据资源授权运营管理办法（试行）（征求意见稿）, article: 十八, quote: 在受理之日起 5 个工作日内 }',
      at: 'instrument: 中卫市',
      reason: /^rules\.checkLimit: borrows from zhongwei: .*silence is never filled from another city$/,
    },
    {
      name: 'supply inherited from another city',
      path: 'wuhai/supply.yaml',
      words: /( {2}suspension:)\n[\s\S]*?(?=\n {2}\w)/,
      by: '$1 { inherits: zhongwei }',
      at: '  suspension:',
      reason: /borrows from zhongwei: wuhai inherits from national alone, never sideways/,
    },
    {
      name: 'Wuhai 10 left to the nation',
      path: 'wuhai/data-use.yaml',
      words: /( {2}refusedUse:)\n[\s\S]*?(?=\n {2}\w)/,
      by: '$1 { inherits: national }',
      at: '  refusedUse:',
      reason: /^rules\.refusedUse is inherited, and A8 of wuhai is filled \(s\.10\)$/,
    },
    {
      name: 'silence on the six groups that Shuozhou 四 names',
      path: 'shuozhou/merchant-onboarding.yaml',
      words: /( {2}checkFields:\n)[\s\S]*?(?=\n {2}\w)/,
      by: '$1    value: [dataSecurity]\n    silent: nothing said\n    searched: [四]',
      at: '  checkFields:',
      reason: /^rules\.checkFields is silent, and M1 of shuozhou is filled/,
    },
    {
      name: 'an agreement of Wuhai, whose text asks for none',
      path: 'wuhai/data-use.yaml',
      words: /( {2}agreementContents:\n)[\s\S]*?(?=\n {2}\w)/,
      by: '$1    row: A7\n    force: must\n    value: [scenario]\n    cite: { article: 十一, quote: 挖掘数据应用场景 }',
      at: '  agreementContents:',
      reason: /^rules\.agreementContents cites a text for A7, where that of wuhai is silent$/,
    },
    {
      name: 'Shuozhou’s supply by an article that its cell does not name',
      path: 'shuozhou/supply.yaml',
      words: 'article: 六（二）, quote: 运营机构与数源部门',
      by: 'article: 十（一）, quote: 运营机构与数源部门',
      at: '十（一）, quote: 运营机构与数源部门',
      reason: /^rules\.authorisedOnly cites 十（一） for D1, whose cell says/,
    },
    {
      name: 'a limit of the check that is deemed approval',
      path: 'shuozhou/merchant-onboarding.yaml',
      words: /(onSilence:\n {4}value: )overdue/,
      by: '$1consent',
      at: 'value: consent',
      reason: /^rules\.onSilence\.value: /,
    },
  ])('$name', ({ path, words, by, at, reason }) => {
    const files = withChange(path, words, by);
    expect(faultsOf(files)).toContainEqual({
      file: path,
      line: lineOf(files, path, at),
      reason: expect.stringMatching(reason),
    });
  });
});
