/**
 * A chart as it is meant: amounts in whole fen by category and series, and the table that says the same in figures.
 * The drawing (infra/src/charts) never says more than the table.
 */
import { z } from 'zod';
import { fraction } from '../exact.ts';
import { split } from '../pricing/money.ts';
import { yuanText } from '../paper/words.ts';

const Name = z.string().trim().min(1).max(60);
const unique = (names: readonly string[]): boolean => new Set(names).size === names.length;

/** `share`: the parts of one sum; `bars`, `stacked`: amounts side by side or on top of each other; `line`: over time. */
export const chartKinds = ['bars', 'stacked', 'line', 'share'] as const;

const Series = z.strictObject({
  name: Name,
  fen: z.array(z.int().nullable()).max(60).describe('By category, whole fen; null where there is none'),
  target: z
    .boolean()
    .optional()
    .describe('Drawn as a line to be held against, such as the permitted revenue'),
});

export const Chart = z
  .strictObject({
    kind: z.enum(chartKinds),
    title: z.string().trim().min(1).max(120),
    description: z.string().trim().max(500).describe('What is to be seen, for who cannot see it'),
    /** What the categories are, such as 年度 or 成本项目. */
    by: Name,
    /** What is counted where it is not money, such as 件 or 工作日: `fen` are then hundredths of it. */
    unit: z.string().trim().min(1).max(10).optional(),
    categories: z.array(Name).min(1).max(60).refine(unique, '类别重复 · a category stands twice'),
    series: z.array(Series).min(1).max(12),
  })
  .refine(({ series }) => unique(series.map(({ name }) => name)), '数列重名 · two series have one name')
  .refine(
    ({ categories, series }) => series.every(({ fen }) => fen.length === categories.length),
    '数列与类别个数不符 · a series has not one amount a category',
  )
  .refine(
    ({ kind, series }) =>
      kind !== 'share' ||
      (series.length === 1 && series[0]?.fen.every((one) => (one ?? 0) >= 0) && !series[0].target),
    '占比图只有一个数列且不得为负 · shares have one series, none below 0',
  )
  .meta({ id: 'Chart' });
export type Chart = z.infer<typeof Chart>;

/** Amounts as text, to the fen; the last line adds up what may be added. */
export const ChartTable = z
  .object({
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    totals: z.array(z.string()).nullable().describe('Null where a sum says nothing: a line, a target'),
  })
  .meta({ id: 'ChartTable' });
export type ChartTable = z.infer<typeof ChartTable>;

const none = '—';
/** An amount to the fen; of another unit to the hundredth, without noughts at its end. */
export const amountText = (fen: number | bigint, unit?: string): string =>
  unit === undefined
    ? yuanText(fen)
    : yuanText(fen)
        .replace(/\.?0+$/, '')
        .replaceAll(',', '') || '0';
const shown = (fen: number | null | undefined, unit?: string): string =>
  fen === null || fen === undefined ? none : amountText(fen, unit);
const sum = (amounts: readonly (number | null)[]): bigint =>
  amounts.reduce<bigint>((all, one) => all + BigInt(one ?? 0), 0n);

/** Parts of a whole in hundredths of a per cent that add up to 100 %, by largest remainder; nothing of nothing is 0. */
const shareTexts = (amounts: readonly (number | null)[]): string[] => {
  const weights = amounts.map((one) => fraction(BigInt(one ?? 0)));
  const parts = sum(amounts) === 0n ? weights.map(() => 0n) : split(10_000n, weights);
  return parts.map((part) => `${yuanText(part)}%`);
};

/** The table of a chart: a row a category, a column a series; shares and the sum of each row where they say something. */
export const chartTable = ({ kind, by, categories, series, unit }: Chart): ChartTable => {
  const counted = unit ?? '元';
  const added = series.filter(({ target }) => !target);
  const share = kind === 'share' ? shareTexts(series[0]?.fen ?? []) : undefined;
  const across = kind === 'stacked' && added.length > 1;
  return {
    columns: [
      by,
      ...series.map(({ name }) => `${name}（${counted}）`),
      ...(share ? ['占比'] : []),
      ...(across ? [`合计（${counted}）`] : []),
    ],
    rows: categories.map((category, at) => [
      category,
      ...series.map(({ fen }) => shown(fen[at], unit)),
      ...(share ? [share[at] ?? none] : []),
      ...(across ? [amountText(sum(added.map(({ fen }) => fen[at] ?? null)), unit)] : []),
    ]),
    totals:
      kind === 'line'
        ? null
        : [
            '合计',
            ...series.map(({ fen, target }) => (target ? none : amountText(sum(fen), unit))),
            ...(share ? [sum(series[0]?.fen ?? []) === 0n ? '0.00%' : '100.00%'] : []),
            ...(across ? [amountText(sum(added.flatMap(({ fen }) => fen)), unit)] : []),
          ],
  };
};

/** The table in one sentence a row, for who hears the chart. */
export const spokenTable = ({ columns, rows }: ChartTable): string =>
  rows
    .map(
      ([category, ...cells]) =>
        `${category}：${cells.map((cell, at) => `${columns[at + 1]} ${cell}`).join('，')}`,
    )
    .join('；');
