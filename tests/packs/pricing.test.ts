import { join } from 'node:path';
import { installedPacks, loadPacks, readPackFiles } from '@gongshu/infra/packs';
import { articleNumber, articlesNamed } from '@gongshu/shared/packs/article';
import { assemblePacks } from '@gongshu/shared/packs/assemble';
import type { ResolvedRule } from '@gongshu/shared/packs/pack';
import { pricing, type PricingRules } from '@gongshu/shared/packs/topics/pricing';
import { cellsWithoutTopic, isFilled } from '@gongshu/shared/packs/table';
import { readTable } from '@gongshu/cli/packs';
import { faultsOf, lineOf, withChange } from './sabotage.ts';

const packs = loadPacks();
const fifth = installedPacks({ mode: 'development', folder: join(import.meta.dirname, '../fifth-city') });
const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'];
const table = readTable();
const filled = table
  .filter(({ id }) => /^F\d$/.test(id))
  .flatMap(({ id, cells }) =>
    Object.entries(cells).flatMap(([city, cell]) => (isFilled(cell) ? [{ id, city, cell }] : [])),
  );
const priceMechanism = '国家发展改革委 国家数据局关于建立公共数据资源授权运营价格形成机制的通知';

const rules = (city: string): ResolvedRule[] => Object.values(packs.resolve(city).rules['pricing'] ?? {});
const value = <K extends keyof PricingRules>(city: string, key: K): PricingRules[K] =>
  (city === 'lanting' ? fifth : packs).resolve(city).rule('pricing', key).value;
const citedBy = (city: string, id: string): number[] =>
  rules(city).flatMap(({ row, basis, from }) =>
    row === id && from === city && basis.kind === 'cite'
      ? [basis, ...(basis.also ?? [])].flatMap(({ article }) => articleNumber(article) ?? [])
      : [],
  );

describe('prices: every filled cell stands in its pack', () => {
  it.each(filled)('$id $city by each article of its cell: $cell', ({ id, city, cell }) => {
    expect(citedBy(city, id)).not.toHaveLength(0);
    expect(citedBy(city, id)).toEqual(expect.arrayContaining(articlesNamed(cell)));
  });

  it('without its file a city’s cells stand without a rule', () => {
    const without = readPackFiles().filter(({ path }) => !path.endsWith('/pricing.yaml'));
    const missing = (city: string) => cellsWithoutTopic(assemblePacks(without).packs.get(city)!, table);
    for (const city of cities)
      expect(missing(city)).toEqual(
        expect.arrayContaining(filled.filter((cell) => cell.city === city).map(({ id }) => `${id} ${city}`)),
      );
  });
});

describe('what differs between the cities, each under its own text', () => {
  it('the way of a permitted revenue: Wuhai 九（二）, Shuozhou 十（三）, else 65号', () => {
    const route = (city: string) =>
      value(city, 'revenueRoute').map(({ step, by, with: others }) => [step, by, ...others].join(' '));
    expect(route('national')).toEqual(['determination price authority']);
    expect(route('zhongwei')).toEqual(route('national'));
    expect(route('wuhai')).toEqual(['determination price authority']);
    expect(route('shuozhou')).toEqual(['determination authority price finance', 'approval government']);
    expect(route('lanting')).toEqual([
      'review authority',
      'determination price finance',
      'approval government',
    ]);
    expect(packs.resolve('wuhai').rule('pricing', 'revenueRoute').from).toBe('wuhai');
  });

  it('free always by 65号, in Zhongwei 二十四 with conditions; charged is industry alone', () => {
    for (const city of cities) {
      expect(value(city, 'freePurposes').purposes).toEqual(['publicGovernance', 'publicWelfare']);
      expect(value(city, 'chargedPurposes')).toEqual(['industry']);
      const { basis } = packs.resolve(city).rule('pricing', 'freePurposes');
      const places = basis.kind === 'cite' ? [basis, ...(basis.also ?? [])] : [];
      expect([city, places.some(({ instrument }) => instrument === priceMechanism)]).toEqual([
        city,
        city !== 'wuhai', // whose own text says so
      ]);
    }
    expect(cities.map((city) => value(city, 'freePurposes').unless)).toEqual([
      'none',
      'conditions',
      'none',
      'none',
    ]);
  });

  it('three kinds of cost and three of income in Wuhai, six and our two in Shuozhou', () => {
    expect(value('wuhai', 'costKinds')).toEqual(['productDevelopment', 'security', 'serviceSystem']);
    expect(value('wuhai', 'incomeKinds')).toEqual(['productSales', 'dataServices', 'dataTrading']);
    expect(value('shuozhou', 'costKinds')).toHaveLength(6);
    for (const city of [...cities, 'lanting'])
      expect(value(city, 'incomeKinds')).toContain(value(city, 'serviceIncome'));
  });

  it('Shuozhou pools what 65号 deducts: the conflict is named, and nobody else has one', () => {
    expect(value('shuozhou', 'excess')).toEqual({ to: 'pool', conflict: expect.stringContaining('65号') });
    expect(packs.resolve('shuozhou').rule('pricing', 'excess').basis).toMatchObject({
      instrument: priceMechanism,
      also: [{ instrument: expect.stringContaining('朔州'), article: '十（三）' }],
    });
    for (const city of ['national', 'zhongwei', 'wuhai'])
      expect(value(city, 'excess')).toEqual({ to: 'nextPeriod', conflict: null });
  });

  it('discounts and filing are Shuozhou’s alone', () => {
    expect(cities.map((city) => value(city, 'discounts'))).toEqual([
      'none',
      'none',
      ['welfare', 'smallFirm'],
      'none',
    ]);
    expect(cities.map((city) => value(city, 'tariffs').filedWith)).toEqual([
      'none',
      'none',
      ['authority', 'price'],
      'none',
    ]);
  });

  it('six points at most for all of ours, by 65号; the made-up city keeps to four', () => {
    for (const city of cities)
      expect(packs.resolve(city).rule('pricing', 'maximumPoints')).toMatchObject({
        value: '6',
        basis: { instrument: priceMechanism },
      });
    expect(value('lanting', 'maximumPoints')).toBe('4');
  });

  it('readings that no text gives are one and the same everywhere', () => {
    const readings = {
      rounding: { cap: 'down', discount: 'perLine' },
      excessOverNextCap: 'carriedOn',
      sharingTies: 'agreementOrder',
      profitBase: 'costNetOfSubsidy',
      resourceFeeBase: 'allRevenue',
    };
    for (const city of cities)
      for (const [key, reading] of Object.entries(readings))
        expect([city, key, packs.resolve(city).rules['pricing']?.[key]]).toEqual([
          city,
          key,
          expect.objectContaining({
            value: reading,
            basis: expect.objectContaining({ kind: 'silent' }),
          }),
        ]);
  });

  it('the made-up city settles more than ten of its own', () => {
    const own = Object.values(fifth.resolve('lanting').rules['pricing'] ?? {}).filter(
      ({ from }) => from === 'lanting',
    );
    expect(own.length).toBeGreaterThan(10);
  });
});

