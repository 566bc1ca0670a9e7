/** Tariffs and ceilings that anybody reads without a token (明码标价, F3; 65号 二, 朔州 十（三）). */
import { jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { PriceDay, ProductNo } from '../ceilings/draft.ts';
import type { PricingDeps } from '../deps.ts';
import type { Tables } from '../tariffs/judge.ts';
import { listCeilings, listTariffs } from '../tariffs/queries.ts';
import {
  ceilingCsv,
  PublicCeiling,
  publicCeiling,
  PublicTariff,
  publicTariff,
  tariffCsv,
} from '../tariffs/views.ts';

const Query = PageQuery.extend({
  jurisdiction: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,60}$/i)
    .optional(),
  product: ProductNo.optional(),
  on: PriceDay.optional().describe('The day asked for; today by the law’s clock when left out'),
});

const dayOf = async (request: FastifyRequest, on: string | undefined): Promise<string> =>
  on ?? businessDateOf((await request.lawNow()).getTime());

export const publicTariffRoutes =
  ({ db: pricing }: PricingDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = pricing as Kysely<Tables>;
    app.get(
      '/v1/public/tariffs',
      {
        config: { act: 'readTariffs', lists: true },
        schema: {
          summary: '收费标准公示 · What applies on a day and what is announced, of every city (F1, F3)',
          querystring: Query,
          response: { 200: jsonOrCsv(pageOf(PublicTariff), 'A page of tariffs'), ...problems(400, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, jurisdiction, product } = request.query;
        const after = decodeCursor(z.tuple([z.string().max(60)]), cursor)?.[0];
        const on = await dayOf(request, request.query.on);
        const rows = await listTariffs(db, {
          ...{ jurisdiction, product, on, published: true, after, limit: limit + 1 },
        });
        const { items, next } = page(request, reply, rows, limit, ({ tariff }) => [tariff]);
        return sendPage(
          request,
          reply,
          { name: 'public-tariffs', columns: tariffCsv },
          { items: items.map((row) => publicTariff(row, on)), next },
        );
      },
    );

    app.get(
      '/v1/public/ceilings',
      {
        config: { act: 'readTariffs', lists: true },
        schema: {
          summary: '上限收费标准公示 · Ceilings of a day and those that follow it, of every city (F3)',
          querystring: Query,
          response: { 200: jsonOrCsv(pageOf(PublicCeiling), 'A page of ceilings'), ...problems(400, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, jurisdiction, product } = request.query;
        const after = decodeCursor(z.tuple([z.string().max(60), z.string().max(20)]), cursor);
        const on = await dayOf(request, request.query.on);
        const rows = await listCeilings(db, { jurisdiction, product, on, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ case_no, unit }) => [case_no, unit]);
        return sendPage(
          request,
          reply,
          { name: 'public-ceilings', columns: ceilingCsv },
          { items: items.map((row) => publicCeiling(row, on)), next },
        );
      },
    );
  };
