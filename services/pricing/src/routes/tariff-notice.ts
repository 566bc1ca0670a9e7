/** The notice of a tariff as PDF, for everybody (F3; 朔州 十（三） 明码标价). */
import { problems } from '@gongshu/infra/http/problems';
import { PaperQuery, paperAnswer, sendPaper } from '@gongshu/infra/paper/send';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { ceilingOn } from '../ceilings/queries.ts';
import type { PricingDeps } from '../deps.ts';
import type { Tables } from '../tariffs/judge.ts';
import { noticePaper } from '../tariffs/notice.ts';
import { foundTariff, TariffParams } from './tariffs.ts';

export const tariffNoticeRoutes =
  ({ db: pricing, packs }: PricingDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = pricing as Kysely<Tables>;
    app.get(
      '/v1/tariffs/:tariff/notice',
      {
        config: { act: 'readTariffs' },
        schema: {
          summary: '收费标准公示文书 · The notice of a published tariff, as PDF (F3)',
          params: TariffParams,
          querystring: PaperQuery,
          response: { 200: paperAnswer, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const row = await foundTariff(db, request, request.params.tariff);
        if (row.published_at === null) throw problem('tariffNotPublished');
        const ceiling = await ceilingOn(db as never, row, row.from_on);
        return sendPaper(
          reply,
          noticePaper(packs.resolve(row.jurisdiction), row, ceiling),
          request.query,
        ) as never;
      },
    );
  };
