import { answerSubmission, submissionAnswers } from '@gongshu/infra/cases/submission';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { receiptFor } from '@gongshu/infra/intake/take';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AgreementId } from '@gongshu/infra/mandates/view';
import { Contents } from '../onboardings/contents.ts';
import type { OnboardingDeps } from '../onboardings/deps.ts';
import { submitOnboarding } from '../onboardings/submit.ts';

/** Submits for the actor's body, and answers with the receipt. */
export const submitFor = (
  deps: OnboardingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  contents: Contents,
  given: Pick<Parameters<typeof submitOnboarding>[3], 'receipt' | 'also' | 'mandate'>,
) =>
  answerSubmission(deps, request, reply, { act: 'submitOnboarding', path: '/v1/onboardings' }, (by, lawNow) =>
    submitOnboarding(deps, contents, by, { lawNow, ...given }),
  );

/** A registered merchant applies for onboarding (Zhongwei arts. 17, 18). */
export const onboardingSubmitRoutes =
  (deps: OnboardingDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/onboardings',
      {
        config: { act: 'submitApplication' },
        schema: {
          summary: '申请进驻注册 · A merchant applies for onboarding (Zhongwei arts. 17, 18)',
          headers: IdempotencyKey,
          body: z.strictObject({
            contents: Contents,
            mandate: AgreementId.optional().describe(
              '进驻的授权 · with whose operator, by its agreement; not needed where one mandate runs',
            ),
          }),
          response: submissionAnswers,
        },
      },
      async (request, reply) =>
        submitFor(deps, request, reply, request.body.contents, {
          mandate: request.body.mandate,
          receipt: receiptFor(request.actor.id, request.idempotencyKey, request.url),
        }),
    );
  };
