import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { toInstantText } from '@gongshu/shared/business-date';
import { reaches } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { PartyImport, PartyView, partyKinds } from '../party.ts';
import { findParty, listParties, type PartyRow } from '../queries/party.ts';
import { registerParties } from '../register-parties.ts';
import type { RegistryTables } from '../tables.ts';

export const partyView = (row: PartyRow): PartyView => ({
  ...{ id: row.id, kind: row.kind, name: row.name, uscc: row.uscc, level: row.level, county: row.county },
  parentId: row.parent_id,
  jurisdiction: row.jurisdiction,
  registeredAt: toInstantText(row.registered_at.getTime()),
  successor: row.successor,
  succeededOn: row.succeeded_on,
});

const Cursor = z.tuple([z.string().max(100)]);

const asCsv = {
  name: 'parties',
  columns: [
    { title: '主体编号', value: ({ id }) => id },
    { title: '类别', value: ({ kind }) => kind },
    { title: '名称', value: ({ name }) => name },
    { title: '统一社会信用代码', value: ({ uscc }) => uscc },
    { title: '层级', value: ({ level }) => level },
    { title: '县区', value: ({ county }) => county },
    { title: '上级主体', value: ({ parentId }) => parentId },
    { title: '登记时间', value: ({ registeredAt }) => registeredAt },
  ] satisfies CsvColumn<PartyView>[],
};

/** Bodies that take part: read, and registered by list. */
export const partyRoutes =
  (db: Kysely<RegistryTables>): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/parties',
      {
        config: { act: 'readParties', lists: true },
        schema: {
          tags: ['parties'],
          summary: 'Bodies of the city, by id; a merchant sees its own entry',
          querystring: PageQuery.extend({ kind: z.enum(partyKinds).optional() }),
          response: {
            200: jsonOrCsv(pageOf(PartyView), 'A page of bodies'),
            ...problems(400, 401, 403, 406, 503),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, kind } = request.query;
        const after = decodeCursor(Cursor, cursor)?.[0];
        const { actor } = request;
        const all = reaches(actor, 'readParties').includes('jurisdiction');
        const only = all ? undefined : (actor.organisation ?? '');
        const filter = { jurisdiction: actor.jurisdiction, kind, after, only, limit: limit + 1 };
        const rows = await listParties(db, filter);
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(partyView), next });
      },
    );

    app.get(
      '/v1/parties/:partyId',
      {
        config: { act: 'readParties' },
        schema: {
          tags: ['parties'],
          summary: 'One body',
          params: z.object({ partyId: z.string().max(100) }),
          response: { 200: PartyView, ...problems(400, 401, 403, 404, 503) },
        },
      },
      async (request) => {
        const row = await findParty(db, request.actor.jurisdiction, request.params.partyId);
        if (!row) throw problem('notFound');
        request.mustBeAllowed({ jurisdiction: row.jurisdiction, owner: row.id });
        return partyView(row);
      },
    );

    app.post(
      '/v1/parties/imports',
      {
        config: { act: 'registerParty' },
        schema: {
          tags: ['parties'],
          summary: 'Registers a list of bodies, all or none; the same list twice changes nothing',
          headers: IdempotencyKey,
          body: PartyImport,
          response: {
            201: z.object({ registered: z.int().min(0), unchanged: z.int().min(0) }),
            ...problems(400, 401, 403, 409, 413, 415, 422, 503),
          },
        },
      },
      async (request, reply) => {
        const { actor, body } = request;
        request.mustBeAllowed({ jurisdiction: actor.jurisdiction });
        const done = await registerParties(db, { parties: body.parties, actor, at: await request.lawNow() });
        return reply.code(201).send(done);
      },
    );
  };
