import { DocumentHash, linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actOnCase, caseFor, Receipt, turnFor } from '@gongshu/infra/cases/acting';
import { CaseParams } from '../applications/address.ts';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import type { ApplicationDeps } from '../applications/deps.ts';

const words = z.string().trim().min(1).max(2_000);
const Request = z.strictObject({
  days: z.int().min(1).max(366).describe('Working days asked for'),
  reason: words,
  documentHash: DocumentHash.describe('The formal request, uploaded before by the body that asks'),
});
const Answer = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('grant'), days: z.int().min(1).max(366).optional() }),
  z.strictObject({
    answer: z.literal('refuse'),
    reasons: z
      .array(z.strictObject({ code: z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/), text: words }))
      .min(1)
      .max(20),
  }),
]);
const answers = { 200: Receipt, 202: Receipt, ...problems(400, 401, 403, 404, 409, 422, 503) };

/** The formal extension request, and the authority's answer (A6, Zhongwei art. 21). */
export const applicationExtensionRoutes =
  (deps: ApplicationDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/applications/:caseNo/reviews/:organisation/extension-requests',
      {
        config: { act: 'requestExtension' },
        schema: {
          summary:
            '延期审核申请 · A formal extension request; filed in time it holds off silence (Zhongwei art. 21)',
          params: CaseParams.extend({ organisation: OrganisationId }),
          headers: IdempotencyKey,
          body: Request,
          response: answers,
        },
      },
      async (request, reply) => {
        const { caseNo, organisation } = request.params;
        const { application, object } = await caseFor(
          deps,
          request,
          caseNo,
          'requestExtension',
          organisation,
        );
        const turn = await turnFor(deps, application, 'review', organisation);
        const { days, reason, documentHash } = request.body;
        return actOnCase(deps, request, reply, {
          ...{ application, object, turn },
          act: 'requestExtension',
          permission: 'requestExtension',
          message: () => ({ kind: 'requestExtension', days }),
          payload: { documentHash },
          text: { reason },
          also: async (trx, { receipt, receivedAt: at }) => {
            const { jurisdiction } = application;
            const by = request.actor.organisation;
            await mustBeStored(trx, { hash: documentHash, organisation: by, jurisdiction });
            const role = 'extensionRequest';
            await linkDocument(trx, {
              ...{ hash: documentHash, jurisdiction, caseNo, role, by: by ?? '', at, receipt },
            });
          },
        });
      },
    );

    app.post(
      '/v1/applications/:caseNo/extension-requests/:extensionId/answer',
      {
        config: { act: 'decideExtension' },
        schema: {
          summary: '延期答复 · The authority grants the extension, in whole or in part, or refuses it',
          params: CaseParams.extend({ extensionId: z.string().regex(/^SJ-[0-9a-f-]{36}$/) }),
          headers: IdempotencyKey,
          body: Answer,
          response: answers,
        },
      },
      async (request, reply) => {
        const { caseNo, extensionId } = request.params;
        const { application, object } = await caseFor(deps, request, caseNo, 'decideExtension');
        const asked = await deps.db
          .selectFrom('extension')
          .innerJoin('turn', 'turn.turn_id', 'extension.turn_id')
          .selectAll('turn')
          .select(['extension.days', 'extension.state as extension_state'])
          .where('extension.id', '=', extensionId)
          .where('turn.case_no', '=', caseNo)
          .executeTakeFirst();
        if (!asked) throw problem('notFound');
        if (asked.extension_state !== 'pending') throw problem('noExtensionPending');
        const { body } = request;
        const common = { application, object, turn: asked, permission: 'decideExtension' } as const;
        return body.answer === 'grant'
          ? actOnCase(deps, request, reply, {
              ...common,
              act: 'grantExtension',
              message: () => ({ kind: 'grantExtension', days: body.days ?? asked.days }),
            })
          : actOnCase(deps, request, reply, {
              ...common,
              act: 'refuseExtension',
              message: () => ({ kind: 'refuseExtension' }),
              text: { reasons: body.reasons },
            });
      },
    );
  };
