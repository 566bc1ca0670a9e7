import { Reasons } from '@gongshu/infra/cases/case-routes';
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { businessDateOf } from '@gongshu/shared/business-date';
import { clauseIn } from '@gongshu/shared/packs/pack';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import { ledgerOf } from '../costs/ledger.ts';
import { listReports, listReportsDue, type ReportDue } from '../costs/queries.ts';
import { figuresOf } from '../costs/report-content.ts';
import { answerReport, fileReport, recordAudit, reportDueOn } from '../costs/reports.ts';
import { type CostDeps, costDb, reportFor } from '../costs/requests.ts';
import {
  CostKind,
  CostNo,
  CostReportDetail,
  CostReportNo,
  CostReportView,
  OperatorId,
  ProductNo,
  Year,
} from '../costs/schema.ts';
import { auditOutcomes, costReportStates } from '../costs/tables.ts';
import { reportView } from '../costs/views.ts';

const asCsv = {
  name: 'cost-reports',
  columns: [
    { title: '报告编号', value: ({ report }) => report },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '年度', value: ({ year }) => year },
    { title: '版次', value: ({ version }) => version },
    { title: '状态', value: ({ state }) => state },
    { title: '报送对象', value: ({ recipient }) => recipient },
    { title: '应报日期', value: ({ dueOn }) => dueOn },
    { title: '是否逾期', value: ({ late }) => (late ? '是' : '否') },
    { title: '报送时间', value: ({ filedAt }) => filedAt },
    { title: '答复时间', value: ({ answeredAt }) => answeredAt },
    { title: '内容哈希', value: ({ hash }) => hash },
  ] satisfies CsvColumn<CostReportView>[],
};
const Item = z
  .object({ cost: z.string(), kind: z.string(), product: z.string().nullable(), fen: z.int() })
  .meta({ id: 'CostReportItem' });
const itemsAsCsv = {
  name: 'cost-report-items',
  columns: [
    { title: '成本编号', value: ({ cost }) => cost },
    { title: '成本类别', value: ({ kind }) => kind },
    { title: '产品编号', value: ({ product }) => product },
    { title: '计入金额（分）', value: ({ fen }) => fen },
  ] satisfies CsvColumn<z.output<typeof Item>>[],
};
const Due = z
  .object({
    operator: z.string(),
    year: z.int(),
    dueOn: z.string(),
    state: z.enum(['ahead', 'overdue', ...costReportStates]),
    late: z.boolean(),
    report: z.string().nullable(),
  })
  .meta({ id: 'CostReportDue' });
const dueAsCsv = {
  name: 'cost-reports-due',
  columns: [
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '年度', value: ({ year }) => year },
    { title: '应报日期', value: ({ dueOn }) => dueOn },
    { title: '状态', value: ({ state }) => state },
    { title: '是否逾期', value: ({ late }) => (late ? '是' : '否') },
    { title: '报告编号', value: ({ report }) => report },
  ] satisfies CsvColumn<ReportDue>[],
};
const Params = z.object({ reportId: CostReportNo });
const answers = { 200: CostReportView, ...problems(400, 401, 403, 404, 409, 422, 503) };

