import { Reason } from '@gongshu/infra/cases/case-routes';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { mustBeCurrent, stale, tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { toInstantText } from '@gongshu/shared/business-date';
import { conflictGrounds, expertKinds, expertStates } from '@gongshu/shared/experts/codes';
import { line } from '@gongshu/shared/line';
import { type Act, actingRole, reaches } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type ConflictRow, declareConflict } from '../experts/conflict.ts';
import {
  changeExpert,
  type ExpertBy,
  type ExpertRow,
  type PoolTables,
  registerExperts,
  standExpert,
} from '../experts/pool.ts';
import { ExpertChange, ExpertId, ExpertImport, ExpertView } from '../experts/schema.ts';
import { declaredBy, findExpert, listExperts } from '../queries/expert.ts';

const view = (row: ExpertRow): ExpertView => ({
  ...{ id: row.id, kind: row.kind, organisation: row.organisation, organisationUscc: row.organisation_uscc },
  ...{ institution: row.institution, account: row.account, name: row.name, mail: row.mail, phone: row.phone },
  ...{ specialities: row.specialities, state: row.state, reasonCode: row.reason_code, reason: row.reason },
  registeredAt: toInstantText(row.registered_at.getTime()),
});
const Conflict = z
  .object({
    conflict: z.string(),
    expert: z.string(),
    body: z.string(),
    ground: z.enum(conflictGrounds),
    note: z.string().nullable(),
    declaredAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'ExpertConflict' });
const conflictView = (row: ConflictRow): z.output<typeof Conflict> => ({
  ...{ conflict: row.id, expert: row.expert, body: row.body, ground: row.ground, note: row.note },
  declaredAt: toInstantText(row.declared_at.getTime()),
});

const asCsv = {
  name: 'experts',
  columns: [
    { title: '专家编号', value: ({ id }) => id },
    { title: '类别', value: ({ kind }) => kind },
    { title: '姓名', value: ({ name }) => name },
    { title: '单位', value: ({ organisation }) => organisation },
    { title: '来源', value: ({ institution }) => institution },
    { title: '专长', value: ({ specialities }) => specialities.join('、') },
    { title: '账号', value: ({ account }) => account },
    { title: '状态', value: ({ state }) => state },
    { title: '入库时间', value: ({ registeredAt }) => registeredAt },
  ] satisfies CsvColumn<ExpertView>[],
};
const params = z.object({ expertId: ExpertId });

/** Who acts on an expert or a question, and when on the law's clock. */
export const expertBy = async (request: FastifyRequest, act: Act, owner?: string): Promise<ExpertBy> => {
  const { id, organisation, jurisdiction } = request.actor;
  const object = { jurisdiction, ...(owner === undefined ? {} : { owner, handlers: [owner] }) };
  return { id, organisation, role: actingRole(request.actor, act, object), at: await request.lawNow() };
};

