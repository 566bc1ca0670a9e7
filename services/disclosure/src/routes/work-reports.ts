/** The operator's periodic reports over REST (M3, M5; 中卫 十八、三十二, 朔州 六（二）、十一（三）6). */
import { Reasons } from '@gongshu/infra/cases/case-routes';
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import type { DisclosureCaseTables } from '@gongshu/infra/disclosures/tables';
import type { WorkReportRow } from '@gongshu/infra/disclosures/work-reports';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { actingOn } from '@gongshu/infra/http/acting';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import { reaches } from '@gongshu/shared/may';
import { clauseIn } from '@gongshu/shared/packs/pack';
import { WorkContent } from '@gongshu/shared/packs/topics/work-report';
import { problem } from '@gongshu/shared/problems';
import { workReportKinds } from '@gongshu/shared/work-report/figures';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { answerReport, contentOf, fileReport, onPaper, type Papers } from '../reports/work-reports.ts';
import { plainWords } from '../reports/words.ts';

const states = ['asked', 'filed', 'received', 'returned'] as const;
const WorkReport = z
  .object({
    ...{ report: z.string(), operator: z.string(), kind: z.enum(workReportKinds) },
    ...{ from: z.string(), until: z.string(), dueOn: z.string(), state: z.enum(states) },
    version: z.int(),
    late: z.boolean().describe('Filed after its last day'),
    overdue: z.boolean().describe('Its last day has passed and it is not filed'),
    ...{ hash: z.string().nullable(), filedAt: z.string().nullable(), answeredAt: z.string().nullable() },
  })
  .meta({ id: 'WorkReport' });
type WorkReport = z.output<typeof WorkReport>;
const Figure = z
  .object({ name: z.string(), unit: z.enum(['count', 'fen']), value: z.int() })
  .meta({ id: 'WorkReportFigure' });
const Detail = WorkReport.extend({
  figures: z.array(Figure).describe('As filed; before that as the platform counts them now'),
  words: z.string().nullable(),
  documents: z.array(z.string()),
  papers: z.partialRecord(z.enum(onPaper), z.string()).describe('By what each shows'),
  asked: z.array(z.string()).describe('What it was asked for besides'),
  reasons: z.array(z.object({ code: z.string(), text: z.string().optional() })),
}).meta({ id: 'WorkReportDetail' });
const Case = z.object({ figure: z.string(), case: z.string() }).meta({ id: 'WorkReportCase' });

const instant = (at: Date | null): string | null => (at === null ? null : toInstantText(at.getTime()));
const viewOn =
  (today: string) =>
  (row: WorkReportRow): WorkReport => ({
    ...{ report: row.id, operator: row.operator, kind: row.kind, from: row.from_on, until: row.until_on },
    ...{ dueOn: row.due_on, state: row.state, version: row.version, late: row.late, hash: row.hash },
    overdue: (row.state === 'asked' || row.state === 'returned') && today > row.due_on,
    ...{ filedAt: instant(row.filed_at), answeredAt: instant(row.answered_at) },
  });

const asCsv = {
  name: 'work-reports',
  columns: [
    { title: '报告编号', value: ({ report }) => report },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '类别', value: ({ kind }) => kind },
    { title: '起', value: ({ from }) => from },
    { title: '止', value: ({ until }) => until },
    { title: '应报日期', value: ({ dueOn }) => dueOn },
    { title: '状态', value: ({ state }) => state },
    { title: '是否逾期报送', value: ({ late }) => (late ? '是' : '否') },
    { title: '是否逾期未报', value: ({ overdue }) => (overdue ? '是' : '否') },
    { title: '报送时间', value: ({ filedAt }) => filedAt },
    { title: '内容哈希', value: ({ hash }) => hash },
  ] satisfies CsvColumn<WorkReport>[],
};
const casesAsCsv = {
  name: 'work-report-cases',
  columns: [
    { title: '指标', value: ({ figure }) => figure },
    { title: '编号', value: (one) => one.case },
  ] satisfies CsvColumn<z.output<typeof Case>>[],
};
const ReportNo = z.string().regex(/^GB-[0-9a-f-]{36}$/);
const Params = z.object({ report: ReportNo });
const answers = { 200: WorkReport, ...problems(400, 401, 403, 404, 409, 422, 503) };

