import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import { adjustmentsOf, recordCost, reverseCost } from '../costs/items.ts';
import { ledgerOf } from '../costs/ledger.ts';
import { figuresOf } from '../costs/report-content.ts';
import { findCost, listCosts } from '../costs/queries.ts';
import { type CostDeps, costDb, costFor, periodAsked } from '../costs/requests.ts';
import {
  CostDetail,
  CostGiven,
  CostKind,
  CostNo,
  CostView,
  Ground,
  OperatorId,
  ProductNo,
  Totals,
  Year,
} from '../costs/schema.ts';
import { adjustmentView, costView } from '../costs/views.ts';

const asCsv = {
  name: 'costs',
  columns: [
    { title: '成本编号', value: ({ cost }) => cost },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '年度', value: ({ year }) => year },
    { title: '发生日期', value: ({ incurredOn }) => incurredOn },
    { title: '成本类别', value: ({ kind }) => kind },
    { title: '产品编号', value: ({ product }) => product },
    { title: '入账金额（分）', value: ({ fen }) => fen },
    { title: '计入金额（分）', value: ({ countedFen }) => countedFen },
    { title: '依据', value: ({ ground }) => ground },
    { title: '凭证号', value: ({ voucher }) => voucher },
    { title: '冲销的成本', value: ({ reverses }) => reverses },
    { title: '被冲销于', value: ({ reversedBy }) => reversedBy },
    { title: '入账时间', value: ({ recordedAt }) => recordedAt },
  ] satisfies CsvColumn<CostView>[],
};
const Params = z.object({ costId: CostNo });
const Filters = PageQuery.extend({
  operator: OperatorId.optional(),
  year: Year.optional(),
  kind: CostKind.optional(),
  product: ProductNo.optional().describe('A product, or `shared`'),
});

/** The operator's cost ledger (F4; 朔州 十（二）, 乌海 九（一）). */
export const costRoutes =
  (deps: CostDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = costDb(deps);

    app.post(
      '/v1/costs',
      {
        config: { act: 'recordCost' },
        schema: {
          summary: '成本入账 · One cost, of a kind that counts and related to the operation (朔州 十（二）)',
          headers: IdempotencyKey,
          body: CostGiven,
          response: { 200: CostView, 201: CostView, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'recordCost', ownObject(request));
        const pack = deps.packs.resolve(request.actor.jurisdiction);
        const { row, isNew } = await recordCost(db, pack, request.body, acting);
        const standing = (await findCost(db, row.id)) ?? { ...row, counted: row.fen };
        return reply
          .code(isNew ? 201 : 200)
          .header('location', `/v1/costs/${row.id}`)
          .send(costView(standing));
      },
    );

    app.get(
      '/v1/costs',
      {
        config: { act: 'readCosts', lists: true },
        schema: {
          summary: 'Costs: of an operator its own, of the authorities every one of the city',
          querystring: Filters,
          response: {
            200: jsonOrCsv(pageOf(CostView), 'A page of costs'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, ...filter } = request.query;
        const after = decodeCursor(z.tuple([CostNo]), cursor)?.[0];
        const rows = await listCosts(db, request.actor, { ...filter, after, limit: limit + 1 } as never);
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(costView), next });
      },
    );

    app.get(
      '/v1/costs/totals',
      {
        config: { act: 'readCosts' },
        schema: {
          summary: '成本合计 · Totals of a year by kind and product, subsidies netted',
          querystring: z.strictObject({ year: Year, operator: OperatorId.optional() }),
          response: { 200: Totals, ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const period = periodAsked(request, request.query);
        const closed = await db
          .selectFrom('cost_period')
          .select('report')
          .where('jurisdiction', '=', period.jurisdiction)
          .where('operator', '=', period.operator)
          .where('year', '=', period.year)
          .executeTakeFirst();
        const { operator, year } = period;
        const figures = figuresOf(await ledgerOf(db, period));
        return { operator, year, closedBy: closed?.report ?? null, ...figures };
      },
    );

    app.get(
      '/v1/costs/:costId',
      {
        config: { act: 'readCosts' },
        schema: {
          summary: 'One cost as it was entered, with what audits have adjusted',
          params: Params,
          response: { 200: CostDetail, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { row } = await costFor(deps, request, request.params.costId, 'readCosts');
        return {
          ...costView(row),
          adjustments: (await adjustmentsOf(db, row.id)).map(adjustmentView),
        };
      },
    );

    app.post(
      '/v1/costs/:costId/reversal',
      {
        config: { act: 'recordCost' },
        schema: {
          summary: '冲销 · An item that reverses this one and points to it; nothing is edited',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ ground: Ground }),
          response: { 201: CostView, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { row, pack, acting } = await costFor(deps, request, request.params.costId, 'recordCost');
        const reversal = await reverseCost(db, pack, row, request.body.ground, await acting());
        return reply
          .code(201)
          .header('location', `/v1/costs/${reversal.id}`)
          .send(costView({ ...reversal, counted: 0 }));
      },
    );
  };
