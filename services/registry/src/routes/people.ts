import { type CsvColumn, jsonOrCsv, sendCsv, wantsCsv } from '@gongshu/infra/http/csv';
import { mustBeCurrent, stale, tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { toInstantText } from '@gongshu/shared/business-date';
import { type Act, actingRole, reaches } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { PersonChange, PersonId, PersonImport, PersonView } from '../person.ts';
import { findPerson, listPeople, type PersonRow } from '../queries/person.ts';
import { changePerson, registerPeople } from '../register-people.ts';
import type { RegistryTables } from '../tables.ts';

const view = ({ recorded_at, version: _version, ...row }: PersonRow): PersonView => ({
  ...row,
  recordedAt: toInstantText(recorded_at.getTime()),
});

const columns: CsvColumn<PersonView>[] = [
  { title: '账号', value: ({ id }) => id },
  { title: '单位', value: ({ organisation }) => organisation },
  { title: '处室', value: ({ office }) => office },
  { title: '姓名', value: ({ name }) => name },
  { title: '邮箱', value: ({ mail }) => mail },
  { title: '电话', value: ({ phone }) => phone },
];

/** Who acts, for the event and the audit entry. */
export const actorOf = ({ actor }: FastifyRequest, act: Act, owner: string) => ({
  id: actor.id,
  role: actingRole(actor, act, { jurisdiction: actor.jurisdiction, owner }),
  organisation: actor.organisation,
});

/** The body whose people a list shows: all of the city's where the actor reaches them, else its own. */
export const bodyListed = ({ actor }: FastifyRequest, asked: string | undefined): string | undefined => {
  if (reaches(actor, 'readPeople').includes('jurisdiction')) return asked;
  const own = actor.organisation ?? '';
  return asked === undefined || asked === own ? own : '';
};

/** The person of the address, if the actor may do this. Throws `notFound`, `forbidden`. */
export const personFor = async (
  db: Kysely<RegistryTables>,
  request: FastifyRequest,
  id: string,
  act?: Act,
): Promise<PersonRow> => {
  const row = await findPerson(db, request.actor.jurisdiction, id);
  if (!row) throw problem('notFound');
  request.mustBeAllowed({ jurisdiction: row.jurisdiction, owner: row.organisation }, act);
  return row;
};

const params = z.object({ personId: PersonId });

/** People by account: registered by list, read, changed. */
export const peopleRoutes =
  (db: Kysely<RegistryTables>): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/people',
      {
        config: { act: 'managePeople' },
        schema: {
          tags: ['people'],
          summary: 'Registers a list of people by account, all or none; the same list twice changes nothing',
          headers: IdempotencyKey,
          body: PersonImport,
          response: {
            201: z.object({ registered: z.int().min(0), unchanged: z.int().min(0) }),
            ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
          },
        },
      },
      async (request, reply) => {
        const { people } = request.body;
        const { jurisdiction } = request.actor;
        for (const owner of new Set(people.map(({ organisation }) => organisation)))
          request.mustBeAllowed({ jurisdiction, owner });
        const by = actorOf(request, 'managePeople', people[0]?.organisation ?? '');
        const done = await registerPeople(db, { people, jurisdiction, by, at: await request.lawNow() });
        return reply.code(201).send(done);
      },
    );

    app.get(
      '/v1/people',
      {
        config: { act: 'readPeople', lists: true },
        schema: {
          tags: ['people'],
          summary: 'People of one’s body, by account; of every body for bureau and auditors',
          querystring: PageQuery.extend({ organisation: OrganisationId.optional() }),
          response: {
            200: jsonOrCsv(pageOf(PersonView), 'A page of people'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const csv = wantsCsv(request);
        const { limit, cursor, organisation } = request.query;
        const rows = await listPeople(db, {
          jurisdiction: request.actor.jurisdiction,
          organisation: bodyListed(request, organisation),
          after: decodeCursor(z.tuple([z.string().max(100)]), cursor)?.[0],
          limit: limit + 1,
        });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        const people = items.map(view);
        reply.header('vary', 'accept');
        return csv ? sendCsv(reply, 'people', columns, people) : reply.send({ items: people, next });
      },
    );

    app.get(
      '/v1/people/:personId',
      {
        config: { act: 'readPeople' },
        schema: {
          tags: ['people'],
          summary: 'One person',
          params,
          response: { 200: PersonView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const row = await personFor(db, request, request.params.personId);
        tag(reply, row.version);
        return view(row);
      },
    );

    app.patch(
      '/v1/people/:personId',
      {
        config: { act: 'managePeople' },
        schema: {
          tags: ['people'],
          summary: 'Changes office, name or contacts of a person',
          params,
          body: PersonChange,
          response: { 200: PersonView, ...problems(400, 401, 403, 404, 412, 413, 415, 422, 428) },
        },
      },
      async (request, reply) => {
        const before = await personFor(db, request, request.params.personId);
        mustBeCurrent(request, before.version);
        const by = actorOf(request, 'managePeople', before.organisation);
        const row = await changePerson(db, before, request.body, { by, at: await request.lawNow() });
        if (!row) throw stale((await personFor(db, request, before.id)).version);
        tag(reply, row.version);
        return view(row);
      },
    );
  };