describe('sabotage: what a pack may not say about prices', () => {
  it.each([
    {
      name: 'silence on Shuozhou’s permitted revenue',
      path: 'shuozhou/pricing.yaml',
      words: /( {2}revenueRoute:\n)[\s\S]*?(?=\n {2}\w)/,
      by: '$1    value: [{ step: determination, by: price, with: [] }]\n    silent: nothing said',
      at: '  revenueRoute:',
      reason: /^rules\.revenueRoute is silent, and F2 of shuozhou is filled/,
    },
    {
      name: 'Wuhai’s kinds of cost left to the nation',
      path: 'wuhai/pricing.yaml',
      words: /( {2}costKinds:)\n[\s\S]*?(?=\n {2}\w)/,
      by: '$1 { inherits: national }',
      at: '  costKinds:',
      reason: /^rules\.costKinds is inherited, and F4 of wuhai is filled/,
    },
    {
      name: 'Shuozhou’s discounts in Wuhai',
      path: 'wuhai/pricing.yaml',
      words: '  discounts: { inherits: national }',
      by: '  discounts:\n    row: F1\n    force: must\n    value: [smallFirm]\n    cite: { instrument: 朔州市公共数据资源授权运营实施方案（试行）（征求意见稿）, article: 十（三）, quote: 对公益性场景及小微企业给予优惠 }',
      at: 'instrument: 朔州市',
      reason: /^rules\.discounts: borrows from shuozhou: /,
    },
    {
      name: 'a pool without its conflict',
      path: 'shuozhou/pricing.yaml',
      words: /value: \{ to: pool, conflict: .* \}/,
      by: 'value: { to: pool, conflict: null }',
      at: 'value: { to: pool',
      reason: /^rules\.excess\.value: who pools names the conflict$/,
    },
    {
      name: 'a pool that goes first where nothing is pooled',
      path: 'national/pricing.yaml',
      words: 'value: { to: nextPeriod, conflict: null }',
      by: 'value: { to: nextPeriod, conflict: null, first: pool }',
      at: 'first: pool',
      reason: /^rules\.excess\.value: what is not pooled goes to no pool$/,
    },
    {
      name: 'a rate that is a binary fraction',
      path: 'national/pricing.yaml',
      words: "value: '6'",
      by: 'value: 6',
      at: 'value: 6',
      reason: /^rules\.maximumPoints\.value: /,
    },
    {
      name: 'a government that approves before anything was determined',
      path: 'shuozhou/pricing.yaml',
      words: /(\{ step: determination, .* \})\n {6}- (\{ step: approval, .* \})/,
      by: '$2\n      - $1',
      at: '  revenueRoute:',
      reason: /a route reviews, determines and approves in this order$/,
    },
    {
      name: 'a day that not every year has',
      path: 'national/pricing.yaml',
      words: 'value: 06-30',
      by: 'value: 02-29',
      at: 'value: 02-29',
      reason: /^rules\.revenueDate\.value: a day that every year has$/,
    },
    {
      name: 'a fee that may be tied',
      path: 'zhongwei/pricing.yaml',
      words: 'tying: refused',
      by: 'tying: allowed',
      at: 'tying: allowed',
      reason: /^rules\.serviceFees\.value\.tying: /,
    },
  ])('$name', ({ path, words, by, at, reason }) => {
    const files = withChange(path, words, by);
    const found = faultsOf(files).filter((fault) => reason.test(fault.reason));
    expect(found).toHaveLength(1);
    expect(found[0]?.file).toBe(path);
    expect(lineOf(files, path, at)).toBeGreaterThan(0);
  });

  it('every key of the topic is answered in every city', () => {
    for (const city of cities)
      expect(Object.keys(packs.resolve(city).rules['pricing'] ?? {}).toSorted()).toEqual(
        Object.keys(pricing).toSorted(),
      );
  });
});
