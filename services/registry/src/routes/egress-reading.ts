/** Reading a product's way out: cases, the engine's evidence, what changed between artefacts (E1). */
import { CaseNo } from '@gongshu/infra/cases/view';
import { instant } from '@gongshu/infra/cases/view-time';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { tag } from '@gongshu/infra/http/etag';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { procedureFor } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { procedureRowView } from '@gongshu/infra/procedures/view';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { ScanReport, scanVerdicts } from '@gongshu/shared/egress/report';
import { changesBetween, findingsBetween } from '@gongshu/shared/product/differences';
import { EvidenceReport } from '@gongshu/shared/product/evidence-report';
import type { EgressState } from '@gongshu/shared/product/types';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ProductNo } from '../products/number.ts';
import { readObject, shownTo } from '../products/object.ts';
import { listCases, listFindings, listItems } from '../products/queries.ts';
import { aboutOf, aboutView, EgressCaseView, egressCaseView, EgressRowView } from '../products/view.ts';

const rowColumns: CsvColumn<EgressRowView>[] = [
  { title: '案件编号', value: ({ caseNo }) => caseNo },
  { title: '产品编号', value: ({ product }) => product },
  { title: '版本', value: ({ version }) => version },
  { title: '产品名称', value: ({ name }) => name },
  { title: '提交单位', value: ({ owner }) => owner },
  { title: '环节', value: ({ stage }) => stage },
  { title: '结果', value: ({ outcome }) => outcome },
  { title: '登记编码', value: ({ registrationCode }) => registrationCode },
  { title: '提交时间', value: ({ openedAt }) => openedAt },
];

const ItemView = z
  .object({
    item: z.int().describe('Its number, by which an exception is asked for'),
    kind: z.enum(['identifier', 'group', 'aggregate', 'raw', 'difference', 'declaration']),
    place: z.record(z.string(), z.unknown()).describe('Where it is, never what stands there'),
    publicSource: z.string().nullable().describe('The lawfully public source in whose rows it stands'),
  })
  .meta({ id: 'EvidenceItem' });
type ItemView = z.infer<typeof ItemView>;
const itemColumns: CsvColumn<ItemView>[] = [
  { title: '序号', value: ({ item }) => item },
  { title: '类别', value: ({ kind }) => kind },
  { title: '位置', value: ({ place }) => JSON.stringify(place) },
  { title: '公开来源', value: ({ publicSource }) => publicSource },
];

const FindingView = z
  .object({
    file: z.string(),
    sheet: z.string().nullable(),
    row: z.int().describe('From 1, without the header'),
    column: z.string(),
    path: z.string().nullable(),
    type: z.string(),
    detector: z.string(),
  })
  .meta({ id: 'EvidenceFinding' });
type FindingView = z.infer<typeof FindingView>;
const findingColumns: CsvColumn<FindingView>[] = [
  { title: '文件', value: ({ file }) => file },
  { title: '工作表', value: ({ sheet }) => sheet },
  { title: '行', value: ({ row }) => row },
  { title: '列', value: ({ column }) => column },
  { title: '路径', value: ({ path }) => path },
  { title: '类型', value: ({ type }) => type },
  { title: '规则', value: ({ detector }) => detector },
];

const EvidenceView = z
  .object({
    caseNo: z.string(),
    attempt: z.int(),
    verdict: z.enum(scanVerdicts),
    report: z.string().describe('Hash of the report'),
    recordedAt: z.iso.datetime({ offset: true }),
    declaration: EvidenceReport.shape.declaration.describe(
      'Answers and limits of a service that are findings',
    ),
    scans: z.array(ScanReport.omit({ findings: true }).extend({ findings: z.int() })),
  })
  .meta({ id: 'Evidence' });

const DifferenceView = z
  .object({
    attempt: z.int(),
    givenAt: z.iso.datetime({ offset: true }),
    artefact: z.string(),
    artefactChanged: z.boolean(),
    contents: z.array(z.object({ pointer: z.string(), change: z.enum(['added', 'removed', 'changed']) })),
    verdict: z.enum(scanVerdicts).nullable(),
    resolved: z.array(z.int()).describe('Findings of the artefact before that are gone'),
    appeared: z.array(z.int()).describe('Findings that are new'),
  })
  .meta({ id: 'EgressDifference' });

