import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { businessDateOf } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import type { CostDeps } from '../costs/requests.ts';
import { OperatorId } from '../costs/schema.ts';
import { findFee, listFees, publishFee, withdrawFee } from '../services/fees.ts';
import { Day, FeeDetail, FeeGiven, FeeNo, FeeView } from '../services/schema.ts';
import type { ServiceDb } from '../services/tables.ts';
import { feeView } from '../services/views.ts';

const asCsv = {
  name: 'service-fees',
  columns: [
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '项目代码', value: ({ item }) => item },
    { title: '服务项目', value: ({ title }) => title },
    { title: '服务费类别', value: ({ kind }) => kind },
    { title: '计费单位', value: ({ unit }) => unit },
    { title: '单位成本（分）', value: ({ costFen }) => costFen },
    { title: '利润率', value: ({ margin }) => margin },
    { title: '单价（分）', value: ({ fen }) => fen },
    { title: '执行日期', value: ({ from }) => from },
    { title: '是否取消', value: ({ withdrawn }) => (withdrawn ? '是' : '否') },
    { title: '版次', value: ({ version }) => version },
    { title: '公布时间', value: ({ publishedAt }) => publishedAt },
  ] satisfies CsvColumn<FeeView>[],
};
const Params = z.object({ feeId: FeeNo });

/** The published list of services to merchants, the same for all of them (F6; 中卫 十四). */
export const serviceFeeRoutes =
  (deps: CostDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as ServiceDb;
    app.post(
      '/v1/service-fees',
      {
        config: { act: 'setServiceFee' },
        schema: {
          summary:
            '公布服务收费价目 · A version of an item: cost, margin, first day; never edited (中卫 十四)',
          headers: IdempotencyKey,
          body: FeeGiven,
          response: { 201: FeeDetail, ...problems(400, 401, 403, 404, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'setServiceFee', ownObject(request));
        const row = await publishFee(
          db,
          deps.packs.resolve(request.actor.jurisdiction),
          request.body,
          acting,
        );
        return reply
          .code(201)
          .header('location', `/v1/service-fees/${row.id}`)
          .send({ ...feeView(row), costBasis: row.cost_basis });
      },
    );

    app.get(
      '/v1/public/service-fees',
      {
        config: { act: 'readTariffs', lists: true },
        schema: {
          summary: '服务收费公示 · What applies on a day and what is announced, of every city (F6)',
          querystring: PageQuery.extend({
            jurisdiction: z
              .string()
              .regex(/^[a-z][a-z0-9-]{0,60}$/i)
              .optional(),
            operator: OperatorId.optional(),
            on: Day.optional().describe('Today by the law’s clock when left out'),
          }),
          response: { 200: jsonOrCsv(pageOf(FeeView), 'A page of service fees'), ...problems(400, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, jurisdiction, operator } = request.query;
        const after = decodeCursor(z.tuple([FeeNo]), cursor)?.[0];
        const on = request.query.on ?? businessDateOf((await request.lawNow()).getTime());
        const rows = await listFees(db, { jurisdiction, operator, on, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(feeView), next });
      },
    );

    app.get(
      '/v1/service-fees/:feeId',
      {
        config: { act: 'readTariffs' },
        schema: {
          summary: 'One version of an item, open into what its cost rests on',
          params: Params,
          response: { 200: FeeDetail, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await findFee(db, request.params.feeId);
        if (!row) throw problem('notFound');
        // What is no longer offered is the city’s own matter.
        const { jurisdiction, operator: owner, withdrawn } = row;
        request.mustBeAllowed({ jurisdiction, owner, published: !withdrawn });
        return { ...feeView(row), costBasis: row.cost_basis };
      },
    );

    app.post(
      '/v1/service-fees/:feeId/withdrawal',
      {
        config: { act: 'setServiceFee' },
        schema: {
          summary: '取消服务项目 · The item is offered no longer from a day on',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ from: Day }),
          response: { 201: FeeView, ...problems(400, 401, 403, 404, 422, 503) },
        },
      },
      async (request, reply) => {
        const row = await findFee(db, request.params.feeId);
        if (!row) throw problem('notFound');
        const object = { jurisdiction: row.jurisdiction, owner: row.operator };
        const acting = await actingOn(request, 'setServiceFee', object);
        const pack = deps.packs.resolve(row.jurisdiction);
        return reply.code(201).send(feeView(await withdrawFee(db, pack, row, request.body.from, acting)));
      },
    );
  };
