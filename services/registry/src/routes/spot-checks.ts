/** Spot checks on developers over REST (A9; 朔州 十一（四）3). */
import { Reason } from '@gongshu/infra/cases/case-routes';
import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { businessDateOf } from '@gongshu/shared/business-date';
import { line } from '@gongshu/shared/line';
import type { Act } from '@gongshu/shared/may';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { actingOn } from '@gongshu/infra/http/acting';
import { ProductNo } from '../product-use/product.ts';
import { badDay, Items, Outcome } from '../product-use/schema.ts';
import {
  answerSpotCheck,
  concludeSpotCheck,
  findSpotCheck,
  listSpotChecks,
  mustInspect,
  openSpotCheck,
  spotCheckObject,
} from '../product-use/spot-checks.ts';
import {
  developerItems,
  type ProductUseTables,
  type SpotCheckRow,
  spotCheckStates,
} from '../product-use/tables.ts';

const SpotCheckNo = z.string().regex(/^CC-[0-9a-f-]{36}$/);
const Instant = z.iso.datetime({ offset: true });
const SpotCheckView = z
  .object({
    spotCheck: z.string(),
    product: z.string().nullable(),
    owner: z.string(),
    inspector: z.string(),
    items: z.array(z.enum(developerItems)),
    notice: z.string(),
    state: z.enum(spotCheckStates),
    lastDay: z.iso.date().nullable(),
    openedAt: Instant,
    answeredAt: Instant.nullable(),
    answer: z.string().nullable(),
    documents: z.array(z.string()),
    outcome: Outcome.nullable(),
    findings: z.array(Reason),
    rectifyBy: z.iso.date().nullable(),
    concludedAt: Instant.nullable(),
  })
  .meta({ id: 'SpotCheck' });
type SpotCheckView = z.output<typeof SpotCheckView>;
const view = (row: SpotCheckRow): SpotCheckView => ({
  ...{ spotCheck: row.id, product: row.product_no, owner: row.owner, inspector: row.inspector },
  ...{ items: row.items, notice: row.notice, state: row.state, lastDay: row.last_day },
  ...{ openedAt: instant(row.opened_at), answeredAt: instantOrNull(row.answered_at) },
  ...{ answer: row.answer, documents: row.answer_documents, outcome: row.outcome },
  ...{ findings: row.findings, rectifyBy: row.rectify_by, concludedAt: instantOrNull(row.concluded_at) },
});
const asCsv = {
  name: 'spot-checks',
  columns: [
    { title: '抽查编号', value: ({ spotCheck }) => spotCheck },
    { title: '抽查对象', value: ({ owner }) => owner },
    { title: '产品编号', value: ({ product }) => product },
    { title: '抽查单位', value: ({ inspector }) => inspector },
    { title: '状态', value: ({ state }) => state },
    { title: '答复期限', value: ({ lastDay }) => lastDay },
    { title: '结论', value: ({ outcome }) => outcome },
    { title: '整改期限', value: ({ rectifyBy }) => rectifyBy },
  ] satisfies CsvColumn<SpotCheckView>[],
};
const Params = z.object({ spotCheckId: SpotCheckNo });
const answers = { 200: SpotCheckView, ...problems(400, 401, 403, 404, 409, 422, 503) };

