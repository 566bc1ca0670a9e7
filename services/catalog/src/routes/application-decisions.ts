import { type ActOnCase, actOnCase } from '@gongshu/infra/cases/acting';
import { batchRoutes, deciders } from '@gongshu/infra/cases/batch';
import { actAnswers, type CaseRoutes, Outcome, Reasons } from '@gongshu/infra/cases/case-routes';
import { type At, decisionRoutes, mustGiveReasons, turnAt } from '@gongshu/infra/cases/decisions';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { applicationsAt, CaseParams } from '../applications/address.ts';
import type { ApplicationDeps } from '../applications/deps.ts';

const words = z.string().trim().min(1).max(2_000);
const Condition = z.strictObject({
  code: z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/),
  text: words,
  fields: z.array(words.max(200)).max(200).optional(),
  until: z.iso.date().optional(),
});
const Review = z.strictObject({
  outcome: Outcome,
  reasons: Reasons,
  conditions: z
    .array(Condition)
    .max(50)
    .default([])
    .describe('Bind the grant: fields masked, a shorter term'),
});

/** The act of a review. Throws `reasonsMissing` (422). */
const reviewAct = (
  routes: CaseRoutes,
  at: At,
  { outcome, reasons, conditions }: z.infer<typeof Review>,
): ActOnCase => {
  mustGiveReasons(routes, at.application.jurisdiction, outcome, reasons);
  return {
    ...at,
    ...{ act: 'recordDecision', permission: 'decideReview' },
    message: () => ({ kind: 'decide', outcome }),
    text: {
      reasons,
      conditions: conditions.map(({ code, text, fields, until }) => ({
        code,
        text,
        ...(fields && { fields }),
        ...(until && { until }),
      })),
    },
  };
};

/** Acceptance, compliance check and reviews are decided (Zhongwei art. 20, 21). */
export const applicationDecisionRoutes =
  (deps: ApplicationDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const routes = applicationsAt(deps);
    await app.register(
      decisionRoutes(routes, {
        acceptance: '受理或不予受理 · The operator accepts the application, or says why not',
        check: '合规核查 · The operator’s compliance check, a finding in each field (Zhongwei art. 17, 20)',
      }),
    );
    await app.register(
      batchRoutes(routes, 'decideReview', {
        ...deciders,
        review: { permission: 'decideReview', body: Review, act: reviewAct },
      }),
    );

    app.post(
      '/v1/applications/:caseNo/reviews/:organisation/decision',
      {
        config: { act: 'decideReview' },
        schema: {
          summary: '审核 · A reviewing body approves, or refuses with reasons (Zhongwei art. 21)',
          params: CaseParams.extend({ organisation: OrganisationId }),
          headers: IdempotencyKey,
          body: Review,
          response: actAnswers,
        },
      },
      async (request, reply) => {
        const { caseNo, organisation: reviewer } = request.params;
        const permission = 'decideReview';
        const at = await turnAt(routes, request, { caseNo, step: 'review', permission, reviewer });
        return actOnCase(routes.deps, request, reply, reviewAct(routes, at, request.body));
      },
    );
  };
