import { expectedVersion, tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { resourceStates } from '@gongshu/shared/resource';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { compileResource, editResource } from '../resources/resource-acts.ts';
import type { ResourceDeps } from '../resources/resource-law.ts';
import { actObjectOf, viewOf } from '../resources/resource-model.ts';
import { EntryDraft, EntryPatch, Reference, ResourceNo, ResourceView } from '../resources/resource-schema.ts';
import { moveResource } from '../resources/resource-transition.ts';
import { actingOn, permit, resourceFor } from './resource-acting.ts';

const Params = z.object({ resourceId: ResourceNo });
const Move = z.strictObject({
  to: z.enum(resourceStates),
  batch: Reference.optional().describe('Where the pack publishes in batches (Wuhai s.6)'),
  reason: z.string().max(80).optional().describe('For closing'),
});

/** Compiling, editing and moving entries along the pack's flow. */
export const resourceWriteRoutes =
  (deps: ResourceDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/resources',
      {
        config: { act: 'editResource' },
        schema: {
          summary: 'A source department compiles an entry (Zhongwei art. 8, Wuhai s.6)',
          headers: IdempotencyKey,
          body: EntryDraft,
          response: { 201: ResourceView, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const { jurisdiction } = request.actor;
        const object = { jurisdiction, owner: request.body.provider.organisation };
        const acting = await actingOn(request, 'editResource', object);
        const row = await compileResource(deps, jurisdiction, request.body, acting);
        return tag(reply, row.version)
          .code(201)
          .header('location', `/v1/resources/${row.id}`)
          .send(viewOf(row));
      },
    );

    app.patch(
      '/v1/resources/:resourceId',
      {
        config: { act: 'editResource' },
        schema: {
          summary: 'Its department edits an entry; If-Match names the version edited',
          params: Params,
          body: EntryPatch,
          response: { 200: ResourceView, ...problems(400, 401, 403, 404, 409, 412, 422, 428) },
        },
      },
      async (request, reply) => {
        const known = await resourceFor(deps, request, request.params.resourceId, 'editResource');
        const version = expectedVersion(request);
        const acting = await actingOn(request, 'editResource', actObjectOf(known));
        const row = await editResource(deps, known.id, request.body, version, acting);
        return tag(reply, row.version).send(viewOf(row));
      },
    );

    app.post(
      '/v1/resources/:resourceId/transitions',
      {
        config: { act: 'moveResource' },
        schema: {
          summary: 'The next step of the jurisdiction’s flow, closing, or giving back (C2)',
          params: Params,
          headers: IdempotencyKey,
          body: Move,
          response: { 200: ResourceView, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const { resourceId } = request.params;
        await resourceFor(deps, request, resourceId, 'readResources');
        const row = await moveResource(
          deps,
          resourceId,
          request.body,
          (act, object) => permit(request, act, object),
          await request.lawNow(),
        );
        return tag(reply, row.version).send(viewOf(row));
      },
    );
  };