const Attempt = z.coerce.number().int().min(1).max(10_000).optional().describe('The newest when left out');

export const egressReadRoutes =
  (deps: ProcedureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as Kysely<ProductTables>;

    app.get(
      '/v1/egress-cases',
      {
        config: { act: 'readEgressCases', lists: true },
        schema: {
          summary:
            '产品出域案件 · Products on their way out, newest first; each body those it takes part in (E1)',
          querystring: PageQuery.extend({
            state: z.enum(['open', 'ended']).optional(),
            stage: z.string().max(60).optional(),
            product: ProductNo.optional(),
          }),
          response: {
            200: jsonOrCsv(pageOf(EgressRowView), 'A page of cases'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, ...filter } = request.query;
        const [before] = decodeCursor(z.tuple([CaseNo]), cursor) ?? [];
        const now = await request.lawNow();
        const rows = await listCases(db, request.actor, { ...filter, before, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, (row) => [row.case_no]);
        const about = await aboutOf(
          db,
          items.map(({ case_no }) => case_no),
        );
        const views = await Promise.all(
          items.map(async (row) => ({
            ...(await procedureRowView(deps.db, row, now)),
            ...aboutView(about.get(row.case_no)),
          })),
        );
        const csv = { name: 'egress-cases', columns: rowColumns };
        return sendPage(request, reply, csv, { items: views, next });
      },
    );

    app.get(
      '/v1/egress-cases/:caseNo',
      {
        config: { act: 'readEgressCases' },
        schema: {
          summary:
            '产品出域案件详情 · One case: its steps, contents, evidence; who checks is shown to the operator and above',
          params: ProcedureParams,
          response: { 200: EgressCaseView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const row = await procedureFor(deps, request, 'productEgress', request.params.caseNo);
        const object = await readObject(deps.db, row);
        request.mustBeAllowed(object);
        const { actor } = request;
        const handlers = object.handlers ?? [];
        const view = await egressCaseView(deps, row, { actor, handlers, now: await request.lawNow() });
        return tag(reply, row.version).send(view);
      },
    );

    /** The case, for those who read its evidence: the owner, the operator and who oversees them. */
    const evidenceCase = async (request: FastifyRequest, caseNo: string) => {
      const row = await procedureFor(deps, request, 'productEgress', caseNo);
      request.mustBeAllowed(await readObject(deps.db, row));
      if (shownTo(request.actor, row) === 'outer')
        throw problem('forbidden', { params: { act: 'readEgressCases' } });
      return row;
    };
    const attemptOf = (state: object, asked: number | undefined): number =>
      asked ?? (state as Partial<EgressState>).attempt ?? 1;
    const read = { params: ProcedureParams };

    app.get(
      '/v1/egress-cases/:caseNo/evidence',
      {
        config: { act: 'readEgressCases' },
        schema: {
          ...{
            summary: '检测结果 · What the engine says of an artefact: verdict, reason, groups, sources (E1)',
            ...read,
          },
          querystring: z.strictObject({ attempt: Attempt }),
          response: { 200: EvidenceView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await evidenceCase(request, request.params.caseNo);
        const found = await db
          .selectFrom('egress_evidence')
          .selectAll()
          .where('case_no', '=', row.case_no)
          .where('attempt', '=', attemptOf(row.state, request.query.attempt))
          .executeTakeFirst();
        if (!found) throw problem('notFound');
        return {
          ...{
            caseNo: row.case_no,
            attempt: found.attempt,
            verdict: found.verdict,
            report: found.report_hash,
          },
          recordedAt: instant(found.recorded_at),
          declaration: found.report.declaration,
          scans: found.report.scans.map((scan) => ({ ...scan, findings: scan.findings.length })),
        };
      },
    );

    const paged = (what: string) => ({
      ...read,
      summary: what,
      querystring: PageQuery.extend({ attempt: Attempt }),
    });
    const After = z.tuple([z.int().min(0).max(1_000_000_000)]);

    app.get(
      '/v1/egress-cases/:caseNo/evidence/items',
      {
        config: { act: 'readEgressCases' },
        schema: {
          ...paged('检测发现 · Numbered findings, each a question for the checkers'),
          response: { 200: jsonOrCsv(pageOf(ItemView), 'A page'), ...problems(400, 401, 403, 404, 406) },
        },
      },
      async (request, reply) => {
        const row = await evidenceCase(request, request.params.caseNo);
        const { limit, cursor, attempt: asked } = request.query;
        const [after] = decodeCursor(After, cursor) ?? [0];
        const of = { caseNo: row.case_no, attempt: attemptOf(row.state, asked), after, limit: limit + 1 };
        const { items, next } = page(request, reply, await listItems(db, of), limit, ({ item }) => [item]);
        const views = items.map(({ public_source: publicSource, ...one }) => ({ ...one, publicSource }));
        return sendPage(
          request,
          reply,
          { name: 'evidence-items', columns: itemColumns },
          { items: views, next },
        );
      },
    );

    app.get(
      '/v1/egress-cases/:caseNo/evidence/findings',
      {
        config: { act: 'readEgressCases' },
        schema: {
          ...paged('直接标识所在位置 · Every place of a direct identifier: file, sheet, row, column, kind'),
          response: { 200: jsonOrCsv(pageOf(FindingView), 'A page'), ...problems(400, 401, 403, 404, 406) },
        },
      },
      async (request, reply) => {
        const row = await evidenceCase(request, request.params.caseNo);
        const { limit, cursor, attempt: asked } = request.query;
        const [after] = decodeCursor(After, cursor) ?? [0];
        const of = { caseNo: row.case_no, attempt: attemptOf(row.state, asked), after, limit: limit + 1 };
        const { items, next } = page(request, reply, await listFindings(db, of), limit, ({ place }) => [
          place,
        ]);
        const views = items.map(({ file, finding }) => ({ file, ...finding }) as FindingView);
        return sendPage(
          request,
          reply,
          { name: 'evidence-findings', columns: findingColumns },
          { items: views, next },
        );
      },
    );

    app.get(
      '/v1/egress-cases/:caseNo/differences',
      {
        config: { act: 'readEgressCases' },
        schema: {
          ...{
            summary: '历次文件的差异 · What changed with each artefact: contents, findings gone and new',
            ...read,
          },
          response: { 200: z.object({ items: z.array(DifferenceView) }), ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await evidenceCase(request, request.params.caseNo);
        const given = await db
          .selectFrom('product_artefact')
          .leftJoin('egress_evidence', (join) =>
            join
              .onRef('egress_evidence.case_no', '=', 'product_artefact.case_no')
              .onRef('egress_evidence.attempt', '=', 'product_artefact.attempt'),
          )
          .select(['product_artefact.attempt', 'artefact', 'contents', 'given_at', 'verdict'])
          .where('product_artefact.case_no', '=', row.case_no)
          .orderBy('product_artefact.attempt')
          .execute();
        const items = await db
          .selectFrom('egress_item')
          .select(['attempt', 'item', 'kind', 'place'])
          .where('case_no', '=', row.case_no)
          .orderBy('item')
          .execute();
        const found = Map.groupBy(items, ({ attempt }) => attempt);
        return {
          items: given.slice(1).map((one, index) => {
            const before = given[index] as typeof one;
            return {
              ...{ attempt: one.attempt, givenAt: instant(one.given_at), artefact: one.artefact },
              artefactChanged: one.artefact !== before.artefact,
              contents: changesBetween(before.contents, one.contents),
              verdict: one.verdict,
              ...(one.verdict === null || before.verdict === null
                ? { resolved: [], appeared: [] }
                : findingsBetween(found.get(before.attempt) ?? [], found.get(one.attempt) ?? [])),
            };
          }),
        };
      },
    );
  };
