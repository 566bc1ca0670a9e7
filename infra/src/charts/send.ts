/** Answers a chart as SVG, or its table as JSON or CSV. */
import { type Chart, ChartTable, chartTable } from '@gongshu/shared/charts/chart';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { sendCsv } from '../http/csv.ts';
import { chart } from './draw.ts';

/** The query of a chart's address. */
export const ChartQuery = z.strictObject({
  format: z.enum(['svg', 'json', 'csv']).default('svg').describe('json, csv: the table that says the same'),
});

/** Response schema of a chart. */
export const chartAnswer = {
  description: 'The chart as SVG, or its table',
  content: {
    'image/svg+xml': { schema: z.string() },
    'application/json': { schema: ChartTable },
    'text/csv': { schema: z.string() },
  },
} as const;

/** Sends a chart under a file name (ASCII, without ending). The picture holds no script and loads nothing. */
export const sendChart = (
  reply: FastifyReply,
  name: string,
  described: Chart,
  { format }: { format: 'svg' | 'json' | 'csv' } = { format: 'svg' },
): FastifyReply => {
  reply.header('cache-control', 'private, no-store');
  if (format === 'svg')
    return reply
      .type('image/svg+xml; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .header('content-disposition', `inline; filename="${name}.svg"`)
      .send(chart(described).svg);
  const table = chartTable(described);
  if (format === 'json') return reply.send(table);
  const columns = table.columns.map((title, at) => ({ title, value: (row: string[]) => row[at] ?? '' }));
  return sendCsv(reply, name, columns, [...table.rows, ...(table.totals ? [table.totals] : [])]);
};
