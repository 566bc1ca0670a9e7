import { Reasons } from '@gongshu/infra/cases/case-routes';
import { tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { packOf } from '../resources/resource-law.ts';
import { appraise, firstReview } from '../scenarios/appraise.ts';
import { scenarioObject } from '../scenarios/queries.ts';
import { ScenarioView } from '../scenarios/schema.ts';
import { scenarioView } from '../scenarios/view.ts';
import { actingOn } from './resource-acting.ts';
import { dbOf, type ScenarioDeps, scenarioFor, ScenarioParams } from './scenarios.ts';

const answers = { 200: ScenarioView, ...problems(400, 401, 403, 404, 409, 422, 503) };

/** First review and appraisal of a scenario, where the pack has scenarios appraised (Shuozhou 六（三）). */
export const scenarioAppraisalRoutes =
  (deps: ScenarioDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/scenarios/:scenarioId/first-review',
      {
        config: { act: 'reviewScenario' },
        schema: {
          summary: '初审 · The operator passes a scenario on, returns it, or refuses it with reasons',
          params: ScenarioParams,
          headers: IdempotencyKey,
          body: z.strictObject({ outcome: z.enum(['approve', 'return', 'refuse']), reasons: Reasons }),
          response: answers,
        },
      },
      async (request, reply) => {
        const scenario = await scenarioFor(deps, request, request.params.scenarioId, 'reviewScenario');
        const acting = await actingOn(request, 'reviewScenario', scenarioObject(scenario));
        const pack = packOf(deps.packs, scenario.jurisdiction);
        const row = await firstReview(dbOf(deps), pack, scenario.id, request.body, acting);
        return tag(reply, row.version).send(scenarioView(row));
      },
    );

    app.post(
      '/v1/scenarios/:scenarioId/appraisals',
      {
        config: { act: 'appraiseScenario' },
        schema: {
          summary: '论证 · Bureau and industry department appraise compliance and necessity, each for itself',
          params: ScenarioParams,
          headers: IdempotencyKey,
          body: z.strictObject({
            compliance: z.boolean().describe('合规性 · it complies'),
            necessity: z.boolean().describe('必要性 · it is needed'),
            reasons: Reasons,
          }),
          response: answers,
        },
      },
      async (request, reply) => {
        const scenario = await scenarioFor(deps, request, request.params.scenarioId, 'appraiseScenario');
        const acting = await actingOn(request, 'appraiseScenario', {
          jurisdiction: scenario.jurisdiction,
          // Of the departments that handle it, the industry's alone appraises.
          handlers: scenario.industry_department === null ? [] : [scenario.industry_department],
        });
        const capacity = acting.actor.role === 'bureau' ? 'authority' : 'industryDepartment';
        const pack = packOf(deps.packs, scenario.jurisdiction);
        const row = await appraise(dbOf(deps), pack, scenario.id, capacity, request.body, acting);
        return tag(reply, row.version).send(scenarioView(row));
      },
    );
  };