/** Opened by the bodies the pack names, answered by the developer, concluded. */
export const spotCheckRoutes =
  ({ db: anyDb, packs }: { db: Kysely<any>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    const db = anyDb as Kysely<ProductUseTables>;
    const checkFor = async (request: FastifyRequest, id: string, act: Act) => {
      const { jurisdiction } = request.actor;
      const row = await findSpotCheck(db, jurisdiction, id);
      const object = spotCheckObject(row);
      request.mustBeAllowed(object, act);
      return {
        ...{ row, acting: () => actingOn(request, act, object), pack: packs.resolve(jurisdiction) },
      };
    };

    app.post(
      '/v1/spot-checks',
      {
        config: { act: 'spotCheck' },
        schema: {
          summary:
            '发起抽查 · A body the pack names looks into a developer or one of its products (朔州 十一（四）3)',
          headers: IdempotencyKey,
          body: z
            .strictObject({
              owner: line(60).optional().describe('The developer; its product says it as well'),
              product: ProductNo.optional(),
              items: Items,
              notice: DocumentHash.describe('抽查通知 · uploaded before'),
            })
            .refine(({ owner, product }) => owner !== undefined || product !== undefined, {
              message: '须填写开发主体或产品 · name the developer or a product',
              path: ['owner'],
            }),
          response: { 201: SpotCheckView, ...problems(400, 401, 403, 422, 503) },
        },
      },
      async (request, reply) => {
        const { jurisdiction, organisation } = request.actor;
        const acting = await actingOn(request, 'spotCheck', { jurisdiction, handlers: [organisation ?? ''] });
        const pack = packs.resolve(jurisdiction);
        mustInspect(pack, acting.actor.role);
        const row = await openSpotCheck(db, pack, request.body, acting);
        return reply.code(201).header('location', `/v1/spot-checks/${row.id}`).send(view(row));
      },
    );

    app.get(
      '/v1/spot-checks',
      {
        config: { act: 'readSpotChecks', lists: true },
        schema: {
          summary: 'Spot checks of the city; a body those it makes and those made on it',
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(SpotCheckView), 'A page of spot checks'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const after = decodeCursor(z.tuple([SpotCheckNo]), cursor)?.[0];
        const rows = await listSpotChecks(db, request.actor, { after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/spot-checks/:spotCheckId',
      {
        config: { act: 'readSpotChecks' },
        schema: {
          summary: 'One spot check with its answer and conclusion',
          params: Params,
          response: { 200: SpotCheckView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => view((await checkFor(request, request.params.spotCheckId, 'readSpotChecks')).row),
    );

    app.post(
      '/v1/spot-checks/:spotCheckId/answer',
      {
        config: { act: 'answerSpotCheck' },
        schema: {
          summary: '答复抽查 · The developer answers; late is late, and still an answer',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({
            words: z.string().trim().min(1).max(5_000),
            documents: z.array(DocumentHash).max(20).default([]),
          }),
          response: answers,
        },
      },
      async (request) => {
        const { row, pack, acting } = await checkFor(request, request.params.spotCheckId, 'answerSpotCheck');
        return view(await answerSpotCheck(db, pack, row.id, request.body, await acting()));
      },
    );

    app.post(
      '/v1/spot-checks/:spotCheckId/conclusion',
      {
        config: { act: 'spotCheck' },
        schema: {
          summary: '抽查结论 · Who opened it concludes: in order, or findings with a day to rectify them by',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({
            outcome: Outcome,
            findings: z.array(Reason).max(50).default([]),
            rectifyBy: z.iso.date().optional(),
          }),
          response: answers,
        },
      },
      async (request) => {
        const { row, pack, acting } = await checkFor(request, request.params.spotCheckId, 'spotCheck');
        const who = await acting();
        if (who.actor.organisation !== row.inspector)
          throw problem('forbidden', { params: { act: 'spotCheck' } });
        const { outcome, findings, rectifyBy } = request.body;
        if (outcome === 'findings' && findings.length === 0) throw reasonsMissing();
        if (outcome === 'findings' && rectifyBy === undefined)
          throw badDay('/body/rectifyBy', '须写明整改期限', 'Name the day to rectify it by');
        if (rectifyBy !== undefined && rectifyBy < businessDateOf(who.at.getTime()))
          throw badDay('/body/rectifyBy', '整改期限已过', 'That day has passed');
        const given = { outcome, findings, rectifyBy: outcome === 'findings' ? (rectifyBy ?? null) : null };
        return view(await concludeSpotCheck(db, pack, row.id, given, who));
      },
    );
  };
