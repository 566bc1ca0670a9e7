import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actingOn } from '@gongshu/infra/http/acting';
import type { CostDeps } from '../costs/requests.ts';
import { chargeService, findCharge } from '../services/charges.ts';
import { findOrder, listCharges, serviceObject } from '../services/orders.ts';
import { ChargeGiven, ChargeNo, ChargeView } from '../services/schema.ts';
import type { ServiceDb } from '../services/tables.ts';
import { chargeView } from '../services/views.ts';

const asCsv = {
  name: 'service-charges',
  columns: [
    { title: '收费编号', value: ({ charge }) => charge },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '数商', value: ({ merchant }) => merchant },
    { title: '订单编号', value: ({ order }) => order },
    { title: '项目代码', value: ({ item }) => item },
    { title: '数量', value: ({ qty }) => qty },
    { title: '单价（分）', value: ({ unitFen }) => unitFen },
    { title: '金额（分）', value: ({ fen }) => fen },
    { title: '收入类别', value: ({ income }) => income },
    { title: '收费日期', value: ({ chargedOn }) => chargedOn },
  ] satisfies CsvColumn<ChargeView>[],
};

/** What merchants are charged for services: at the list's price, what they ordered (F6). */
export const serviceChargeRoutes =
  (deps: CostDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as ServiceDb;
    app.post(
      '/v1/service-charges',
      {
        config: { act: 'chargeService' },
        schema: {
          summary: '计收服务费 · At the list’s price, the same for every merchant (中卫 十四, 二十二)',
          headers: IdempotencyKey,
          body: ChargeGiven,
          response: { 200: ChargeView, 201: ChargeView, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const order = await findOrder(db, request.body.order);
        if (!order) throw problem('notFound');
        const object = { jurisdiction: order.jurisdiction, owner: order.operator };
        const acting = await actingOn(request, 'chargeService', object);
        const pack = deps.packs.resolve(order.jurisdiction);
        const { row, isNew } = await chargeService(db, pack, order, request.body, acting);
        return reply
          .code(isNew ? 201 : 200)
          .header('location', `/v1/service-charges/${row.id}`)
          .send(chargeView(row));
      },
    );

    app.get(
      '/v1/service-charges',
      {
        config: { act: 'readServiceCharges', lists: true },
        schema: {
          summary: 'Charges: a merchant its own, an operator those it made, the authorities the city’s',
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(ChargeView), 'A page of charges'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const after = decodeCursor(z.tuple([ChargeNo]), cursor)?.[0];
        const rows = await listCharges(db, request.actor, { after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(chargeView), next });
      },
    );

    app.get(
      '/v1/service-charges/:chargeId',
      {
        config: { act: 'readServiceCharges' },
        schema: {
          summary: 'One charge',
          params: z.object({ chargeId: ChargeNo }),
          response: { 200: ChargeView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await findCharge(db, request.params.chargeId);
        if (!row) throw problem('notFound');
        request.mustBeAllowed(serviceObject(row));
        return chargeView(row);
      },
    );
  };
