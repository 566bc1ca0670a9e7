import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { receiptFor } from '@gongshu/infra/intake/take';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { answerSubmission, submissionAnswers } from '@gongshu/infra/cases/submission';
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

/** Submits for the actor's body, and answers with the receipt. */
export const submitFor = (
  deps: ApplicationDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  submission: z.output<typeof Submission>,
  given: Pick<Parameters<typeof submitApplication>[3], 'receipt' | 'also'>,
) =>
  answerSubmission(
    deps,
    request,
    reply,
    { act: 'submitApplication', path: '/v1/applications' },
    (by, lawNow) => submitApplication(deps, submission, by, { lawNow, ...given }),
  );

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
        submitFor(deps, request, reply, request.body, {
          receipt: receiptFor(request.actor.id, request.idempotencyKey, request.url),
        }),
    );
  };
