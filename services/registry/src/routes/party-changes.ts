import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { type Act, actingRole } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { PartyView } from '../party.ts';
import { renameParty, succeedParty } from '../party-changes.ts';
import { Renaming, SuccessionBody } from '../person.ts';
import { findParty } from '../queries/party.ts';
import type { RegistryTables } from '../tables.ts';
import { partyView } from './parties.ts';

const params = z.object({ partyId: OrganisationId });
const PartyNames = z.object({
  items: z.array(z.object({ name: z.string(), until: z.string().nullable() })),
});

/** Bodies that are renamed or go into another; the bureau records it. */
export const partyChangeRoutes =
  (db: Kysely<RegistryTables>): FastifyPluginAsyncZod =>
  async (app) => {
    const partyFor = async (request: FastifyRequest, id: string) => {
      const party = await findParty(db, request.actor.jurisdiction, id);
      if (!party) throw problem('notFound');
      request.mustBeAllowed({ jurisdiction: party.jurisdiction, owner: party.id });
      return party;
    };
    const how = async (request: FastifyRequest, act: Act) => {
      const { id, organisation, jurisdiction } = request.actor;
      const role = actingRole(request.actor, act, { jurisdiction });
      return { by: { id, role, organisation }, at: await request.lawNow(), key: request.idempotencyKey };
    };

    app.post(
      '/v1/parties/:partyId/names',
      {
        config: { act: 'changeParty' },
        schema: {
          tags: ['parties'],
          summary: '主体更名 · A body has a new name; the earlier one is kept',
          params,
          headers: IdempotencyKey,
          body: Renaming,
          response: { 200: PartyView, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
        },
      },
      async (request) => {
        const party = await partyFor(request, request.params.partyId);
        return partyView(await renameParty(db, party, request.body, await how(request, 'changeParty')));
      },
    );

    app.get(
      '/v1/parties/:partyId/names',
      {
        config: { act: 'readParties' },
        schema: {
          tags: ['parties'],
          summary: 'The names of a body, the present one first, each with its last day',
          params,
          response: { 200: PartyNames, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { id, jurisdiction, name } = await partyFor(request, request.params.partyId);
        const earlier = await db
          .selectFrom('party_name')
          .select(['name', 'until_on'])
          .where('jurisdiction', '=', jurisdiction)
          .where('party', '=', id)
          .orderBy('position', 'desc')
          .execute();
        return {
          items: [{ name, until: null }, ...earlier.map((row) => ({ name: row.name, until: row.until_on }))],
        };
      },
    );

    app.post(
      '/v1/parties/:partyId/succession',
      {
        config: { act: 'changeParty' },
        schema: {
          tags: ['parties'],
          summary: '主体撤并 · A body goes into another of its kind; its work and its clocks go on there',
          params,
          headers: IdempotencyKey,
          body: SuccessionBody,
          response: { 200: PartyView, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
        },
      },
      async (request) => {
        const party = await partyFor(request, request.params.partyId);
        return partyView(await succeedParty(db, party, request.body, await how(request, 'changeParty')));
      },
    );
  };
