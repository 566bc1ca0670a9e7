/** The fairness report over REST (M4; 中卫 二十二): refusals and working days by size and relation, small numbers left out. */
import { calendarAt, newestCalendar } from '@gongshu/infra/calendars';
import { ChartQuery, chartAnswer, sendChart } from '@gongshu/infra/charts/send';
import { readFacts } from '@gongshu/infra/disclosures/facts';
import type { DisclosureCaseTables } from '@gongshu/infra/disclosures/tables';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { problems } from '@gongshu/infra/http/problems';
import { type BusinessDate, businessDateOf, isBusinessDate } from '@gongshu/shared/business-date';
import { codeTables } from '@gongshu/shared/code-tables';
import type { Chart } from '@gongshu/shared/charts/chart';
import {
  fairnessBy,
  type FairnessReport,
  fairnessReport,
  fairnessStages,
  notablePoints,
} from '@gongshu/shared/fairness/report';
import { endedPeriod, lastPeriod } from '@gongshu/shared/fairness/period';
import { ruleOf } from '@gongshu/shared/packs/pack';
import { packWith } from '@gongshu/shared/packs/pack-with';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';

const Row = z
  .object({
    ...{ stage: z.enum(fairnessStages), by: z.enum(fairnessBy) },
    group: z.string().describe('A size, a relation, or `all`'),
    decided: z
      .int()
      .nullable()
      .describe('Null: left out, it or what it would give away is below the threshold'),
    refused: z.int().nullable(),
    refusalRate: z.number().nullable().describe('Parts in a hundred'),
    medianDays: z.number().nullable().describe('Working days from submission to the decision'),
    difference: z
      .number()
      .nullable()
      .describe('Percentage points from the whole, where notable; pointed at, not judged'),
  })
  .meta({ id: 'FairnessRow' });
type Row = z.output<typeof Row>;
const Report = z
  .object({
    ...{ from: z.string(), until: z.string() },
    smallest: z.int().describe('A count below this, nought apart, is left out'),
    notablePoints: z.number().describe('From so many percentage points on, a difference is pointed out'),
    ...{ items: z.array(Row), next: z.null() },
  })
  .meta({ id: 'FairnessReport' });
const Day = z.string().refine(isBusinessDate, '须为真实日期 · a day that exists');
const Query = z.strictObject({
  from: Day.optional().describe(
    'The first day of a period that has ended; the last such period when left out',
  ),
  until: Day.optional().describe('Its last day'),
});

const word = (table: string, code: string): string => codeTables[table]?.codes[code]?.zh ?? code;
const groupWord = ({ by, group }: Pick<Row, 'by' | 'group'>): string =>
  group === 'all' ? '合计' : word(by === 'size' ? 'merchantSizes' : 'merchantRelations', group);
const asCsv = {
  name: 'fairness',
  columns: [
    { title: '环节', value: ({ stage }) => word('fairnessStages', stage) },
    { title: '维度', value: ({ by }) => word('fairnessBy', by) },
    { title: '类别', value: groupWord },
    { title: '办结数', value: ({ decided }) => decided ?? '不公布' },
    { title: '不予通过数', value: ({ refused }) => refused ?? '不公布' },
    { title: '不予通过率（%）', value: ({ refusalRate }) => refusalRate },
    { title: '用时中位数（工作日）', value: ({ medianDays }) => medianDays },
    { title: '与总体差异（百分点）', value: ({ difference }) => difference },
  ] satisfies CsvColumn<Row>[],
};

/** Rates that are shown; a group that is left out has no bar. */
const chartOf = ({ from, until, rows }: FairnessReport, by: 'size' | 'relation'): Chart | undefined => {
  const own = rows.filter((row) => row.by === by);
  if (own.every(({ refusalRate }) => refusalRate === null)) return undefined;
  const groups = [...new Set(own.map(({ group }) => group))];
  return {
    ...{ kind: 'bars', title: `不予通过率（${word('fairnessBy', by)}，${from}至${until}）`, unit: '%' },
    ...{ description: '各类数商各环节不予通过的比例；小数目不公布', by: '类别' },
    categories: groups.map((group) => groupWord({ by, group })),
    series: fairnessStages.map((stage) => ({
      name: word('fairnessStages', stage),
      fen: groups.map((group) => {
        const rate = own.find((row) => row.stage === stage && row.group === group)?.refusalRate;
        return rate === null || rate === undefined ? null : Math.round(rate * 100);
      }),
    })),
  };
};

export const fairnessRoutes =
  (deps: DisclosureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as Kysely<DisclosureCaseTables>;
    /** The period asked for, of the pack’s months; the last that ended when left out. Throws `fairnessSpan` for any other span. */
    const reportFor = async (
      request: FastifyRequest,
      given: { from?: BusinessDate | undefined; until?: BusinessDate | undefined },
    ): Promise<FairnessReport> => {
      const { jurisdiction } = request.actor;
      request.mustBeAllowed({ jurisdiction });
      const pack = packWith(deps.packs, jurisdiction, 'disclosure');
      const { months, smallestCount } = ruleOf(pack, 'disclosure', 'fairnessReport').value;
      const today = businessDateOf((await request.lawNow()).getTime());
      const span = endedPeriod(given, months, today);
      if (!span) throw problem('fairnessSpan', { params: { months, ...lastPeriod(today, months) } });
      const { version } = await newestCalendar(db as never, jurisdiction);
      const facts = await readFacts(db, jurisdiction);
      return fairnessReport(facts, {
        ...{ span, smallest: smallestCount },
        calendar: await calendarAt(db as never, version),
      });
    };
    app.get(
      '/v1/fairness',
      {
        config: { act: 'readFairness' },
        schema: {
          summary:
            '公平性报告 · Refusals and times by merchants’ size and relation to the operator (M4, 中卫 二十二)',
          querystring: Query,
          response: { 200: jsonOrCsv(Report, 'The report'), ...problems(400, 401, 403, 404, 406, 409, 422) },
        },
      },
      async (request, reply): Promise<never> => {
        const { rows, ...about } = await reportFor(request, request.query);
        const found = { ...about, notablePoints, items: rows, next: null };
        return sendPage(request, reply, asCsv, found) as never;
      },
    );
    app.get(
      '/v1/fairness/charts/:by',
      {
        config: { act: 'readFairness' },
        schema: {
          summary: 'Refusal rates as SVG, or the table that says the same (M4)',
          params: z.object({ by: z.enum(fairnessBy) }),
          querystring: ChartQuery.extend(Query.shape),
          response: { 200: chartAnswer, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply): Promise<never> => {
        const { by } = request.params;
        const drawn = chartOf(await reportFor(request, request.query), by);
        if (!drawn) throw problem('notFound');
        return sendChart(reply, `fairness-${by}`, drawn, request.query) as never;
      },
    );
  };
