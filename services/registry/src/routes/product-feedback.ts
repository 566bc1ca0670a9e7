/** Feedback on products over REST (E5; 中卫 六, 朔州 六（三）). */
import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { line } from '@gongshu/shared/line';
import type { Act } from '@gongshu/shared/may';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { actingOn } from '@gongshu/infra/http/acting';
import {
  answerFeedback,
  answersTo,
  closeFeedback,
  feedbackObject,
  findFeedback,
  giveFeedback,
  listFeedback,
  relayFeedback,
} from '../product-use/feedback.ts';
import { ProductNo, productInUse } from '../product-use/product.ts';
import {
  type FeedbackAnswerRow,
  type FeedbackRow,
  feedbackKinds,
  feedbackOutcomes,
  feedbackStates,
  type ProductUseTables,
} from '../product-use/tables.ts';

const FeedbackNo = z.string().regex(/^FK-[0-9a-f-]{36}$/);
const Instant = z.iso.datetime({ offset: true });
const words = z.string().trim().min(1).max(5_000);

const FeedbackView = z
  .object({
    feedback: z.string(),
    product: z.string(),
    givenBy: z.string(),
    kind: z.enum(feedbackKinds),
    state: z.enum(feedbackStates),
    givenAt: Instant,
    relayedAt: Instant.nullable(),
    lastDay: z.iso.date().nullable().describe('For the departments asked'),
    closedAt: Instant.nullable(),
    closedAs: z.string().nullable(),
  })
  .meta({ id: 'ProductFeedback' });
type FeedbackView = z.output<typeof FeedbackView>;
const FeedbackDetail = FeedbackView.extend({
  words: z.string(),
  closing: z.string().nullable(),
  answers: z.array(
    z.object({
      department: z.string(),
      outcome: z.enum(feedbackOutcomes).nullable(),
      words: z.string().nullable(),
      answeredAt: Instant.nullable(),
    }),
  ),
}).meta({ id: 'ProductFeedbackDetail' });

const view = (row: FeedbackRow): FeedbackView => ({
  ...{ feedback: row.id, product: row.product_no, givenBy: row.given_by, kind: row.kind, state: row.state },
  ...{ givenAt: instant(row.given_at), relayedAt: instantOrNull(row.relayed_at) },
  ...{ lastDay: row.last_day, closedAt: instantOrNull(row.closed_at), closedAs: row.closed_code },
});
const detail = (row: FeedbackRow, answers: readonly FeedbackAnswerRow[]) => ({
  ...view(row),
  ...{ words: row.words, closing: row.closed_words },
  answers: answers.map(({ department, outcome, words: said, answered_at }) => ({
    ...{ department, outcome, words: said, answeredAt: instantOrNull(answered_at) },
  })),
});

const asCsv = {
  name: 'product-feedback',
  columns: [
    { title: '反馈编号', value: ({ feedback }) => feedback },
    { title: '产品编号', value: ({ product }) => product },
    { title: '反馈单位', value: ({ givenBy }) => givenBy },
    { title: '类别', value: ({ kind }) => kind },
    { title: '状态', value: ({ state }) => state },
    { title: '提出时间', value: ({ givenAt }) => givenAt },
    { title: '答复期限', value: ({ lastDay }) => lastDay },
    { title: '办结时间', value: ({ closedAt }) => closedAt },
  ] satisfies CsvColumn<FeedbackView>[],
};

const Params = z.object({ feedbackId: FeedbackNo });
const answers = { 200: FeedbackDetail, ...problems(400, 401, 403, 404, 409, 422, 503) };

