import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { receiptFor } from '@gongshu/infra/intake/take';
import { toInstantText } from '@gongshu/shared/business-date';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { cancelAbsence, recordAbsence } from '../absences.ts';
import { Absence, AbsenceView, PersonId } from '../person.ts';
import { type AbsenceRow, listAbsences } from '../queries/person.ts';
import type { RegistryTables } from '../tables.ts';
import { actorOf, personFor } from './people.ts';

const view = (row: AbsenceRow): AbsenceView => ({
  id: row.id,
  person: row.person,
  organisation: row.organisation,
  substitute: row.substitute,
  from: row.from_on,
  until: row.until_on,
  reasonCode: row.reason_code,
  recordedAt: toInstantText(row.recorded_at.getTime()),
  cancelledAt: row.cancelled_at ? toInstantText(row.cancelled_at.getTime()) : null,
});

const params = z.object({ personId: PersonId });

/** Absences: while somebody is away, a colleague sees and does what was given to him (A5). */
export const absenceRoutes =
  (db: Kysely<RegistryTables>): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/people/:personId/absences',
      {
        config: { act: 'recordAbsence' },
        schema: {
          tags: ['people'],
          summary: 'Records an absence and who stands in',
          params,
          headers: IdempotencyKey,
          body: Absence,
          response: { 201: AbsenceView, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
        },
      },
      async (request, reply) => {
        const person = await personFor(db, request, request.params.personId);
        const id = receiptFor(request.actor.id, request.idempotencyKey, request.url).replace('SJ-', 'QJ-');
        const by = actorOf(request, 'recordAbsence', person.organisation);
        const row = await recordAbsence(db, person, request.body, { id, by, at: await request.lawNow() });
        return reply.code(201).send(view(row));
      },
    );

    app.get(
      '/v1/people/:personId/absences',
      {
        config: { act: 'readPeople' },
        schema: {
          tags: ['people'],
          summary: 'Absences of a person, latest first, cancelled ones too',
          params,
          querystring: PageQuery,
          response: { 200: pageOf(AbsenceView), ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const { id: person, jurisdiction } = await personFor(db, request, request.params.personId);
        const { limit, cursor } = request.query;
        const after = decodeCursor(z.tuple([z.iso.date(), z.string().max(100)]), cursor);
        const rows = await listAbsences(db, { jurisdiction, person }, { after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ from_on, id }) => [from_on, id]);
        return { items: items.map(view), next };
      },
    );

    app.post(
      '/v1/people/:personId/absences/:absenceId/cancellation',
      {
        config: { act: 'recordAbsence' },
        schema: {
          tags: ['people'],
          summary: 'Cancels an absence: its tasks are the person’s own again',
          params: params.extend({ absenceId: z.string().regex(/^QJ-[0-9a-f-]{36}$/) }),
          headers: IdempotencyKey,
          body: z.strictObject({}).nullish(),
          response: { 200: AbsenceView, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
        },
      },
      async (request) => {
        const person = await personFor(db, request, request.params.personId);
        const by = actorOf(request, 'recordAbsence', person.organisation);
        return view(
          await cancelAbsence(db, person, request.params.absenceId, { by, at: await request.lawNow() }),
        );
      },
    );
  };
