/** Reading the engine's evidence on a product, and what changed between its artefacts (E1). */
import { instant } from '@gongshu/infra/cases/view-time';
import { jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { procedureFor } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { changesBetween, findingsBetween } from '@gongshu/shared/product/differences';
import type { EgressState } from '@gongshu/shared/product/types';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import {
  DifferenceView,
  EvidenceView,
  FindingView,
  findingColumns,
  ItemView,
  itemColumns,
} from '../products/evidence-view.ts';
import { readObject, shownTo } from '../products/object.ts';
import { listFindings, listItems } from '../products/queries.ts';

const Attempt = z.coerce.number().int().min(1).max(10_000).optional().describe('The newest when left out');

export const egressEvidenceRoutes =
  (deps: ProcedureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as Kysely<ProductTables>;

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
          notCompared: found.report.notCompared ?? null,
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
