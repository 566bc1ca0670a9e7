/** Reading products on their way out (E1). */
import { CaseNo } from '@gongshu/infra/cases/view';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { tag } from '@gongshu/infra/http/etag';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { procedureFor } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { procedureRowView } from '@gongshu/infra/procedures/view';
import type { ProductTables } from '@gongshu/infra/products/tables';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ProductNo } from '../products/number.ts';
import { readObject } from '../products/object.ts';
import { listCases } from '../products/queries.ts';
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
  };
