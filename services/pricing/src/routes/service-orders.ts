import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import type { CostDeps } from '../costs/requests.ts';
import { cancelOrder, findOrder, listOrders, placeOrder, serviceObject } from '../services/orders.ts';
import { OrderGiven, OrderNo, OrderView } from '../services/schema.ts';
import type { ServiceDb } from '../services/tables.ts';
import { orderView } from '../services/views.ts';

const asCsv = {
  name: 'service-orders',
  columns: [
    { title: '订单编号', value: ({ order }) => order },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '数商', value: ({ merchant }) => merchant },
    { title: '项目代码', value: ({ item }) => item },
    { title: '单价（分）', value: ({ unitFen }) => unitFen },
    { title: '数量', value: ({ qty }) => qty },
    { title: '状态', value: ({ state }) => state },
    { title: '订购日期', value: ({ placedOn }) => placedOn },
    { title: '取消时间', value: ({ cancelledAt }) => cancelledAt },
  ] satisfies CsvColumn<OrderView>[],
};
const Params = z.object({ orderId: OrderNo });

/** Services are ordered by the merchant, of its own will: nobody orders for it, nothing depends on it (F6, M4). */
export const serviceOrderRoutes =
  (deps: CostDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as ServiceDb;
    app.post(
      '/v1/service-orders',
      {
        config: { act: 'orderService' },
        schema: {
          summary: '订购服务 · A merchant orders an item of the list at its price (中卫 十四, 二十二)',
          headers: IdempotencyKey,
          body: OrderGiven,
          response: { 201: OrderView, ...problems(400, 401, 403, 404, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'orderService', ownObject(request));
        const pack = deps.packs.resolve(request.actor.jurisdiction);
        const row = await placeOrder(db, pack, request.body, acting);
        return reply.code(201).header('location', `/v1/service-orders/${row.id}`).send(orderView(row));
      },
    );

    app.get(
      '/v1/service-orders',
      {
        config: { act: 'readServiceCharges', lists: true },
        schema: {
          summary: 'Orders: a merchant its own, an operator those it serves, the authorities the city’s',
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(OrderView), 'A page of orders'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const after = decodeCursor(z.tuple([OrderNo]), cursor)?.[0];
        const rows = await listOrders(db, request.actor, { after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(orderView), next });
      },
    );

    app.get(
      '/v1/service-orders/:orderId',
      {
        config: { act: 'readServiceCharges' },
        schema: {
          summary: 'One order',
          params: Params,
          response: { 200: OrderView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await findOrder(db, request.params.orderId);
        if (!row) throw problem('notFound');
        request.mustBeAllowed(serviceObject(row));
        return orderView(row);
      },
    );

    app.post(
      '/v1/service-orders/:orderId/cancellation',
      {
        config: { act: 'orderService' },
        schema: {
          summary: '取消订购 · No more of it is charged',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({}),
          response: { 200: OrderView, ...problems(400, 401, 403, 404, 409, 503) },
        },
      },
      async (request) => {
        const row = await findOrder(db, request.params.orderId);
        if (!row) throw problem('notFound');
        const acting = await actingOn(request, 'orderService', serviceObject(row));
        return orderView(await cancelOrder(db, deps.packs.resolve(row.jurisdiction), row.id, acting));
      },
    );
  };
