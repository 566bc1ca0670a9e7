import { Chart } from '@gongshu/shared/charts/chart';
import { yuanText } from '@gongshu/shared/paper/words';
import fc from 'fast-check';
import { chart } from './draw.ts';

const years = ['2024年', '2025年', '2026年'];
const revenue: Chart = {
  kind: 'bars',
  title: '收入与最高准许收入',
  description: '各年度收入与最高准许收入比较',
  by: '年度',
  categories: years,
  series: [
    { name: '收入', fen: [123_456_789, 223_456_789, 99_999_901] },
    { name: '最高准许收入', fen: [150_000_000, 200_000_000, 210_000_000], target: true },
  ],
};
const cost: Chart = {
  ...{ kind: 'stacked', title: '成本构成', description: '', by: '年度', categories: years },
  series: [
    { name: '平台建设', fen: [10_000_000, 12_000_001, 9_999_999] },
    { name: '人工', fen: [5_000_050, null, 7_000_000] },
  ],
};
const shares: Chart = {
  ...{
    kind: 'share',
    title: '收益分配',
    description: '',
    by: '参与方',
    categories: ['政府', '运营机构', '公益'],
  },
  series: [{ name: '金额', fen: [1, 1, 1] }],
};
const running: Chart = { ...revenue, kind: 'line', title: '累计收入' };

/** The text of a picture, as a reader hears it. */
const heard = (svg: string): string =>
  svg
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => text.trim() !== '');
const charts = fc
  .record({
    kind: fc.constantFrom('bars', 'stacked', 'line'),
    categories: fc.uniqueArray(
      name.map((text) => text.trim()),
      { minLength: 1, maxLength: 14 },
    ),
    names: fc.uniqueArray(
      name.map((text) => text.trim()),
      { minLength: 1, maxLength: 5 },
    ),
    title: name,
    seed: fc.array(fc.maxSafeInteger(), { minLength: 70, maxLength: 70 }),
  })
  .map(({ kind, categories, names, title, seed }): unknown => ({
    ...{ kind, title, description: title, by: '类别', categories },
    series: names.map((one, at) => ({
      name: one,
      fen: categories.map((_, index) => seed[at * 14 + index]),
      target: at > 0 && at === 4,
    })),
  }));

describe('a chart', () => {
  it.each([
    ['bars against a target', revenue],
    ['stacked', cost],
    ['shares', shares],
    ['a line', running],
  ])('%s is drawn the same each time', (_name, described) => {
    const first = chart(described);
    expect(first.svg).toMatchSnapshot('picture');
    expect(first.table).toMatchSnapshot('table');
    expect(chart(described)).toEqual(first);
  });

  it('holds no script, style, link or handler, and says what it shows', () => {
    const { svg } = chart({ ...revenue, title: '</title><script>alert(1)</script> & "x" onload=' });
    expect(svg).not.toMatch(/<(script|style|image|a|foreignObject|use)\b|\son\w+="|href=/i);
    expect(heard(svg)).toContain('</title><script>alert(1)</script> & "x" onload=');
    expect(svg).toMatch(/^<svg role="img"[^>]*>\n<title>[^<]+<\/title>\n<desc>[^<]+<\/desc>/);
  });

  it('tells amounts to the fen, whatever a float makes of them', () => {
    const fen = [9_007_199_254_740_991, -1];
    const { svg, table } = chart({
      ...{ kind: 'bars', title: '大数', description: '', by: '项', categories: ['甲', '乙'] },
      series: [{ name: '金额', fen }],
    });
    expect(table.rows).toEqual([
      ['甲', '90,071,992,547,409.91'],
      ['乙', '-0.01'],
    ]);
    expect(table.totals).toEqual(['合计', '90,071,992,547,409.90']);
    expect(heard(svg)).toContain('90,071,992,547,409.91');
  });

  it('of shares says parts that add up to the whole', () => {
    const { table } = chart(shares);
    expect(table.rows.map((row) => row[2])).toEqual(['33.34%', '33.33%', '33.33%']);
    expect(table.totals).toEqual(['合计', '0.03', '100.00%']);
  });

  it('says every figure of its table to who hears it, for any words and amounts', () => {
    fc.assert(
      fc.property(charts, (given) => {
        const described = Chart.parse(given);
        const { svg, table } = chart(described);
        const said = heard(svg);
        for (const row of table.rows) for (const figure of row.slice(1)) expect(said).toContain(figure);
        for (const [at, { fen, target }] of described.series.entries()) {
          expect(table.rows.map((row) => row[at + 1])).toEqual(fen.map((one) => yuanText(one ?? 0)));
          const all = fen.reduce<bigint>((sum, one) => sum + BigInt(one ?? 0), 0n);
          const total = table.totals === null || target ? null : yuanText(all);
          expect(total === null ? null : table.totals?.[at + 1]).toBe(total);
        }
        // oxlint-disable-next-line no-control-regex -- what XML cannot hold
        expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
        expect(svg.match(/<text\b/g)?.length ?? 0).toBeLessThan(2_000);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['__proto__', '__proto__ and more of it, far beyond the room there is', 'constructor', 'toString'])(
    'named %s leaves all other objects alone',
    (one) => {
      const { svg } = chart({
        ...revenue,
        ...{ title: one, categories: [one, '乙', '丙'] },
        series: [{ name: one, fen: [1, 2, 3] }],
      });
      const found: string[] = [];
      for (const key in {}) found.push(key);
      expect([found, Object.keys(Object)]).toEqual([[], []]);
      expect(heard(svg)).toContain(one);
      expect(svg).not.toContain('NaN');
    },
  );

  it.each([
    ['a category twice', { categories: ['甲', '甲', '乙'] }],
    ['a missing amount', { series: [{ name: '收入', fen: [1] }] }],
    ['half a fen', { series: [{ name: '收入', fen: [1, 2, 0.5] }] }],
    [
      'too many series',
      { series: Array.from({ length: 13 }, (_, at) => ({ name: `甲${at}`, fen: [1, 2, 3] })) },
    ],
    ['shares below nought', { kind: 'share', series: [{ name: '收入', fen: [1, 2, -1] }] }],
  ])('is refused with %s', (_name, change) => {
    expect(Chart.safeParse(revenue).success).toBe(true);
    expect(Chart.safeParse({ ...revenue, ...change }).success).toBe(false);
  });
});
