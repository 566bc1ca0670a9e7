import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import { listSubsidies } from '../costs/queries.ts';
import { type CostDeps, costDb, subsidyFor } from '../costs/requests.ts';
import { Ground, OperatorId, SubsidyGiven, SubsidyNo, SubsidyView, Year } from '../costs/schema.ts';
import { recordSubsidy, reverseSubsidy } from '../costs/subsidies.ts';
import { subsidyView } from '../costs/views.ts';

const asCsv = {
  name: 'subsidies',
  columns: [
    { title: '补助编号', value: ({ subsidy }) => subsidy },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '年度', value: ({ year }) => year },
    { title: '金额（分）', value: ({ fen }) => fen },
    { title: '计入金额（分）', value: ({ countedFen }) => countedFen },
    { title: '来源和依据', value: ({ ground }) => ground },
    { title: '冲销的补助', value: ({ reverses }) => reverses },
    { title: '被冲销于', value: ({ reversedBy }) => reversedBy },
    { title: '入账时间', value: ({ recordedAt }) => recordedAt },
  ] satisfies CsvColumn<SubsidyView>[],
};

/** Subsidies, netted from the cost of their year (65号). */
export const subsidyRoutes =
  (deps: CostDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = costDb(deps);
    app.post(
      '/v1/subsidies',
      {
        config: { act: 'recordCost' },
        schema: {
          summary: '政府补助入账 · A subsidy, netted from the cost of its year',
          headers: IdempotencyKey,
          body: SubsidyGiven,
          response: { 201: SubsidyView, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'recordCost', ownObject(request));
        const pack = deps.packs.resolve(request.actor.jurisdiction);
        return reply.code(201).send(subsidyView(await recordSubsidy(db, pack, request.body, acting)));
      },
    );
    app.get(
      '/v1/subsidies',
      {
        config: { act: 'readCosts', lists: true },
        schema: {
          summary: 'Subsidies: of an operator its own, of the authorities every one of the city',
          querystring: PageQuery.extend({ operator: OperatorId.optional(), year: Year.optional() }),
          response: {
            200: jsonOrCsv(pageOf(SubsidyView), 'A page of subsidies'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, operator, year } = request.query;
        const after = decodeCursor(z.tuple([SubsidyNo]), cursor)?.[0];
        const asked = { operator, year, after, limit: limit + 1 };
        const rows = await listSubsidies(db, request.actor, asked);
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(subsidyView), next });
      },
    );
    app.post(
      '/v1/subsidies/:subsidyId/reversal',
      {
        config: { act: 'recordCost' },
        schema: {
          summary: '冲销补助 · A subsidy that reverses this one and points to it',
          params: z.object({ subsidyId: SubsidyNo }),
          headers: IdempotencyKey,
          body: z.strictObject({ ground: Ground }),
          response: { 201: SubsidyView, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { subsidyId } = request.params;
        const { row, pack, acting } = await subsidyFor(deps, request, subsidyId, 'recordCost');
        const reversal = await reverseSubsidy(db, pack, row, request.body.ground, await acting());
        return reply.code(201).send(subsidyView(reversal));
      },
    );
  };
