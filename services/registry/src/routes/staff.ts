import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { Act } from '@gongshu/shared/may';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type Acting, actingOn, ownObject } from '@gongshu/infra/http/acting';
import { staffLaw } from '../staff/law.ts';
import { assignmentsOf, findStaff, listStaff, type StaffDb, staffObject } from '../staff/queries.ts';
import { leave, registerStaff } from '../staff/register.ts';
import { StaffDetail, StaffDraft, StaffNo, StaffView } from '../staff/schema.ts';
import { type StaffRow, staffStates } from '../staff/tables.ts';
import { assignmentView, staffView } from '../staff/view.ts';

export type StaffDeps = { db: Kysely<any>; packs: Pick<PackSet, 'resolve'> };
export const StaffParams = z.object({ staffId: StaffNo });

/** The person of the address, if the actor may do this; `acting` says who acts. Throws `notFound`, `forbidden`. */
export const staffFor = async (
  { db, packs }: StaffDeps,
  request: FastifyRequest,
  id: string,
  act: Act,
): Promise<{ row: StaffRow; pack: ResolvedPack; acting: () => Promise<Acting> }> => {
  const row = await findStaff(db as StaffDb, id);
  if (!row) throw problem('notFound');
  const object = staffObject(row);
  request.mustBeAllowed(object, act);
  return { row, pack: packs.resolve(row.jurisdiction), acting: () => actingOn(request, act, object) };
};

const asCsv = {
  name: 'staff',
  columns: [
    { title: '人员编号', value: ({ staff }) => staff },
    { title: '所属单位', value: ({ organisation }) => organisation },
    { title: '平台账号', value: ({ account }) => account },
    { title: '姓名', value: ({ name }) => name },
    { title: '状态', value: ({ state }) => state },
    { title: '实名认证日期', value: ({ identity }) => identity?.on },
    { title: '认证有效至', value: ({ identity }) => identity?.until },
    { title: '备案日期', value: ({ filedOn }) => filedOn },
    { title: '审查结果', value: ({ vetting }) => vetting?.result },
    { title: '审查有效至', value: ({ vetting }) => vetting?.until },
    { title: '保密协议签订日期', value: ({ confidentiality }) => confidentiality?.on },
    { title: '尚缺', value: ({ lacking }) => lacking.join('、') },
  ] satisfies CsvColumn<StaffView>[],
};

/** People who process data: registered, read, gone (D4, Wuhai 八（三）). */
export const staffRoutes =
  (deps: StaffDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as StaffDb;
    const lawOf = (jurisdiction: string) => staffLaw(deps.packs.resolve(jurisdiction));

    app.post(
      '/v1/staff',
      {
        config: { act: 'manageStaff' },
        schema: {
          summary: '登记数据加工人员 · A person who processes data is registered (Wuhai 八（三）)',
          headers: IdempotencyKey,
          body: StaffDraft,
          response: { 201: StaffView, ...problems(400, 401, 403, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'manageStaff', ownObject(request));
        const pack = deps.packs.resolve(request.actor.jurisdiction);
        const row = await registerStaff(db, pack, request.body, acting);
        return reply
          .code(201)
          .header('location', `/v1/staff/${row.id}`)
          .send(staffView(row, staffLaw(pack), acting.at));
      },
    );

    app.get(
      '/v1/staff',
      {
        config: { act: 'readStaff', lists: true },
        schema: {
          summary: 'People who process data: a body’s own, the whole city’s for bureau and auditor',
          querystring: PageQuery.extend({
            state: z.enum(staffStates).optional(),
            account: StaffDraft.shape.account.optional(),
          }),
          response: {
            200: jsonOrCsv(pageOf(StaffView), 'A page of people'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, state, account } = request.query;
        const after = decodeCursor(z.tuple([StaffNo]), cursor)?.[0];
        const rows = await listStaff(db, request.actor, { state, account, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        const now = await request.lawNow();
        const views = items.map((row) => staffView(row, lawOf(row.jurisdiction), now));
        return sendPage(request, reply, asCsv, { items: views, next });
      },
    );

    app.get(
      '/v1/staff/:staffId',
      {
        config: { act: 'readStaff' },
        schema: {
          summary: 'One person, with what is lacking today, and the assignments',
          params: StaffParams,
          response: { 200: StaffDetail, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { row, pack } = await staffFor(deps, request, request.params.staffId, 'readStaff');
        const assignments = await assignmentsOf(db, row.id);
        const seen = staffView(row, staffLaw(pack), await request.lawNow());
        return { ...seen, assignments: assignments.map(assignmentView) };
      },
    );

    app.post(
      '/v1/staff/:staffId/departure',
      {
        config: { act: 'manageStaff' },
        schema: {
          summary: '离岗 · The person leaves; every assignment ends',
          params: StaffParams,
          headers: IdempotencyKey,
          response: { 200: StaffView, ...problems(400, 401, 403, 404, 409, 503) },
        },
      },
      async (request) => {
        const { row, pack, acting } = await staffFor(deps, request, request.params.staffId, 'manageStaff');
        const by = await acting();
        return staffView(await leave(db, pack, row.id, by), staffLaw(pack), by.at);
      },
    );
  };
