/** Where a version of a product comes from, over REST (D2; 国家 十五, 中卫 二十七). */
import { problems } from '@gongshu/infra/http/problems';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { provenanceOf } from '@gongshu/shared/trace/provenance';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { lineageOf } from '../traces/lineage.ts';

const Params = z.object({
  productNo: z.string().regex(/^[A-Za-z0-9-]{1,60}$/),
  version: z.coerce.number().int().min(1).max(1_000_000),
});

const Provenance = z
  .record(z.string(), z.record(z.string(), z.unknown()))
  .describe('W3C PROV-JSON')
  .meta({ id: 'Provenance' });

export const provenanceRoutes =
  (anyDb: Kysely<any>): FastifyPluginAsyncZod =>
  async (app) => {
    const db = anyDb as Kysely<ProductTables>;
    app.get(
      '/v1/products/:productNo/versions/:version/provenance',
      {
        config: { act: 'readTraces' },
        schema: {
          summary:
            '产品溯源 · From a version back to fields of the catalog, grants and decisions, as W3C PROV-JSON',
          params: Params,
          response: { 200: Provenance, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { productNo: product, version } = request.params;
        const { lineage, object } = await lineageOf(db, request.actor.jurisdiction, { product, version });
        request.mustBeAllowed(object);
        return provenanceOf(lineage);
      },
    );
  };
