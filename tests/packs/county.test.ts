import { loadPacks, readPackFiles, sha256 } from '@gongshu/infra/packs';
import { applicationRules } from '@gongshu/shared/application/rules';
import { packSetOf } from '@gongshu/shared/packs/resolve';
import { faultsOf, lineOf, withChange } from './sabotage.ts';

const packs = loadPacks();
const options = { mode: 'development', adopted: {}, sha256 } as const;
const file = 'zhongning/jurisdiction.yaml';
const note = `instrument: 中卫市公共数据资源授权运营管理办法（试行）（征求意见稿）
status: draft
rules:`;

describe('Zhongwei arts 5, 35: a county under its city’s rules until it has its own', () => {
  it('holds every rule of its city, each still said by whom it was said', () => {
    const [county, city] = [packs.resolve('zhongning'), packs.resolve('zhongwei')];
    expect(county.rules).toEqual(city.rules);
    expect(county).toMatchObject({
      title: '中宁县',
      areaCode: '640521',
      parent: 'zhongwei',
      status: 'draft',
    });
    expect(county.version).not.toBe(city.version);
    const from = Object.values(county.rules).flatMap((rules) =>
      Object.values(rules).map((rule) => rule.from),
    );
    expect(new Set(from)).toEqual(new Set(['zhongwei', 'national']));
    expect(county.localWords['check']).toBe('核查');
  });

  it('opens an application under the limits of its city', () => {
    const { packVersion: _, ...county } = applicationRules(packs.resolve('zhongning'));
    const { packVersion: __, ...city } = applicationRules(packs.resolve('zhongwei'));
    expect(county).toEqual(city);
    expect(county.review).toMatchObject({ budget: 10, onSilence: 'consent', article: '第二十一条' });
  });

  it('a rule of its own stands in for that one topic and for no other', () => {
    const rules = `${note}
  treatment:
    force: says
    value: { mode: reported, by: operator, to: countyAuthority, collectedFrom: [sourceDepartment] }
    row: A0
    cite: { article: 十六, quote: 收集、汇总数源部门的应用场景需求 }
  reportPeriod: { inherits: zhongwei }
`;
    const own = packSetOf([...readPackFiles(), { path: 'zhongning/scenario.yaml', text: rules }], options);
    const county = own.resolve('zhongning');
    expect(county.rule('scenario', 'treatment')).toMatchObject({
      value: { to: 'countyAuthority' },
      from: 'zhongning',
    });
    expect(county.rule('scenario', 'reportPeriod').from).toBe('zhongwei');
    expect(county.rule('norms', 'approved')).toEqual(packs.resolve('zhongwei').rule('norms', 'approved'));
  });

  it('a change of the city’s rule changes the county, and none of another city', () => {
    const changed = packSetOf(withChange('zhongwei/catalog.yaml', 'months: 12', 'months: 6'), options);
    expect(changed.resolve('zhongning').version).not.toBe(packs.resolve('zhongning').version);
    expect(changed.resolve('shuozhou').version).toBe(packs.resolve('shuozhou').version);
  });

  it('waits in production for the adoption of its city’s draft, and takes its dates', () => {
    expect(loadPacks(undefined, { mode: 'production' }).withheld['zhongning']).toMatch(
      /^zhongwei\/.*is a draft/,
    );
    const adoption = { number: '卫政规发〔2026〕1号', from: '2026-03-01', until: '2029-03-01' };
    const adopted = loadPacks(undefined, { mode: 'production', adopted: { zhongwei: adoption } });
    expect(adopted.resolve('zhongning')).toMatchObject({ status: 'inForce', ...adoption });
  });

  it.each([
    {
      name: 'another city',
      by: 'inherits: wuhai',
      reason: /^borrows from wuhai: zhongning inherits from zhongwei alone, never sideways$/,
    },
    {
      name: 'the nation over its city',
      by: 'inherits: national',
      reason: /^borrows from national: zhongning inherits from zhongwei alone/,
    },
  ])('sabotage: whole topics of $name are refused', ({ by, reason }) => {
    const files = withChange(file, 'inherits: zhongwei', by);
    expect(faultsOf(files)).toContainEqual({
      file,
      line: lineOf(files, file, 'parent:'),
      reason: expect.stringMatching(reason),
    });
  });
});
