import { Receipt } from '@gongshu/infra/cases/acting';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { receiptFor } from '@gongshu/infra/intake/take';
import { toInstantText } from '@gongshu/shared/business-date';
import { actingRole } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Contents } from '../onboardings/contents.ts';
import type { OnboardingDeps } from '../onboardings/deps.ts';
import { submitOnboarding } from '../onboardings/submit.ts';

export const submissionAnswers = {
  201: Receipt,
  202: Receipt,
  ...problems(400, 401, 403, 404, 409, 422, 503),
};

/** Submits for the actor's body, and answers with the receipt: 201, or 202 while Temporal is away. */
export const answerSubmission = async (
  deps: OnboardingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  contents: Contents,
  given: Pick<Parameters<typeof submitOnboarding>[3], 'receipt' | 'also'>,
): Promise<z.output<typeof Receipt>> => {
  const { jurisdiction, organisation, id } = request.actor;
  const object = { jurisdiction, owner: organisation };
  request.mustBeAllowed(object, 'submitApplication');
  if (organisation === null) throw problem('forbidden', { params: { act: 'submitApplication' } });
  const role = actingRole(request.actor, 'submitApplication', object);
  const { receipt, receivedAt, caseNo } = await submitOnboarding(
    deps,
    contents,
    { id, role, organisation, jurisdiction },
    { lawNow: await request.lawNow(), ...given },
  );
  const { state } = await deps.deliver(receipt);
  void reply.code(state === 'delivered' ? 201 : 202).header('location', `/v1/onboardings/${caseNo}`);
  return {
    ...{ receipt, caseNo, state },
    act: 'submitOnboarding',
    turn: null,
    receivedAt: toInstantText(receivedAt.getTime()),
  };
};

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
          body: z.strictObject({ contents: Contents }),
          response: submissionAnswers,
        },
      },
      async (request, reply) =>
        answerSubmission(deps, request, reply, request.body.contents, {
          receipt: receiptFor(request.actor.id, request.idempotencyKey, request.url),
        }),
    );
  };
