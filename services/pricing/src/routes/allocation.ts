import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import { stateAllocationKey } from '../costs/allocation.ts';
import { ledgerOf } from '../costs/ledger.ts';
import { allocationOf } from '../costs/report-content.ts';
import { type CostDeps, costDb, periodAsked } from '../costs/requests.ts';
import { AllocationKeyGiven, AllocationKeyView, AllocationView, OperatorId, Year } from '../costs/schema.ts';
import { allocationKeyView } from '../costs/views.ts';

/** Shared cost laid on products by a key that is stated and can be reckoned again (F4). */
export const allocationRoutes =
  (deps: CostDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = costDb(deps);
    app.post(
      '/v1/allocation-keys',
      {
        config: { act: 'recordCost' },
        schema: {
          summary:
            '确定共同成本分摊方式 · The key of a year, with its figures and ground; frozen with the report',
          headers: IdempotencyKey,
          body: AllocationKeyGiven,
          response: { 201: AllocationKeyView, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'recordCost', ownObject(request));
        const pack = deps.packs.resolve(request.actor.jurisdiction);
        const row = await stateAllocationKey(db, pack, request.body, acting);
        return reply.code(201).send(allocationKeyView(row));
      },
    );
    app.get(
      '/v1/costs/allocation',
      {
        config: { act: 'readCosts' },
        schema: {
          summary: '共同成本分摊 · Key, weights and what each product bears; null without a key',
          querystring: z.strictObject({ year: Year, operator: OperatorId.optional() }),
          response: {
            200: z.object({
              operator: z.string(),
              year: z.int(),
              allocation: AllocationView.nullable(),
            }),
            ...problems(400, 401, 403, 404, 422),
          },
        },
      },
      async (request) => {
        const period = periodAsked(request, request.query);
        const { operator, year } = period;
        return { operator, year, allocation: allocationOf(await ledgerOf(db, period)) };
      },
    );
  };
