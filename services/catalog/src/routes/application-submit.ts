import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { receiptFor } from '@gongshu/infra/intake/take';
import { toInstantText } from '@gongshu/shared/business-date';
import { actingRole } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Receipt } from '@gongshu/infra/cases/acting';
import { AskedResources, Contents } from '../applications/contents.ts';
import type { ApplicationDeps } from '../applications/deps.ts';
import { GrantNo } from '../grants/deps.ts';
import { submitApplication } from '../applications/submit.ts';

export const Submission = z.strictObject({
  resources: AskedResources.min(1).describe('Entries asked for; each is reviewed by its own body'),
  contents: Contents,
  kind: z.enum(['amendment', 'renewal']).optional().describe('变更或续期 · of the grant that is named'),
  grant: GrantNo.optional(),
});

export const submissionAnswers = {
  201: Receipt,
  202: Receipt,
  ...problems(400, 401, 403, 404, 409, 422, 503),
};

/** Submits for the actor's body, and answers with the receipt: 201, or 202 while Temporal is away. */
export const answerSubmission = async (
  deps: ApplicationDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  submission: z.output<typeof Submission>,
  given: Pick<Parameters<typeof submitApplication>[3], 'receipt' | 'also'>,
): Promise<z.output<typeof Receipt>> => {
  const { jurisdiction, organisation, id } = request.actor;
  const object = { jurisdiction, owner: organisation };
  request.mustBeAllowed(object, 'submitApplication');
  if (organisation === null) throw problem('forbidden', { params: { act: 'submitApplication' } });
  const role = actingRole(request.actor, 'submitApplication', object);
  const { receipt, receivedAt, caseNo } = await submitApplication(
    deps,
    submission,
    { id, role, organisation, jurisdiction },
    { lawNow: await request.lawNow(), ...given },
  );
  const { state } = await deps.deliver(receipt);
  void reply.code(state === 'delivered' ? 201 : 202).header('location', `/v1/applications/${caseNo}`);
  return {
    receipt,
    act: 'submitApplication',
    caseNo,
    turn: null,
    receivedAt: toInstantText(receivedAt.getTime()),
    state,
  };
};

/** A merchant applies for the use of entries (Zhongwei art. 20). */
export const applicationSubmitRoutes =
  (deps: ApplicationDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/applications',
      {
        config: { act: 'submitApplication' },
        schema: {
          summary: '提交公共数据使用申请 · Apply for the use of public data (Zhongwei art. 20)',
          headers: IdempotencyKey,
          body: Submission,
          response: submissionAnswers,
        },
      },
      async (request, reply) =>
        answerSubmission(deps, request, reply, request.body, {
          receipt: receiptFor(request.actor.id, request.idempotencyKey, request.url),
        }),
    );
  };
