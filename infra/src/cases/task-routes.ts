import { wordIn } from '@gongshu/shared/code-tables/word';
import { type CsvColumn, jsonOrCsv, sendCsv, wantsCsv } from '../http/csv.ts';
import { decodeCursor, PageQuery, page, pageOf } from '../http/page.ts';
import { problems } from '../http/problems.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CaseNo } from './view.ts';
import { Task } from './view-task.ts';
import { type MoreTasks, tasksOf } from './tasks.ts';
import { assignmentRoutes } from './task-assignments.ts';
import type { ApplicationReader } from './visible.ts';

const Query = PageQuery.extend({
  within: z.coerce.number().int().min(0).max(250).optional().describe('Due within so many working days'),
  overdue: z.enum(['true', 'false']).optional(),
  mine: z
    .enum(['true', 'false'])
    .optional()
    .describe('Only what was given to the caller, or to somebody he stands in for today'),
  caseNo: CaseNo.optional().describe('Only what belongs to this case'),
});

const columns: CsvColumn<Task>[] = [
  { title: '申请编号', value: ({ caseNo }) => caseNo },
  { title: '事项', value: ({ kind }) => wordIn(['taskKinds'], kind, 'zh') ?? kind },
  { title: '办理单位', value: ({ organisation }) => organisation },
  { title: '承办人', value: ({ assignee }) => assignee },
  { title: '代办', value: ({ standingInFor }) => standingInFor },
  { title: '最后一日', value: ({ lastDay }) => lastDay },
  { title: '期限', value: ({ deadline }) => deadline },
  { title: '剩余工作日', value: ({ daysLeft }) => daysLeft },
  { title: '逾期', value: ({ overdue }) => (overdue ? '是' : '否') },
  { title: '暂定', value: ({ provisional }) => (provisional ? '是' : '否') },
  { title: '已告知', value: ({ told }) => (told === null ? null : told ? '是' : '否') },
  { title: '依据', value: ({ article }) => article },
];

/** The work list: what waits for the actor's body; `more`: what waits in the service's own tables besides. */
export const applicationTaskRoutes =
  ({ db, more }: { db: ApplicationReader; more: MoreTasks }): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(assignmentRoutes({ db }));
    app.get(
      '/v1/tasks',
      {
        config: { act: 'readTasks', lists: true },
        schema: {
          summary: 'What waits for one’s body, soonest first, with the acts allowed now',
          querystring: Query,
          response: {
            200: jsonOrCsv(pageOf(Task), 'A page of tasks'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const csv = wantsCsv(request);
        const { limit, cursor, within, overdue, mine, caseNo } = request.query;
        const after = decodeCursor(
          z.tuple([z.int().min(0).max(8e15), z.string().max(40), z.string().max(300)]),
          cursor,
        );
        const rows = await tasksOf(
          db,
          request.actor,
          { within, overdue: overdue === 'true', mine: mine === 'true', caseNo },
          { now: await request.lawNow(), after, limit: limit + 1, more },
        );
        const { items, next } = page(request, reply, rows, limit, ({ key }) => key);
        const tasks = items.map(({ task }) => task);
        reply.header('vary', 'accept');
        return csv ? sendCsv(reply, 'tasks', columns, tasks) : reply.send({ items: tasks, next });
      },
    );
  };
