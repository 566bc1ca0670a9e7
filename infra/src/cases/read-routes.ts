/** Reading the cases of a lifecycle: the list, clocks, history and contents; each service shows the whole case itself. */
import { type ActObject, may } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type CsvColumn, jsonOrCsv, sendCsv, wantsCsv } from '../http/csv.ts';
import { tag } from '../http/etag.ts';
import { decodeCursor, PageQuery, page, pageOf } from '../http/page.ts';
import { problems } from '../http/problems.ts';
import { contentsOf } from './case.ts';
import { clocksOf } from './clock.ts';
import { historyOf } from './history.ts';
import { caseRow, listApplications, turnsOf } from './list.ts';
import { CaseNo, CaseRow, ClockView, ContentsView, HistoryItem, Steps } from './view.ts';
import { actObjectOf, type ApplicationReader, type ApplicationRow, findApplication } from './visible.ts';

const columns: CsvColumn<CaseRow>[] = [
  { title: '申请编号', value: ({ caseNo }) => caseNo },
  { title: '申请主体', value: ({ applicant }) => applicant },
  { title: '运营机构', value: ({ operator }) => operator },
  { title: '环节', value: ({ stage }) => stage },
  { title: '结果', value: ({ outcome }) => outcome },
  { title: '逾期未答复（默示）', value: ({ silence }) => silence.join('、') },
  { title: '待办单位', value: ({ waitsFor }) => waitsFor.join('、') },
  { title: '提交时间', value: ({ submittedAt }) => submittedAt },
  { title: '受理时间', value: ({ acceptedAt }) => acceptedAt },
  { title: '办结时间', value: ({ endedAt }) => endedAt },
  { title: '最后一日', value: ({ lastDay }) => lastDay },
  { title: '剩余工作日', value: ({ daysLeft }) => daysLeft },
  { title: '逾期', value: ({ overdue }) => (overdue ? '是' : '否') },
  { title: '中止', value: ({ suspended }) => (suspended ? '是' : '否') },
  { title: '暂定', value: ({ provisional }) => (provisional ? '是' : '否') },
];

const params = z.object({ caseNo: CaseNo });
const refusals = problems(400, 401, 403, 404);

/** The case of the address, if the actor may read it. Throws `notFound` for another city's or an uninvolved body. */
export const readableCase = async (
  db: ApplicationReader,
  request: FastifyRequest,
  caseNo: string,
): Promise<{ row: ApplicationRow; object: ActObject; words: boolean }> => {
  const row = await findApplication(db, caseNo);
  if (!row) throw problem('notFound');
  const object = await actObjectOf(db, row);
  request.mustBeAllowed(object, 'readApplication');
  // The applicant's words are for those who handle the case; an auditor reads what was done with it.
  const handling = request.actor.roles.filter((role) => role !== 'auditor');
  const words = may({ ...request.actor, roles: handling }, 'readApplication', object) === 'yes';
  return { row, object, words };
};

export type CaseReading = {
  db: ApplicationReader;
  /** `/v1/applications`. */
  path: string;
  /** Ends that the list may be asked for. */
  outcomes: readonly [string, ...string[]];
  /** What the list shows, and under which article. */
  summary: string;
};

/** The list of cases within one's reach, as JSON or CSV. */
const listRoute =
  ({ db, path, outcomes, summary }: CaseReading): FastifyPluginAsyncZod =>
  async (app) => {
    const Query = PageQuery.extend({
      state: z.enum(['open', 'ended']).optional(),
      outcome: z.enum(outcomes).optional(),
      stage: Steps.optional(),
      organisation: OrganisationId.optional().describe('A body with an open turn'),
      dueBefore: z.iso.date().optional().describe('An open turn’s last day lies before this date'),
    });
    app.get(
      path,
      {
        config: { act: 'readApplication', lists: true },
        schema: {
          summary,
          querystring: Query,
          response: { 200: jsonOrCsv(pageOf(CaseRow), 'A page of cases'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const csv = wantsCsv(request);
        const { limit, cursor, ...filter } = request.query;
        const before = decodeCursor(z.tuple([CaseNo]), cursor)?.[0];
        const rows = await listApplications(db, request.actor, filter, { before, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, (row) => [row.case_no]);
        const turns = await turnsOf(
          db,
          items.map(({ case_no }) => case_no),
        );
        const now = await request.lawNow();
        const views = await Promise.all(
          items.map((row) => caseRow(db, row, turns.get(row.case_no) ?? [], now)),
        );
        reply.header('vary', 'accept');
        const file = path.slice(path.lastIndexOf('/') + 1);
        return csv ? sendCsv(reply, file, columns, views) : reply.send({ items: views, next });
      },
    );
  };

/** The list, and of each case its clocks, history and contents by version. */
export const caseReadRoutes =
  (reading: CaseReading): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, path } = reading;
    await app.register(listRoute(reading));

    app.get(
      `${path}/:caseNo/clock`,
      {
        config: { act: 'readApplication' },
        schema: {
          summary: 'The clock of every turn: its ledger, each day counted or skipped and why',
          params,
          response: { 200: z.object({ items: z.array(ClockView) }), ...refusals },
        },
      },
      async (request, reply) => {
        const { caseNo } = request.params as { caseNo: string };
        const { row } = await readableCase(db, request, caseNo);
        return tag(reply, row.version).send({ items: await clocksOf(db, row, await request.lawNow()) });
      },
    );

    app.get(
      `${path}/:caseNo/history`,
      {
        config: { act: 'readApplication' },
        schema: {
          summary: 'What was taken in and what happened, in time',
          params,
          querystring: PageQuery,
          response: { 200: pageOf(HistoryItem), ...refusals },
        },
      },
      async (request, reply) => {
        const { caseNo } = request.params as { caseNo: string };
        const { row } = await readableCase(db, request, caseNo);
        const { limit, cursor } = request.query;
        const after = decodeCursor(
          z.tuple([z.int().min(0).max(8e15), z.int().min(0).max(1), z.int().min(0)]),
          cursor,
        );
        const rows = await historyOf(db, row.case_no, { after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ key }) => key);
        return tag(reply, row.version).send({ items: items.map(({ item }) => item), next });
      },
    );

    app.get(
      `${path}/:caseNo/contents/:version`,
      {
        config: { act: 'readApplication' },
        schema: {
          summary: 'The contents as they were in one version, and what changed since the one before',
          params: params.extend({ version: z.coerce.number().int().min(1).max(1_000_000) }),
          response: { 200: ContentsView, ...refusals },
        },
      },
      async (request, reply) => {
        const { caseNo, version } = request.params as { caseNo: string; version: number };
        const { row, words } = await readableCase(db, request, caseNo);
        const contents = await contentsOf(db, row.case_no, version, words);
        if (!contents) throw problem('notFound');
        return tag(reply, contents.version).send(contents);
      },
    );
  };
