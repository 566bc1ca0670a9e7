import { DocumentHash } from '@gongshu/infra/documents/cite';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { toInstantText } from '@gongshu/shared/business-date';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type ConsentRow, consentsOf } from '../queries/resource-consent.ts';
import { recordConsent, recordWithdrawal } from '../resources/resource-consent.ts';
import type { ResourceDeps } from '../resources/resource-law.ts';
import { actObjectOf } from '../resources/resource-model.ts';
import { Reference, ResourceNo } from '../resources/resource-schema.ts';
import { actingOn, resourceFor } from './resource-acting.ts';

const Given = z.strictObject({
  provider: OrganisationId.describe('The body that shared the data'),
  documentId: Reference,
  documentHash: DocumentHash.optional().describe('Where the document itself was uploaded here'),
  consentedOn: z.iso.date(),
  scope: z.string().trim().min(1).max(2_000),
});
const Withdrawal = z.strictObject({ withdrawnOn: z.iso.date(), documentId: Reference });
const Consent = z.object({
  id: z.string(),
  resource: ResourceNo,
  provider: z.string(),
  documentId: z.string(),
  documentHash: z.string().nullable(),
  consentedOn: z.string(),
  scope: z.string(),
  recordedAt: z.string(),
  withdrawnOn: z.string().nullable(),
  stands: z.boolean(),
});
const Recorded = z.object({ consent: Consent, resourceState: z.string() });
const Params = z.object({ resourceId: ResourceNo });

const consentView = (row: ConsentRow): z.output<typeof Consent> => ({
  id: row.id,
  resource: row.resource_id,
  provider: row.provider_organisation,
  documentId: row.document_id,
  documentHash: row.document_hash,
  consentedOn: row.consented_on,
  scope: row.scope,
  recordedAt: toInstantText(row.recorded_at.getTime()),
  withdrawnOn: row.withdrawn_on,
  stands: row.withdrawn_on === null,
});

/** Consent of the body that shared the data, and its withdrawal (national norm art. 5, Wuhai s.6). */
export const resourceConsentRoutes =
  (deps: ResourceDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/resources/:resourceId/consents',
      {
        config: { act: 'readOwnResources' },
        schema: {
          summary: 'All consents of an entry',
          params: Params,
          response: { 200: z.object({ items: z.array(Consent) }), ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { id } = await resourceFor(deps, request, request.params.resourceId, 'readOwnResources');
        return { items: (await consentsOf(deps.db, id)).map(consentView) };
      },
    );

    app.post(
      '/v1/resources/:resourceId/consents',
      {
        config: { act: 'recordConsent' },
        schema: {
          summary: 'Record the consent of the provider of shared data; it restores a suspended entry (C4)',
          params: Params,
          headers: IdempotencyKey,
          body: Given,
          response: { 201: Recorded, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const row = await resourceFor(deps, request, request.params.resourceId, 'recordConsent');
        const acting = await actingOn(request, 'recordConsent', actObjectOf(row));
        const { consent, resource } = await recordConsent(deps, row.id, request.body, acting);
        return reply.code(201).send({ consent: consentView(consent), resourceState: resource.state });
      },
    );

    app.post(
      '/v1/resources/:resourceId/consents/:consentId/withdrawal',
      {
        config: { act: 'recordConsent' },
        schema: {
          summary: 'The provider takes its consent back: a published entry is suspended at once (C4)',
          params: Params.extend({ consentId: ResourceNo }),
          headers: IdempotencyKey,
          body: Withdrawal,
          response: { 200: Recorded, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const { resourceId, consentId } = request.params;
        const row = await resourceFor(deps, request, resourceId, 'recordConsent');
        const acting = await actingOn(request, 'recordConsent', actObjectOf(row));
        const { consent, resource } = await recordWithdrawal(deps, row.id, consentId, request.body, acting);
        return reply.send({ consent: consentView(consent), resourceState: resource.state });
      },
    );
  };
