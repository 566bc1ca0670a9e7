import { type CsvColumn, jsonOrCsv, sendCsv, wantsCsv } from '@gongshu/infra/http/csv';
import type { DocumentStore } from '@gongshu/infra/documents/store';
import { tag } from '@gongshu/infra/http/etag';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { type ActObject, may } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  CaseNo,
  CaseRow,
  CaseView,
  ClockView,
  ContentsView,
  HistoryItem,
  Steps,
} from '@gongshu/infra/cases/view';
import { caseView, contentsOf } from '@gongshu/infra/cases/case';
import { clocksOf } from '@gongshu/infra/cases/clock';
import { historyOf } from '@gongshu/infra/cases/history';
import { caseRow, listApplications, turnsOf } from '@gongshu/infra/cases/list';
import {
  type ApplicationReader,
  type ApplicationRow,
  actObjectOf,
  findApplication,
} from '@gongshu/infra/cases/visible';
import { applicationCertificateRoutes } from './application-certificates.ts';
import { applicationIntakeRoutes, type IntakeRouteDeps } from '@gongshu/infra/cases/intake-routes';
import { applicationTaskRoutes } from '@gongshu/infra/cases/task-routes';

const Query = PageQuery.extend({
  state: z.enum(['open', 'ended']).optional(),
  outcome: z
    .enum(['approved', 'approvedWithDeemedReviews', 'deemedApproved', 'refused', 'withdrawn', 'lapsed'])
    .optional(),
  stage: Steps.optional(),
  organisation: OrganisationId.optional().describe('A body with an open turn'),
  dueBefore: z.iso.date().optional().describe('An open turn’s last day lies before this date'),
});

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

/** Reading applications: lists, the case, its clocks, its history, its contents by version. */
export const applicationCaseRoutes =
  ({ db, documents }: { db: ApplicationReader; documents: DocumentStore }): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/applications',
      {
        config: { act: 'readApplication', lists: true },
        schema: {
          summary: 'Applications within one’s reach, newest first (Zhongwei art. 20)',
          querystring: Query,
          response: {
            200: jsonOrCsv(pageOf(CaseRow), 'A page of applications'),
            ...problems(400, 401, 403, 406),
          },
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
        return csv ? sendCsv(reply, 'applications', columns, views) : reply.send({ items: views, next });
      },
    );

    app.get(
      '/v1/applications/:caseNo',
      {
        config: { act: 'readApplication' },
        schema: {
          summary: 'One application: contents, turns, corrections; silence told as silence (art. 20, 21)',
          params,
          response: { 200: CaseView, ...refusals },
        },
      },
      async (request, reply) => {
        const { row, words } = await readableCase(db, request, request.params.caseNo);
        const view = await caseView(db, row, { now: await request.lawNow(), words, documents });
        return tag(reply, row.version).send(view);
      },
    );

    app.get(
      '/v1/applications/:caseNo/clock',
      {
        config: { act: 'readApplication' },
        schema: {
          summary: 'The clock of every turn: its ledger, each day counted or skipped and why (art. 21)',
          params,
          response: { 200: z.object({ items: z.array(ClockView) }), ...refusals },
        },
      },
      async (request, reply) => {
        const { row } = await readableCase(db, request, request.params.caseNo);
        return tag(reply, row.version).send({ items: await clocksOf(db, row, await request.lawNow()) });
      },
    );

    app.get(
      '/v1/applications/:caseNo/history',
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
        const { row } = await readableCase(db, request, request.params.caseNo);
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
      '/v1/applications/:caseNo/contents/:version',
      {
        config: { act: 'readApplication' },
        schema: {
          summary: 'The contents as they were in one version, and what changed since the one before',
          params: params.extend({ version: z.coerce.number().int().min(1).max(1_000_000) }),
          response: { 200: ContentsView, ...refusals },
        },
      },
      async (request, reply) => {
        const { row, words } = await readableCase(db, request, request.params.caseNo);
        const contents = await contentsOf(db, row.case_no, request.params.version, words);
        if (!contents) throw problem('notFound');
        return tag(reply, contents.version).send(contents);
      },
    );
  };

/** Everything that is read about applications, and the care of acts that wait. */
export const applicationReadRoutes = (
  deps: IntakeRouteDeps & { documents: DocumentStore },
): FastifyPluginAsyncZod[] => [
  applicationCaseRoutes(deps),
  applicationTaskRoutes(deps),
  applicationIntakeRoutes(deps),
  applicationCertificateRoutes(deps),
];