export const workReportRoutes =
  (deps: DisclosureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as Kysely<DisclosureCaseTables>;
    const reportFor = async (request: FastifyRequest) => {
      const { report } = request.params as { report: string };
      const row = await db
        .selectFrom('work_report')
        .selectAll()
        .where('id', '=', report)
        .where('jurisdiction', '=', request.actor.jurisdiction)
        .executeTakeFirst();
      if (!row) throw problem('notFound');
      const object = { jurisdiction: row.jurisdiction, owner: row.operator };
      request.mustBeAllowed(object);
      return { row, object, pack: deps.packs.resolve(row.jurisdiction) };
    };
    const today = async (request: FastifyRequest) => businessDateOf((await request.lawNow()).getTime());

    app.get(
      '/v1/work-reports',
      {
        config: { act: 'readWorkReports', lists: true },
        schema: {
          summary:
            'Periodic reports: of an operator its own, of the authorities every one of the city (M3, M5)',
          querystring: PageQuery.extend({
            kind: z.enum(workReportKinds).optional(),
            state: z.enum(states).optional(),
          }),
          response: {
            200: jsonOrCsv(pageOf(WorkReport), 'A page of reports'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, kind, state } = request.query;
        const after = decodeCursor(z.tuple([z.iso.date(), ReportNo]), cursor);
        const { jurisdiction, organisation } = request.actor;
        let query = db
          .selectFrom('work_report')
          .selectAll()
          .where('jurisdiction', '=', jurisdiction)
          .orderBy('from_on', 'desc')
          .orderBy('id', 'desc')
          .limit(limit + 1);
        if (!reaches(request.actor, 'readWorkReports').includes('jurisdiction'))
          query = query.where('operator', '=', organisation ?? '');
        if (kind !== undefined) query = query.where('kind', '=', kind);
        if (state !== undefined) query = query.where('state', '=', state);
        if (after)
          query = query.where((eb) => eb(eb.refTuple('from_on', 'id'), '<', eb.tuple(after[0], after[1])));
        const rows = await query.execute();
        const { items, next } = page(request, reply, rows, limit, ({ from_on, id }) => [from_on, id]);
        return sendPage(request, reply, asCsv, { items: items.map(viewOn(await today(request))), next });
      },
    );

    app.get(
      '/v1/work-reports/:report',
      {
        config: { act: 'readWorkReports' },
        schema: {
          summary: 'One report: figures of the platform, the operator’s words and documents (M3, M5)',
          params: Params,
          response: { 200: Detail, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { row, pack } = await reportFor(request);
        const filed = row.content as { figures: z.output<typeof Figure>[]; papers?: Papers } | null;
        const figures = filed?.figures ?? (await contentOf(db, pack, row));
        return {
          ...viewOn(await today(request))(row),
          figures: figures.map(({ name, unit, value }) => ({ name, unit, value })),
          ...{ words: row.words, documents: row.documents, papers: filed?.papers ?? {}, asked: row.asked },
          reasons: row.reasons.map(({ code, text }) => ({ code, ...(text && { text }) })),
        };
      },
    );

    app.get(
      '/v1/work-reports/:report/figures/:figure',
      {
        config: { act: 'readWorkReports' },
        schema: {
          summary: 'What a figure was counted from, as the facts stand (M3, M5)',
          params: Params.extend({ figure: z.string().regex(/^[a-z][A-Za-z]{1,60}$/) }),
          querystring: PageQuery,
          response: { 200: jsonOrCsv(pageOf(Case), 'A page of cases'), ...problems(400, 401, 403, 404, 406) },
        },
      },
      async (request, reply) => {
        const { row, pack } = await reportFor(request);
        const { limit, cursor } = request.query;
        const { figure } = request.params;
        const after = decodeCursor(z.tuple([z.string().max(200)]), cursor)?.[0] ?? '';
        const cases = (await contentOf(db, pack, row)).find(({ name }) => name === figure)?.cases;
        if (!cases) throw problem('notFound');
        const rows = cases.filter((one) => one > after).slice(0, limit + 1);
        const { items, next } = page(request, reply, rows, limit, (one) => [one]);
        return sendPage(request, reply, casesAsCsv, {
          items: items.map((one) => ({ figure, case: one })),
          next,
        });
      },
    );

    app.post(
      '/v1/work-reports/:report/filing',
      {
        config: { act: 'reportWork' },
        schema: {
          summary:
            '报送 · The operator files it with its words and documents; late is late, never refused (M3, M5)',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({
            statement: z.string().trim().min(1).max(20_000),
            documents: z
              .array(DocumentHash)
              .max(50)
              .refine((all) => new Set(all).size === all.length, '材料重复 · a document stands twice')
              .default([]),
            papers: z
              .partialRecord(z.enum(onPaper), DocumentHash)
              .default({})
              .describe('The document that shows each content which only papers can show'),
          }),
          response: answers,
        },
      },
      async (request) => {
        const { row, object, pack } = await reportFor(request);
        const acting = await actingOn(request, 'reportWork', object);
        const { statement, ...papers } = request.body;
        const filed = await fileReport(db, pack, row, { words: plainWords(statement), ...papers }, acting);
        return viewOn(businessDateOf(acting.at.getTime()))(filed);
      },
    );

    app.post(
      '/v1/work-reports/:report/answer',
      {
        config: { act: 'answerWorkReport' },
        schema: {
          summary: '接收或退回 · The bureau receives it, or returns it with reasons (M3, M5)',
          params: Params,
          headers: IdempotencyKey,
          body: z
            .strictObject({
              ...{ outcome: z.enum(['receive', 'return']), reasons: Reasons },
              contents: z
                .array(WorkContent)
                .max(5)
                .default([])
                .describe('With a return: what is asked for besides, where the pack allows it'),
            })
            .refine(({ outcome, contents }) => outcome === 'return' || contents.length === 0, {
              ...{ path: ['contents'], params: { code: 'contentsOfReceipt' } },
              error: '仅退回时可要求提供 · asked for with a return alone',
            }),
          response: answers,
        },
      },
      async (request) => {
        const { row, object, pack } = await reportFor(request);
        const acting = await actingOn(request, 'answerWorkReport', object);
        if (request.body.outcome === 'return' && request.body.reasons.length === 0)
          throw reasonsMissing(clauseIn(pack, 'workReport', row.kind));
        return viewOn(businessDateOf(acting.at.getTime()))(
          await answerReport(db, pack, row, request.body, acting),
        );
      },
    );
  };
