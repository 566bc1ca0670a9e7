/**
 * A table of aggregates as its submitter declares it (E1): which columns are dimensions, which hold counts, totals and
 * the largest contributions. Who declares nothing has rows of people.
 */
import { z } from 'zod';

const Column = z.string().min(1).max(200);

/** Words that commonly stand in a dimension for the whole of it; an empty cell does too (ROLLUP writes it so). */
export const wholeWords = ['', '合计', '总计', '小计', '全部', '全市', '全省', '全国', 'total', 'all', 'sum'];

type Columns = {
  dimensions: string[];
  count?: string | undefined;
  total?: string | undefined;
  contributions?: string[] | undefined;
};

/** Every column the declaration names. */
export const columnsOf = ({ dimensions, count, total, contributions = [] }: Columns): string[] => [
  ...dimensions,
  ...[count, total].filter((column) => column !== undefined),
  ...contributions,
];

export const AggregateTable = z
  .strictObject({
    sheet: Column.nullable()
      .optional()
      .describe('Of a workbook; without it every sheet that has the columns'),
    dimensions: z.array(Column).max(20).describe('What a cell is broken down by'),
    count: Column.optional().describe('How many contribute to the cell'),
    total: Column.optional().describe('What they contribute together'),
    contributions: z
      .array(Column)
      .min(1)
      .max(10)
      .optional()
      .describe('The largest contributions, largest first; not negative'),
    wholes: z
      .array(z.string().max(100))
      .max(20)
      .optional()
      .describe('What stands in a dimension for the whole of it, letter case aside; common words else'),
  })
  .refine(({ count, total }) => count !== undefined || total !== undefined, {
    params: { code: 'neitherCountNorTotal' },
    error: '须指明计数列或合计列 · name a column of counts or of totals',
  })
  .refine(({ total, contributions }) => contributions === undefined || total !== undefined, {
    params: { code: 'contributionsWithoutTotal' },
    error: '列明最大贡献值的，须同时指明合计列 · contributions need the column of totals',
  })
  .refine((table) => new Set(columnsOf(table)).size === columnsOf(table).length, {
    params: { code: 'columnTwice' },
    error: '同一列不得用于两处 · a column has one part only',
  });
export type AggregateTable = z.infer<typeof AggregateTable>;
