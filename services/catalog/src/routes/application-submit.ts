import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { receiptFor } from '@gongshu/infra/intake/take';
import { toInstantText } from '@gongshu/shared/business-date';
import { actingRole } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Receipt } from '@gongshu/infra/cases/acting';
import { Contents } from '../applications/contents.ts';
import type { ApplicationDeps } from '../applications/deps.ts';
import { submitApplication } from '../applications/submit.ts';
import { ResourceNo } from '../resources/resource-schema.ts';

const Submission = z.strictObject({
  resources: z
    .array(ResourceNo)
    .min(1)
    .max(100)
    .refine((all) => new Set(all).size === all.length, '同一目录出现两次 · an entry stands twice')
    .describe('Entries asked for; each is reviewed by its own body'),
  contents: Contents,
});

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
          response: { 201: Receipt, 202: Receipt, ...problems(400, 401, 403, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { jurisdiction, organisation, id } = request.actor;
        const object = { jurisdiction, owner: organisation };
        request.mustBeAllowed(object);
        if (organisation === null) throw problem('forbidden');
        const role = actingRole(request.actor, 'submitApplication', object);
        const { receipt, receivedAt, caseNo } = await submitApplication(
          deps,
          request.body,
          { id, role, organisation, jurisdiction },
          { lawNow: await request.lawNow(), receipt: receiptFor(id, request.idempotencyKey, request.url) },
        );
        const { state } = await deps.deliver(receipt);
        return reply
          .code(state === 'delivered' ? 201 : 202)
          .header('location', `/v1/applications/${caseNo}`)
          .send({
            receipt,
            act: 'submitApplication',
            caseNo,
            turn: null,
            receivedAt: toInstantText(receivedAt.getTime()),
            state,
          });
      },
    );
  };
