import { CaseNo } from '@gongshu/infra/cases/view';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { conflictGrounds, expertTasks, opinionStances, questionStates } from '@gongshu/shared/experts/codes';
import { line } from '@gongshu/shared/line';
import { reaches } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { PoolTables } from '../experts/pool.ts';
import { QuestionView, questionViews } from '../experts/question-view.ts';
import {
  askQuestion,
  closeQuestion,
  giveOpinion,
  leaveQuestion,
  type QuestionRow,
} from '../experts/questions.ts';
import { ExpertId } from '../experts/schema.ts';
import { findQuestion, listQuestions, membersOf } from '../queries/expert-question.ts';
import { expertBy } from './experts.ts';

const words = z.string().trim().min(1).max(20_000);
const unique = (values: readonly string[]) => new Set(values).size === values.length;
const once = { message: '有重复项 · repeated', params: { code: 'repeated' } };
const Asked = z.strictObject({
  task: z.enum(expertTasks),
  caseNo: CaseNo.nullable().default(null).describe('The case it is about'),
  title: line(200),
  question: words,
  bodies: z
    .array(OrganisationId)
    .max(50)
    .refine(unique, once)
    .default([])
    .describe('Bodies concerned: members have nothing to do with them'),
  members: z.array(ExpertId).min(1).max(50).refine(unique, once),
  documents: z.array(DocumentHash).max(50).refine(unique, once).default([]),
});

const asCsv = {
  name: 'expert-questions',
  columns: [
    { title: '编号', value: ({ question }) => question },
    { title: '任务', value: ({ task }) => task },
    { title: '案件编号', value: ({ caseNo }) => caseNo },
    { title: '题目', value: ({ title }) => title },
    { title: '状态', value: ({ state }) => state },
    { title: '提请时间', value: ({ askedAt }) => askedAt },
    { title: '专家人数', value: ({ members }) => members.filter(({ leftAt }) => leftAt === null).length },
    { title: '意见数', value: ({ members }) => members.filter(({ givenAt }) => givenAt !== null).length },
    { title: '办结时间', value: ({ closedAt }) => closedAt },
    { title: '公布编号', value: ({ publication }) => publication },
  ] satisfies CsvColumn<QuestionView>[],
};
const params = z.object({ questionId: z.string().regex(/^ZJ-[0-9a-f-]{36}$/) });

