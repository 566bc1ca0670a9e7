import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { type Actor, reaches } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findPackage, type ItemRow, itemsOf, type PackageRow } from '../queries/resource-registration.ts';
import type { ResourceDeps } from '../resources/resource-law.ts';
import { packRegistration, recordRegistration } from '../resources/resource-registration.ts';
import { Reference, ResourceNo } from '../resources/resource-schema.ts';
import { actingOn, ownObject } from './resource-acting.ts';

const Chosen = z.strictObject({
  resources: z
    .array(ResourceNo)
    .min(1)
    .max(1_000)
    .optional()
    .describe('All that can be registered when left out'),
});
const Codes = z.strictObject({
  registeredOn: z.iso.date(),
  codes: z
    .array(z.strictObject({ resource: ResourceNo, code: Reference }))
    .min(1)
    .max(1_000),
});
const Package = z
  .object({
    id: z.string(),
    number: z.int(),
    sha256: z.string(),
    entries: z.int(),
    createdAt: z.string(),
    sentAt: z.string().nullable(),
    items: z.array(z.object({ resource: z.string(), code: z.string().nullable() })),
  })
  .meta({ id: 'RegistrationPackage' });
const Params = z.object({ packageId: ResourceNo });

const packageView = (row: PackageRow, items: readonly ItemRow[]): z.output<typeof Package> => ({
  ...{ id: row.id, number: row.number, sha256: row.sha256, entries: row.entries },
  createdAt: instant(row.created_at),
  sentAt: instantOrNull(row.sent_at),
  items: items.map(({ resource_id, code }) => ({ resource: resource_id, code })),
});

/** The bureau sees its city's packages; a department those it had made for its own entries. */
const mustBeOwn = (actor: Actor, row: PackageRow | undefined): PackageRow => {
  const whole = reaches(actor, 'registerResources').includes('jurisdiction');
  if (!row || row.jurisdiction !== actor.jurisdiction || !(whole || row.created_by === actor.id))
    throw problem('notFound');
  return row;
};

/** Registration of entries as numbered packages (national norm art. 16, Zhongwei art. 8, Wuhai s.6). */
export const resourceRegistrationRoutes =
  (deps: ResourceDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/registration-packages',
      {
        config: { act: 'registerResources' },
        schema: {
          summary: 'Hand entries over for registration as a numbered package',
          headers: IdempotencyKey,
          body: Chosen,
          response: { 201: Package, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'registerResources', ownObject(request));
        const { jurisdiction, organisation } = request.actor;
        const whole = reaches(request.actor, 'registerResources').includes('jurisdiction');
        const chosen = {
          provider: whole ? undefined : (organisation ?? undefined),
          ids: request.body.resources,
        };
        const made = await packRegistration(deps, jurisdiction, chosen, acting);
        const items = await itemsOf(deps.db, made.id);
        return reply
          .code(201)
          .header('location', `/v1/registration-packages/${made.id}`)
          .send(packageView(made, items));
      },
    );

    app.get(
      '/v1/registration-packages/:packageId',
      {
        config: { act: 'registerResources' },
        schema: {
          summary: 'A package, with the codes that have come back',
          params: Params,
          response: { 200: Package, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        request.mustBeAllowed(ownObject(request));
        const found = mustBeOwn(request.actor, await findPackage(deps.db, request.params.packageId));
        return packageView(found, await itemsOf(deps.db, found.id));
      },
    );

    app.post(
      '/v1/registration-packages/:packageId/registration',
      {
        config: { act: 'registerResources' },
        schema: {
          summary: 'Record the registration codes that came back',
          params: Params,
          headers: IdempotencyKey,
          body: Codes,
          response: { 200: Package, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request) => {
        const acting = await actingOn(request, 'registerResources', ownObject(request));
        const { id } = mustBeOwn(request.actor, await findPackage(deps.db, request.params.packageId));
        const { sent, items } = await recordRegistration(deps, id, request.body, acting);
        return packageView(sent, items);
      },
    );
  };