/** The operator's yearly cost report (F4; 朔州 十（二）: 形成年度成本报告报市数据管理部门备案). */
export const costReportRoutes =
  (deps: CostDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = costDb(deps);

    app.post(
      '/v1/cost-reports',
      {
        config: { act: 'reportCosts' },
        schema: {
          summary: '报送年度成本报告 · Made off the ledger, filed; the year is closed then',
          headers: IdempotencyKey,
          body: z.strictObject({ year: z.int().min(2000).max(2100) }),
          response: { 201: CostReportView, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'reportCosts', ownObject(request));
        const pack = deps.packs.resolve(request.actor.jurisdiction);
        const row = await fileReport(db, pack, request.body.year, acting);
        return reply.code(201).header('location', `/v1/cost-reports/${row.id}`).send(reportView(row));
      },
    );

    app.get(
      '/v1/cost-reports',
      {
        config: { act: 'readCosts', lists: true },
        schema: {
          summary: 'Cost reports: of an operator its own, of the authorities every one of the city',
          querystring: PageQuery.extend({ operator: OperatorId.optional(), year: Year.optional() }),
          response: {
            200: jsonOrCsv(pageOf(CostReportView), 'A page of cost reports'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, operator, year } = request.query;
        const after = decodeCursor(z.tuple([CostReportNo]), cursor)?.[0];
        const asked = { operator, year, after, limit: limit + 1 };
        const rows = await listReports(db, request.actor, asked);
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(reportView), next });
      },
    );

    app.get(
      '/v1/cost-reports/due',
      {
        config: { act: 'readCosts', lists: true },
        schema: {
          summary: '应报情况 · Which operators owe the report of a year, and whether it is overdue',
          querystring: PageQuery.extend({
            year: Year.optional().describe('The year before this one when left out'),
          }),
          response: { 200: jsonOrCsv(pageOf(Due), 'A page of operators'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const after = decodeCursor(z.tuple([OperatorId]), cursor)?.[0];
        const today = businessDateOf((await request.lawNow()).getTime());
        const year = request.query.year ?? Number(today.slice(0, 4)) - 1;
        const dueOn = reportDueOn(deps.packs.resolve(request.actor.jurisdiction), year);
        const asked = { year, dueOn, today, after, limit: limit + 1 };
        const rows = await listReportsDue(db, request.actor, asked);
        const found = page(request, reply, rows, limit, ({ operator }) => [operator]);
        return sendPage(request, reply, dueAsCsv, found);
      },
    );

    app.get(
      '/v1/cost-reports/:reportId',
      {
        config: { act: 'readCosts' },
        schema: {
          summary: 'A report as it was filed, and its figures as audits have left them since',
          params: Params,
          response: { 200: CostReportDetail, ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const { row } = await reportFor(deps, request, request.params.reportId, 'readCosts');
        return { ...reportView(row), content: row.content, now: figuresOf(await ledgerOf(db, row)) };
      },
    );

    app.get(
      '/v1/cost-reports/:reportId/items',
      {
        config: { act: 'readCosts' },
        schema: {
          summary: 'What a figure of the report opens into: its items, by kind or product',
          params: Params,
          querystring: PageQuery.extend({
            kind: CostKind.optional(),
            product: ProductNo.optional().describe('A product, or `shared`'),
          }),
          response: {
            200: jsonOrCsv(pageOf(Item), 'A page of items'),
            ...problems(400, 401, 403, 404, 406),
          },
        },
      },
      async (request, reply) => {
        const { row } = await reportFor(deps, request, request.params.reportId, 'readCosts');
        const { limit, cursor, kind, product } = request.query;
        const after = decodeCursor(z.tuple([CostNo]), cursor)?.[0];
        let query = db
          .selectFrom('cost_report_item')
          .select(['item as cost', 'kind', 'product', 'fen'])
          .where('report', '=', row.id);
        if (kind !== undefined) query = query.where('kind', '=', kind);
        if (product === 'shared') query = query.where('product', 'is', null);
        else if (product !== undefined) query = query.where('product', '=', product);
        if (after !== undefined) query = query.where('item', '>', after);
        const rows = await query
          .orderBy('item')
          .limit(limit + 1)
          .execute();
        const found = page(request, reply, rows, limit, ({ cost }) => [cost]);
        return sendPage(request, reply, itemsAsCsv, found);
      },
    );

    app.post(
      '/v1/cost-reports/:reportId/answer',
      {
        config: { act: 'answerCostReport' },
        schema: {
          summary: '备案或退回 · Receipted, or returned with reasons: the year is open again then',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ outcome: z.enum(['receipt', 'return']), reasons: Reasons }),
          response: answers,
        },
      },
      async (request) => {
        const { reportId } = request.params;
        const { row, pack, acting } = await reportFor(deps, request, reportId, 'answerCostReport');
        if (request.body.outcome === 'return' && request.body.reasons.length === 0)
          throw reasonsMissing(clauseIn(pack, 'pricing', 'costReport'));
        return reportView(await answerReport(db, pack, row, request.body, await acting()));
      },
    );

    app.post(
      '/v1/cost-reports/:reportId/audit',
      {
        config: { act: 'answerCostReport' },
        schema: {
          summary: '第三方核查结论 · What a third party found in the report, with its paper, once',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ outcome: z.enum(auditOutcomes), document: DocumentHash }),
          response: answers,
        },
      },
      async (request) => {
        const { reportId } = request.params;
        const { row, pack, acting } = await reportFor(deps, request, reportId, 'answerCostReport');
        return reportView(await recordAudit(db, pack, row, request.body, await acting()));
      },
    );
  };
