import { type CsvColumn, jsonOrCsv, sendCsv, wantsCsv } from '@gongshu/infra/http/csv';
import { problems } from '@gongshu/infra/http/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type Measure, measures } from '../measures.ts';
import { type FigureRow, figuresOf, openResources } from '../queries/figure.ts';
import type { DisclosureTables } from '../tables.ts';

const counts = Object.fromEntries(measures.map((measure) => [measure, z.int().min(0)])) as Record<
  Measure,
  z.ZodInt
>;
const MonthFigures = z
  .object({ jurisdiction: z.string(), month: z.string(), ...counts })
  .meta({ id: 'MonthFigures' });
type MonthFigures = z.output<typeof MonthFigures>;

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const Query = z.strictObject({
  jurisdiction: z.string().max(64).optional(),
  from: Month.optional(),
  to: Month.optional(),
});
const Figures = z.object({
  figures: z.array(MonthFigures),
  openResources: z.array(z.object({ jurisdiction: z.string(), count: z.int().min(0) })),
});

const none = Object.fromEntries(measures.map((measure) => [measure, 0])) as Record<Measure, number>;

/** One entry a city and month, with a zero for what did not happen. */
const byMonth = (rows: readonly FigureRow[]): MonthFigures[] => {
  const months = new Map<string, MonthFigures>();
  for (const { jurisdiction, month, measure, count } of rows) {
    const key = `${jurisdiction} ${month}`;
    const entry = months.get(key) ?? { jurisdiction, month, ...none };
    if (measure in none) entry[measure] = count;
    months.set(key, entry);
  }
  return [...months.values()];
};

const titles: Record<Measure, string> = {
  submitted: '提交申请',
  approved: '批准',
  approvedWithDeemedReviews: '批准（部分审核视为同意）',
  deemedApproved: '视为批准（全部审核逾期）',
  refused: '未批准',
  checkFailed: '核查未通过',
  withdrawn: '撤回',
  lapsed: '逾期未补正终止',
  deemedReviews: '视为同意的审核',
  checksOverdue: '核查逾期',
  reviewsOverdue: '审核逾期',
  resourcesPublished: '公布资源',
};
const columns: CsvColumn<MonthFigures>[] = [
  { title: '地区', value: ({ jurisdiction }) => jurisdiction },
  { title: '月份', value: ({ month }) => month },
  ...measures.map((measure) => ({ title: titles[measure], value: (row: MonthFigures) => row[measure] })),
];

/** Public figures, counted from the events alone. */
export const figureRoutes =
  (db: Kysely<DisclosureTables>): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/figures',
      {
        config: { act: 'readFigures' },
        schema: {
          tags: ['figures'],
          summary: 'Applications by outcome, silences apart, by city and month; open resources by city',
          querystring: Query,
          response: { 200: jsonOrCsv(Figures, 'Figures'), ...problems(400, 406, 503) },
        },
      },
      async (request, reply) => {
        const { jurisdiction, from, to } = request.query;
        const figures = byMonth(await figuresOf(db, { jurisdiction, from, to }));
        if (wantsCsv(request)) return sendCsv(reply, 'figures', columns, figures);
        const open = await openResources(db, jurisdiction);
        return reply.header('vary', 'accept').send({ figures, openResources: open });
      },
    );
  };