/** The pool of experts and representatives of departments (O3). */
export const expertRoutes =
  (db: Kysely<PoolTables>): FastifyPluginAsyncZod =>
  async (app) => {
    const expertOf = async (request: FastifyRequest, id: string): Promise<ExpertRow> => {
      const row = await findExpert(db, request.actor.jurisdiction, id);
      if (!row) throw problem('notFound');
      request.mustBeAllowed({ jurisdiction: row.jurisdiction, owner: row.organisation });
      return row;
    };

    app.post(
      '/v1/experts',
      {
        config: { act: 'manageExperts' },
        schema: {
          tags: ['experts'],
          summary: 'Registers a list of experts, all or none; the same list twice changes nothing (O3)',
          headers: IdempotencyKey,
          body: ExpertImport,
          response: {
            201: z.object({ registered: z.int().min(0), unchanged: z.int().min(0) }),
            ...problems(400, 401, 403, 404, 409, 413, 422),
          },
        },
      },
      async (request, reply) => {
        const { jurisdiction } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const by = await expertBy(request, 'manageExperts');
        const { experts } = request.body;
        return reply.code(201).send(await registerExperts(db, { experts, jurisdiction, by }));
      },
    );

    app.get(
      '/v1/experts',
      {
        config: { act: 'readExperts', lists: true },
        schema: {
          tags: ['experts'],
          summary: 'Experts of the city, by id',
          querystring: PageQuery.extend({
            kind: z.enum(expertKinds).optional(),
            state: z.enum(expertStates).optional(),
          }),
          response: { 200: jsonOrCsv(pageOf(ExpertView), 'A page'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, kind, state } = request.query;
        const after = decodeCursor(z.tuple([z.string().max(100)]), cursor)?.[0];
        const all = reaches(request.actor, 'readExperts').includes('jurisdiction');
        const jurisdiction = all ? request.actor.jurisdiction : '';
        const rows = await listExperts(db, { jurisdiction, kind, state, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/experts/:expertId',
      {
        config: { act: 'readExperts' },
        schema: {
          tags: ['experts'],
          summary: 'One expert',
          params,
          response: { 200: ExpertView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const row = await expertOf(request, request.params.expertId);
        tag(reply, row.version);
        return view(row);
      },
    );

    app.patch(
      '/v1/experts/:expertId',
      {
        config: { act: 'manageExperts' },
        schema: {
          tags: ['experts'],
          summary: 'Changes an expert’s name, contacts, specialities or employer',
          params,
          body: ExpertChange,
          response: { 200: ExpertView, ...problems(400, 401, 403, 404, 412, 413, 415, 422, 428) },
        },
      },
      async (request, reply) => {
        const before = await expertOf(request, request.params.expertId);
        mustBeCurrent(request, before.version);
        const row = await changeExpert(db, before, request.body, await expertBy(request, 'manageExperts'));
        if (!row) throw stale((await expertOf(request, before.id)).version);
        tag(reply, row.version);
        return view(row);
      },
    );

    app.post(
      '/v1/experts/:expertId/suspension',
      {
        config: { act: 'manageExperts' },
        schema: {
          tags: ['experts'],
          summary: 'Suspends an expert: drawn and asked no more',
          params,
          headers: IdempotencyKey,
          body: Reason,
          response: { 200: ExpertView, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const before = await expertOf(request, request.params.expertId);
        const to = { state: 'suspended', reason: request.body } as const;
        const row = await standExpert(db, before, to, await expertBy(request, 'manageExperts'));
        tag(reply, row.version);
        return view(row);
      },
    );

    app.post(
      '/v1/experts/:expertId/restoration',
      {
        config: { act: 'manageExperts' },
        schema: {
          tags: ['experts'],
          summary: 'Restores a suspended expert',
          params,
          headers: IdempotencyKey,
          response: { 200: ExpertView, ...problems(400, 401, 403, 404, 409) },
        },
      },
      async (request, reply) => {
        const before = await expertOf(request, request.params.expertId);
        const row = await standExpert(
          db,
          before,
          { state: 'standing' },
          await expertBy(request, 'manageExperts'),
        );
        tag(reply, row.version);
        return view(row);
      },
    );

    app.post(
      '/v1/experts/:expertId/conflicts',
      {
        config: { act: 'declareConflict' },
        schema: {
          tags: ['experts'],
          summary: 'An expert declares a conflict of interest with a body (招标投标法 三十七)',
          params,
          headers: IdempotencyKey,
          body: z.strictObject({
            body: OrganisationId.describe('Its id, or its credit code'),
            ground: z.enum(conflictGrounds),
            note: line(500).optional(),
          }),
          response: { 201: Conflict, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const row = await expertOf(request, request.params.expertId);
        if (row.account !== request.actor.id) throw problem('notFound'); // a colleague of the same body
        const by = await expertBy(request, 'declareConflict', row.organisation);
        return reply.code(201).send(conflictView(await declareConflict(db, row, request.body, by)));
      },
    );

    app.get(
      '/v1/experts/:expertId/conflicts',
      {
        config: { act: 'readExperts' },
        schema: {
          tags: ['experts'],
          summary: 'Conflicts of interest that an expert has declared',
          params,
          response: { 200: z.object({ items: z.array(Conflict) }), ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await expertOf(request, request.params.expertId);
        return { items: (await declaredBy(db, row.jurisdiction, row.id)).map(conflictView) };
      },
    );
  };