/** Given by whoever uses a product, relayed to its sources, answered, closed. */
export const productFeedbackRoutes =
  ({ db: anyDb, packs }: { db: Kysely<any>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    const db = anyDb as Kysely<ProductUseTables>;
    /** What the address names, for an act on it; who may not know it is told `notFound`. */
    const feedbackFor = async (request: FastifyRequest, id: string, act: Act) => {
      const { jurisdiction } = request.actor;
      const { row, answers: asked } = await findFeedback(db, jurisdiction, id);
      const object = feedbackObject(
        row,
        asked.map(({ department }) => department),
      );
      request.mustBeAllowed(object, act);
      const acting = () => actingOn(request, act, object);
      return { row, asked, acting, pack: packs.resolve(jurisdiction) };
    };
    const shown = async (row: FeedbackRow) => detail(row, await answersTo(db, row.id));

    app.post(
      '/v1/products/:productNo/feedback',
      {
        config: { act: 'giveFeedback' },
        schema: {
          summary: '提出产品使用反馈 · A user says what a product does for them (中卫 六, 朔州 六（三）)',
          params: z.object({ productNo: ProductNo }),
          headers: IdempotencyKey,
          body: z.strictObject({ kind: z.enum(feedbackKinds), words }),
          response: { 201: FeedbackDetail, ...problems(400, 401, 403, 404, 422, 503) },
        },
      },
      async (request, reply) => {
        const { jurisdiction } = request.actor;
        const acting = await actingOn(request, 'giveFeedback', { jurisdiction });
        const product = await productInUse(db, jurisdiction, request.params.productNo);
        const row = await giveFeedback(db, packs.resolve(jurisdiction), product, request.body, acting);
        return reply.code(201).header('location', `/v1/product-feedback/${row.id}`).send(detail(row, []));
      },
    );

    app.get(
      '/v1/product-feedback',
      {
        config: { act: 'readFeedback', lists: true },
        schema: {
          summary: 'Feedback on products; a body that of its products, and what it gave or was asked',
          querystring: PageQuery.extend({
            product: ProductNo.optional(),
            state: z.enum(feedbackStates).optional(),
          }),
          response: {
            200: jsonOrCsv(pageOf(FeedbackView), 'A page of feedback'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, product, state } = request.query;
        const after = decodeCursor(z.tuple([FeedbackNo]), cursor)?.[0];
        const rows = await listFeedback(db, request.actor, { product, state, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/product-feedback/:feedbackId',
      {
        config: { act: 'readFeedback' },
        schema: {
          summary: 'One piece of feedback with the answers of its sources',
          params: Params,
          response: { 200: FeedbackDetail, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { row, asked } = await feedbackFor(request, request.params.feedbackId, 'readFeedback');
        return detail(row, asked);
      },
    );

    app.post(
      '/v1/product-feedback/:feedbackId/relay',
      {
        config: { act: 'relayFeedback' },
        schema: {
          summary: '转数源部门 · The operator relays it to the departments its data come from',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({
            departments: z
              .array(line(60))
              .min(1)
              .max(20)
              .refine((all) => new Set(all).size === all.length, '同一部门出现两次 · named twice'),
          }),
          response: answers,
        },
      },
      async (request) => {
        const { row, pack, acting } = await feedbackFor(request, request.params.feedbackId, 'relayFeedback');
        return shown(await relayFeedback(db, pack, row.id, request.body.departments, await acting()));
      },
    );

    app.post(
      '/v1/product-feedback/:feedbackId/answer',
      {
        config: { act: 'answerFeedback' },
        schema: {
          summary: '数源部门答复 · A department that was asked answers; late is late, and still an answer',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ outcome: z.enum(feedbackOutcomes), words }),
          response: answers,
        },
      },
      async (request) => {
        const { row, pack, acting } = await feedbackFor(request, request.params.feedbackId, 'answerFeedback');
        return shown(await answerFeedback(db, pack, row.id, request.body, await acting()));
      },
    );

    app.post(
      '/v1/product-feedback/:feedbackId/closing',
      {
        config: { act: 'relayFeedback' },
        schema: {
          summary:
            '反馈办结 · The operator tells what came of it: improved, in the next version, or no change',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ code: z.enum(['improved', 'nextVersion', 'noChange']), words }),
          response: answers,
        },
      },
      async (request) => {
        const { row, pack, acting } = await feedbackFor(request, request.params.feedbackId, 'relayFeedback');
        return shown(await closeFeedback(db, pack, row.id, request.body, await acting()));
      },
    );
  };