/** Questions to the standing expert committee (X3; 中卫 七, 乌海 十一). */
export const expertQuestionRoutes =
  ({ db, packs }: { db: Kysely<PoolTables>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    const packOf = (jurisdiction: string) => packs.resolve(jurisdiction);
    /** The question, where the actor may do this. An expert alone reaches only what the own account is asked. */
    const questionOf = async (request: FastifyRequest, id: string): Promise<QuestionRow> => {
      const row = await findQuestion(db, id);
      if (!row) throw problem('notFound');
      const members = await membersOf(db, [row.id]);
      const asked = members.filter(({ account }) => account === request.actor.id);
      const handlers = asked.map(({ organisation }) => organisation);
      request.mustBeAllowed({ jurisdiction: row.jurisdiction, handlers });
      return row;
    };
    const seen = async (request: FastifyRequest, id: string): Promise<QuestionView> => {
      const row = await findQuestion(db, id);
      const [view] = row ? await questionViews(db, [row], request.actor, packOf) : [];
      if (!view) throw problem('notFound');
      return view;
    };

    app.post(
      '/v1/expert-questions',
      {
        config: { act: 'askExperts' },
        schema: {
          tags: ['experts'],
          summary: '提请专家论证 · The bureau asks the expert committee (Zhongwei art. 7, Wuhai 十一)',
          headers: IdempotencyKey,
          body: Asked,
          response: { 201: QuestionView, ...problems(400, 401, 403, 404, 409, 413, 422) },
        },
      },
      async (request, reply) => {
        const { jurisdiction } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const by = await expertBy(request, 'askExperts');
        const row = await askQuestion(db, packOf(jurisdiction), request.body, by);
        const view = await seen(request, row.id);
        return reply.code(201).header('location', `/v1/expert-questions/${row.id}`).send(view);
      },
    );

    app.get(
      '/v1/expert-questions',
      {
        config: { act: 'readExpertQuestions', lists: true },
        schema: {
          tags: ['experts'],
          summary: 'Questions of the city, latest first; an expert sees those of the own account',
          querystring: PageQuery.extend({
            state: z.enum(questionStates).optional(),
            caseNo: CaseNo.optional(),
          }),
          response: { 200: jsonOrCsv(pageOf(QuestionView), 'A page'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, state, caseNo } = request.query;
        const { actor } = request;
        const after = decodeCursor(z.tuple([z.iso.datetime(), z.string().max(80)]), cursor);
        const all = reaches(actor, 'readExpertQuestions').includes('jurisdiction');
        const rows = await listQuestions(db, {
          ...{ jurisdiction: actor.jurisdiction, account: all ? undefined : actor.id, state, caseNo, after },
          limit: limit + 1,
        });
        const { items, next } = page(request, reply, rows, limit, (row) => [
          row.asked_at.toISOString(),
          row.id,
        ]);
        return sendPage(request, reply, asCsv, {
          items: await questionViews(db, items, actor, packOf),
          next,
        });
      },
    );

    app.get(
      '/v1/expert-questions/:questionId',
      {
        config: { act: 'readExpertQuestions' },
        schema: {
          tags: ['experts'],
          summary: 'One question, with its members and their opinions',
          params,
          response: { 200: QuestionView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => seen(request, (await questionOf(request, request.params.questionId)).id),
    );

    app.post(
      '/v1/expert-questions/:questionId/opinions',
      {
        config: { act: 'giveOpinion' },
        schema: {
          tags: ['experts'],
          summary: '出具意见 · A member gives an opinion, once',
          params,
          headers: IdempotencyKey,
          body: z.strictObject({ stance: z.enum(opinionStances), opinion: words }),
          response: { 201: QuestionView, ...problems(400, 401, 403, 404, 409, 413, 422) },
        },
      },
      async (request, reply) => {
        const row = await questionOf(request, request.params.questionId);
        const by = await expertBy(request, 'giveOpinion', request.actor.organisation ?? undefined);
        await giveOpinion(db, packOf(row.jurisdiction), row.id, request.body, by);
        return reply.code(201).send(await seen(request, row.id));
      },
    );

    app.post(
      '/v1/expert-questions/:questionId/recusals',
      {
        config: { act: 'giveOpinion' },
        schema: {
          tags: ['experts'],
          summary: '回避 · A member declares a conflict of interest and leaves the question',
          params,
          headers: IdempotencyKey,
          body: z.strictObject({
            body: OrganisationId,
            ground: z.enum(conflictGrounds),
            note: line(500).optional(),
          }),
          response: { 201: QuestionView, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const row = await questionOf(request, request.params.questionId);
        const by = await expertBy(request, 'giveOpinion', request.actor.organisation ?? undefined);
        await leaveQuestion(db, packOf(row.jurisdiction), row.id, request.body, by);
        return reply.code(201).send(await seen(request, row.id));
      },
    );

    app.post(
      '/v1/expert-questions/:questionId/closing',
      {
        config: { act: 'askExperts' },
        schema: {
          tags: ['experts'],
          summary:
            '论证办结 · The bureau closes a question; opinions are kept, or published where the rules say so',
          params,
          headers: IdempotencyKey,
          body: z.strictObject({ conclusion: words }),
          response: { 200: QuestionView, ...problems(400, 401, 403, 404, 409, 413, 422) },
        },
      },
      async (request) => {
        const row = await questionOf(request, request.params.questionId);
        const by = await expertBy(request, 'askExperts');
        await closeQuestion(db, packOf(row.jurisdiction), row.id, request.body.conclusion, by);
        return seen(request, row.id);
      },
    );
  };
