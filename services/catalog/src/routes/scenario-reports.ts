import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { toInstantText } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { packOf } from '../resources/resource-law.ts';
import { treatmentOf } from '../scenarios/law.ts';
import { listReports, type ReportRow, reportScenarios, reportStanding } from '../scenarios/report.ts';
import { ScenarioReportNo } from '../scenarios/schema.ts';
import { actingOn } from './resource-acting.ts';
import { dbOf, type ScenarioDeps } from './scenarios.ts';

const Report = z
  .object({
    report: z.string(),
    operator: z.string(),
    from: z.string().describe('Day of the report before, or of the first scenario'),
    until: z.string(),
    dueOn: z.string().nullable(),
    late: z.boolean(),
    scenarios: z.int().describe('How many were collected or changed since'),
    contentHash: z.string(),
    reportedAt: z.string(),
  })
  .meta({ id: 'ScenarioReport' });
const Standing = z
  .object({
    months: z.int().nullable().describe('Between two reports; null where none is asked for'),
    lastReportedOn: z.string().nullable(),
    dueOn: z.string().nullable().describe('Null before anything was collected'),
    overdue: z.boolean(),
    unreported: z.int(),
  })
  .meta({ id: 'ScenarioReportStanding' });

const view = (row: ReportRow): z.output<typeof Report> => ({
  ...{ report: row.id, operator: row.operator, from: row.from_on, until: row.until_on, dueOn: row.due_on },
  ...{ late: row.late, scenarios: row.items.length, contentHash: row.content_hash },
  reportedAt: toInstantText(row.reported_at.getTime()),
});

const asCsv = {
  name: 'scenario-reports',
  columns: [
    { title: '报送编号', value: ({ report }) => report },
    { title: '报送单位', value: ({ operator }) => operator },
    { title: '期间首日', value: ({ from }) => from },
    { title: '期间末日', value: ({ until }) => until },
    { title: '应报日期', value: ({ dueOn }) => dueOn },
    { title: '逾期', value: ({ late }) => (late ? '是' : '否') },
    { title: '场景数', value: ({ scenarios }) => scenarios },
    { title: '报送时间', value: ({ reportedAt }) => reportedAt },
    { title: '内容校验值', value: ({ contentHash }) => contentHash },
  ] satisfies CsvColumn<z.output<typeof Report>>[],
};

/** Reports of the scenarios collected, to the authority (Zhongwei art. 16). */
export const scenarioReportRoutes =
  (deps: ScenarioDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = dbOf(deps);

    app.post(
      '/v1/scenario-reports',
      {
        config: { act: 'reportScenarios' },
        schema: {
          summary:
            '报送应用场景需求 · All scenarios collected or changed since the last report (Zhongwei art. 16)',
          headers: IdempotencyKey,
          response: { 201: Report, ...problems(400, 401, 403, 409, 503) },
        },
      },
      async (request, reply) => {
        const { jurisdiction } = request.actor;
        const acting = await actingOn(request, 'reportScenarios', { jurisdiction });
        const pack = packOf(deps.packs, jurisdiction);
        const treatment = treatmentOf(pack);
        const { role, organisation } = acting.actor;
        if (organisation === null || (treatment.mode === 'reported' && treatment.by !== role))
          throw problem('forbidden', { params: { act: 'reportScenarios' } });
        return reply.code(201).send(view(await reportScenarios(db, pack, organisation, acting)));
      },
    );

    app.get(
      '/v1/scenario-reports',
      {
        config: { act: 'reportScenarios', lists: true },
        schema: {
          summary: 'Reports of scenarios, newest first',
          querystring: PageQuery,
          response: { 200: jsonOrCsv(pageOf(Report), 'A page of reports'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const before = decodeCursor(z.tuple([ScenarioReportNo]), cursor)?.[0];
        const rows = await listReports(db, request.actor.jurisdiction, { before, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/scenario-reports/standing',
      {
        config: { act: 'reportScenarios' },
        schema: {
          summary: 'When the next report is due, and whether it is overdue',
          response: { 200: Standing, ...problems(401, 403) },
        },
      },
      async (request) => {
        const { jurisdiction } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        return reportStanding(db, packOf(deps.packs, jurisdiction), await request.lawNow());
      },
    );
  };
