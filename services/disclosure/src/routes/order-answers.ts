/** Orders that suspend and what became of them over REST (D1, X1, X2, X4; decision 0031). */
import { jsonOrCsv, sendPage, type CsvColumn } from '@gongshu/infra/http/csv';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { toInstantText } from '@gongshu/shared/business-date';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';

const Order = z.string().regex(/^[\x21-\x7e]{1,160}$/);
const AnswerView = z
  .object({
    order: z.string(),
    service: z.string().describe('Who obeyed it'),
    move: z.enum(['ordered', 'lifted']),
    held: z.int().describe('Things it holds, or held until its lifting'),
    rested: z.int().describe('Of those, how many began to rest, or run again, by it'),
    missed: z.array(z.object({ kind: z.string(), id: z.string(), code: z.string() })),
    at: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'SupplyOrderAnswer' });
type AnswerView = z.infer<typeof AnswerView>;

const csv = {
  name: 'supply-orders',
  columns: [
    { title: '暂停令', value: ({ order }) => order },
    { title: '执行服务', value: ({ service }) => service },
    { title: '动作', value: ({ move }) => move },
    { title: '涉及', value: ({ held }) => held },
    { title: '状态变化', value: ({ rested }) => rested },
    { title: '未执行', value: ({ missed }) => missed.map(({ id, code }) => `${id} ${code}`).join('; ') },
    { title: '时间', value: ({ at }) => at },
  ] satisfies CsvColumn<AnswerView>[],
};

export const orderAnswerRoutes =
  (deps: DisclosureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as Kysely<IncidentTables>;
    app.get(
      '/v1/supply-orders',
      {
        config: { act: 'readContingencyPlans', lists: true },
        schema: {
          summary: 'What became of orders that suspend, newest first: held, missed and why (D1)',
          querystring: PageQuery.extend({ order: Order.optional() }),
          response: {
            200: jsonOrCsv(pageOf(AnswerView), 'A page of answers'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, order } = request.query;
        const [before] = decodeCursor(z.tuple([z.int().min(1)]), cursor) ?? [];
        let query = db
          .selectFrom('supply_order_answer')
          .selectAll()
          .where('jurisdiction', '=', request.actor.jurisdiction);
        if (order !== undefined) query = query.where('order_id', '=', order);
        if (before !== undefined) query = query.where('seq', '<', before);
        const rows = await query
          .orderBy('seq', 'desc')
          .limit(limit + 1)
          .execute();
        const { items, next } = page(request, reply, rows, limit, (row) => [Number(row.seq)]);
        const views = items.map((row) => ({
          ...{ order: row.order_id, service: row.service, move: row.move, held: row.held },
          ...{ rested: row.rested, missed: row.missed, at: toInstantText(row.at.getTime()) },
        }));
        return sendPage(request, reply, csv, { items: views, next });
      },
    );
  };
