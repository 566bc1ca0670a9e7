import { DocumentHash } from '@gongshu/infra/documents/cite';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { Fen } from '@gongshu/shared/pricing/money';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { adjustCost, adjustmentsOf } from '../costs/items.ts';
import { findCost } from '../costs/queries.ts';
import { type CostDeps, costDb, costFor } from '../costs/requests.ts';
import { CostDetail, CostNo, Ground } from '../costs/schema.ts';
import { adjustmentView, costView } from '../costs/views.ts';

/** What an audit changes, kept beside the original (F4; 朔州 十（二）: 核查). */
export const costAdjustmentRoutes =
  (deps: CostDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = costDb(deps);
    app.post(
      '/v1/costs/:costId/adjustments',
      {
        config: { act: 'adjustCost' },
        schema: {
          summary: '审计调整 · What the item counts for from now on, with ground and document',
          params: z.object({ costId: CostNo }),
          headers: IdempotencyKey,
          body: z.strictObject({ fen: Fen, ground: Ground, document: DocumentHash }),
          response: { 201: CostDetail, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { row, pack, acting } = await costFor(deps, request, request.params.costId, 'adjustCost');
        await adjustCost(db, pack, row, request.body, await acting());
        const now = (await findCost(db, row.id)) ?? row;
        const adjustments = (await adjustmentsOf(db, row.id)).map(adjustmentView);
        return reply.code(201).send({ ...costView(now), adjustments });
      },
    );
  };
