import { ChartQuery, chartAnswer, sendChart } from '@gongshu/infra/charts/send';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { toInstantText } from '@gongshu/shared/business-date';
import { reaches } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import { chartNames, chartOf } from '../business/charts.ts';
import { BusinessContent } from '../business/content.ts';
import { type BusinessReportRow, type BusinessTables, fileBusinessReport } from '../business/reports.ts';
import type { PricingDeps } from '../deps.ts';

const BusinessReport = z
  .object({
    ...{ report: z.string(), operator: z.string(), year: z.int(), version: z.int(), hash: z.string() },
    ...{ dueOn: z.string(), late: z.boolean(), filedAt: z.string() },
  })
  .meta({ id: 'BusinessReport' });
type BusinessReport = z.output<typeof BusinessReport>;
const Detail = BusinessReport.extend({ content: BusinessContent }).meta({ id: 'BusinessReportDetail' });
const ReportNo = z.string().regex(/^JY-[0-9a-f-]{36}$/);
const Params = z.object({ report: ReportNo });

const view = (row: BusinessReportRow): BusinessReport => ({
  ...{ report: row.id, operator: row.operator, year: row.year, version: row.version, hash: row.hash },
  ...{ dueOn: row.due_on, late: row.late, filedAt: toInstantText(row.filed_at.getTime()) },
});
const asCsv = {
  name: 'business-reports',
  columns: [
    { title: '报告编号', value: ({ report }) => report },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '年度', value: ({ year }) => year },
    { title: '版次', value: ({ version }) => version },
    { title: '应报日期', value: ({ dueOn }) => dueOn },
    { title: '是否逾期', value: ({ late }) => (late ? '是' : '否') },
    { title: '报送时间', value: ({ filedAt }) => filedAt },
    { title: '内容哈希', value: ({ hash }) => hash },
  ] satisfies CsvColumn<BusinessReport>[],
};

/** The operator's yearly business report (年度经营情况报告, 65号 五), with its charts and their tables. */
export const businessReportRoutes =
  (deps: PricingDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as Kysely<BusinessTables>;
    const reportFor = async (request: FastifyRequest, id: string): Promise<BusinessReportRow> => {
      const row = await db
        .selectFrom('business_report')
        .selectAll()
        .where('id', '=', id)
        .where('jurisdiction', '=', request.actor.jurisdiction)
        .executeTakeFirst();
      if (!row) throw problem('notFound');
      request.mustBeAllowed({ jurisdiction: row.jurisdiction, owner: row.operator });
      return row;
    };

    app.post(
      '/v1/business-reports',
      {
        config: { act: 'reportBusiness' },
        schema: {
          summary: '报送年度经营情况报告 · Made off the books of a year that is over (65号 五)',
          headers: IdempotencyKey,
          body: z.strictObject({ year: z.int().min(2000).max(2100) }),
          response: { 201: Detail, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'reportBusiness', ownObject(request));
        const pack = deps.packs.resolve(request.actor.jurisdiction);
        const row = await fileBusinessReport(db, pack, request.body.year, acting);
        void reply.code(201).header('location', `/v1/business-reports/${row.id}`);
        return { ...view(row), content: row.content };
      },
    );

    app.get(
      '/v1/business-reports',
      {
        config: { act: 'readBusinessReports', lists: true },
        schema: {
          summary:
            'Business reports: of an operator its own, of the authorities every one of the city (65号 五)',
          querystring: PageQuery.extend({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
          response: {
            200: jsonOrCsv(pageOf(BusinessReport), 'A page of business reports'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, year } = request.query;
        const after = decodeCursor(z.tuple([z.iso.datetime(), ReportNo]), cursor);
        const { jurisdiction, organisation } = request.actor;
        let query = db
          .selectFrom('business_report')
          .selectAll()
          .where('jurisdiction', '=', jurisdiction)
          .orderBy('filed_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit + 1);
        if (!reaches(request.actor, 'readBusinessReports').includes('jurisdiction'))
          query = query.where('operator', '=', organisation ?? '');
        if (year !== undefined) query = query.where('year', '=', year);
        if (after)
          query = query.where((eb) =>
            eb(eb.refTuple('filed_at', 'id'), '<', eb.tuple(new Date(after[0]), after[1])),
          );
        const rows = await query.execute();
        const { items, next } = page(request, reply, rows, limit, ({ filed_at, id }) => [
          filed_at.toISOString(),
          id,
        ]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/business-reports/:report',
      {
        config: { act: 'readBusinessReports' },
        schema: {
          summary: 'One report with its figures (65号 五)',
          params: Params,
          response: { 200: Detail, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await reportFor(request, request.params.report);
        return { ...view(row), content: row.content };
      },
    );

    app.get(
      '/v1/business-reports/:report/charts/:chart',
      {
        config: { act: 'readBusinessReports' },
        schema: {
          summary: 'A chart of the report as SVG, or the table that says the same (65号 五)',
          params: Params.extend({ chart: z.enum(chartNames) }),
          querystring: ChartQuery,
          response: { 200: chartAnswer, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply): Promise<never> => {
        const { report, chart } = request.params;
        const row = await reportFor(request, report);
        const drawn = chartOf(chart, row.content);
        if (!drawn) throw problem('notFound');
        const name = `business-report-${row.year}-${chart}`;
        return sendChart(reply, name, drawn, request.query) as never;
      },
    );
  };
