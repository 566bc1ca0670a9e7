import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { record } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { Office, OfficeView } from '../person.ts';
import { listOffices, type OfficeRow } from '../queries/person.ts';
import { mustBeStanding } from '../register-people.ts';
import type { RegistryTables } from '../tables.ts';
import { actorOf, bodyListed } from './people.ts';

const view = ({ recorded_at, ...row }: OfficeRow) => ({
  ...row,
  recordedAt: toInstantText(recorded_at.getTime()),
});

const asCsv = {
  name: 'offices',
  columns: [
    { title: '处室编号', value: ({ id }) => id },
    { title: '单位', value: ({ organisation }) => organisation },
    { title: '名称', value: ({ name }) => name },
    { title: '登记时间', value: ({ recordedAt }) => recordedAt },
  ] satisfies CsvColumn<ReturnType<typeof view>>[],
};

/** Offices of bodies: to whom notices go, and where people sit. */
export const officeRoutes =
  (db: Kysely<RegistryTables>): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/offices',
      {
        config: { act: 'managePeople' },
        schema: {
          tags: ['people'],
          summary: 'Registers an office of a body',
          headers: IdempotencyKey,
          body: Office,
          response: { 201: OfficeView, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
        },
      },
      async (request, reply) => {
        const { jurisdiction } = request.actor;
        const office = request.body;
        request.mustBeAllowed({ jurisdiction, owner: office.organisation });
        const at = await request.lawNow();
        const row = await db.transaction().execute(async (trx) => {
          await mustBeStanding(trx, jurisdiction, [
            { organisation: office.organisation, pointer: '/body/organisation' },
          ]);
          const inserted = await trx
            .insertInto('office')
            .values({ ...office, jurisdiction, recorded_at: at })
            .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doNothing())
            .returningAll()
            .executeTakeFirst();
          if (!inserted) throw problem('alreadyExists');
          await record(trx, 'registry', {
            key: `office.registered:${jurisdiction}:${office.id}`,
            type: 'office.registered.v1',
            subject: `${jurisdiction}:${office.organisation}`,
            jurisdiction,
            at,
            actor: actorOf(request, 'managePeople', office.organisation),
            data: { office: office.id, organisation: office.organisation },
          });
          return inserted;
        });
        return reply.code(201).send(view(row));
      },
    );

    app.get(
      '/v1/offices',
      {
        config: { act: 'readPeople', lists: true },
        schema: {
          tags: ['people'],
          summary: 'Offices of one’s body; of every body for bureau and auditors',
          querystring: PageQuery.extend({ organisation: OrganisationId.optional() }),
          response: {
            200: jsonOrCsv(pageOf(OfficeView), 'A page of offices'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, organisation } = request.query;
        const rows = await listOffices(db, {
          jurisdiction: request.actor.jurisdiction,
          organisation: bodyListed(request, organisation),
          after: decodeCursor(z.tuple([z.string().max(100)]), cursor)?.[0],
          limit: limit + 1,
        });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );
  };
