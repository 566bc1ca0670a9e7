import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { assignStaff, endAssignment, recordStaffAct } from '../staff/assign.ts';
import { actsOf, type StaffDb } from '../staff/queries.ts';
import { Assignment, AssignmentGiven, StaffAct, StaffActGiven } from '../staff/schema.ts';
import { assignmentView, staffActView } from '../staff/view.ts';
import { type StaffDeps, staffFor, StaffParams } from './staff.ts';

const asCsv = {
  name: 'staff-acts',
  columns: [
    { title: '操作', value: ({ act }) => act },
    { title: '对象', value: ({ subject }) => subject },
    { title: '说明', value: ({ note }) => note },
    { title: '时间', value: ({ at }) => at },
    { title: '指派编号', value: ({ assignment }) => assignment },
  ] satisfies CsvColumn<z.output<typeof StaffAct>>[],
};

/** Assignments of people, and the record of what they did (D4, Wuhai 八（三）). */
export const staffAssignmentRoutes =
  (deps: StaffDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as StaffDb;

    app.post(
      '/v1/staff/:staffId/assignments',
      {
        config: { act: 'manageStaff' },
        schema: {
          summary:
            '指派 · Assigned to an entry, a grant or a task; refused without identity, vetting, confidentiality',
          params: StaffParams,
          headers: IdempotencyKey,
          body: AssignmentGiven,
          response: { 201: Assignment, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { row, pack, acting } = await staffFor(deps, request, request.params.staffId, 'manageStaff');
        const assignment = await assignStaff(db, pack, row.id, request.body, await acting());
        return reply.code(201).send(assignmentView(assignment));
      },
    );

    app.post(
      '/v1/staff/:staffId/assignments/:assignment/end',
      {
        config: { act: 'manageStaff' },
        schema: {
          summary: '结束指派 · An assignment ends early',
          params: StaffParams.extend({ assignment: z.uuid() }),
          headers: IdempotencyKey,
          response: { 200: Assignment, ...problems(400, 401, 403, 404, 409, 503) },
        },
      },
      async (request) => {
        const { staffId, assignment } = request.params;
        const { row, pack, acting } = await staffFor(deps, request, staffId, 'manageStaff');
        return assignmentView(await endAssignment(db, pack, row.id, assignment, await acting()));
      },
    );

    app.post(
      '/v1/staff/:staffId/acts',
      {
        config: { act: 'manageStaff' },
        schema: {
          summary: '记录操作 · What the person did under an assignment',
          params: StaffParams,
          headers: IdempotencyKey,
          body: StaffActGiven,
          response: { 201: StaffAct, ...problems(400, 401, 403, 404, 409, 503) },
        },
      },
      async (request, reply) => {
        const { row, pack, acting } = await staffFor(deps, request, request.params.staffId, 'manageStaff');
        const entry = await recordStaffAct(db, pack, row.id, request.body, await acting());
        return reply.code(201).send(staffActView(entry));
      },
    );

    app.get(
      '/v1/staff/:staffId/acts',
      {
        config: { act: 'readStaff' },
        schema: {
          summary: '操作记录 · What the person did, newest first',
          params: StaffParams,
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(StaffAct), 'A page of acts'),
            ...problems(400, 401, 403, 404, 406),
          },
        },
      },
      async (request, reply) => {
        const { row } = await staffFor(deps, request, request.params.staffId, 'readStaff');
        const { limit, cursor } = request.query;
        const before = decodeCursor(z.tuple([z.string().regex(/^\d{1,18}$/)]), cursor)?.[0];
        const rows = await actsOf(db, row.id, { before, limit: limit + 1 });
        const found = page(request, reply, rows, limit, ({ seq }) => [String(seq)]);
        return sendPage(request, reply, asCsv, { items: found.items.map(staffActView), next: found.next });
      },
    );
  };
