import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { Outcome, Reasons } from '@gongshu/infra/cases/case-routes';
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
import { socialDataLaw } from '../social-data/law.ts';
import {
  bringIn,
  decideSocialData,
  findSocialData,
  listSocialData,
  socialDataObject,
  usesOf,
  useSocialData,
  withdrawSocialData,
} from '../social-data/register.ts';
import {
  SocialDataDetail,
  SocialDataDraft,
  SocialDataNo,
  SocialDataUse,
  SocialDataView,
} from '../social-data/schema.ts';
import {
  type SocialDataRow,
  socialDataStates,
  type SocialDataTables,
  type SocialDataUseRow,
} from '../social-data/tables.ts';

const view = (row: SocialDataRow): SocialDataView => ({
  ...{ socialData: row.id, organisation: row.organisation, title: row.title, source: row.source },
  ...{ ground: row.ground, state: row.state, contentHash: row.content_hash, reasons: row.reasons },
  submittedAt: instant(row.submitted_at),
  decidedAt: instantOrNull(row.decided_at),
  withdrawnAt: instantOrNull(row.withdrawn_at),
});
const useView = (row: SocialDataUseRow): z.output<typeof SocialDataUse> => ({
  ...{ use: row.id, subject: row.subject, purpose: row.purpose, usedOn: row.used_on },
  recordedAt: instant(row.recorded_at),
});

const asCsv = {
  name: 'social-data',
  columns: [
    { title: '社会数据编号', value: ({ socialData }) => socialData },
    { title: '名称', value: ({ title }) => title },
    { title: '导入单位', value: ({ organisation }) => organisation },
    { title: '来源', value: ({ source }) => source },
    { title: '取得依据', value: ({ ground }) => ground },
    { title: '状态', value: ({ state }) => state },
    { title: '提交时间', value: ({ submittedAt }) => submittedAt },
    { title: '审批时间', value: ({ decidedAt }) => decidedAt },
    { title: '撤出时间', value: ({ withdrawnAt }) => withdrawnAt },
  ] satisfies CsvColumn<SocialDataView>[],
};

const Params = z.object({ socialDataId: SocialDataNo });
const answers = { 200: SocialDataView, ...problems(400, 401, 403, 404, 409, 422, 503) };
/** Grant, case or task by number. */
const Subject = z.string().regex(/^[\w./-]{1,160}$/);

/** Social data brought in and fused with public data (D3; Zhongwei art. 26, Wuhai 八（三）). */
export const socialDataRoutes =
  ({ db: anyDb, packs }: { db: Kysely<any>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    const db = anyDb as Kysely<SocialDataTables>;
    const entryFor = async (
      request: FastifyRequest,
      id: string,
      act: Act,
    ): Promise<{ row: SocialDataRow; pack: ResolvedPack; acting: () => Promise<Acting> }> => {
      const row = await findSocialData(db, id);
      if (!row) throw problem('notFound');
      const object = socialDataObject(row);
      request.mustBeAllowed(object, act);
      return { row, pack: packs.resolve(row.jurisdiction), acting: () => actingOn(request, act, object) };
    };

    app.post(
      '/v1/social-data',
      {
        config: { act: 'bringInSocialData' },
        schema: {
          summary: '社会数据接入 · Social data are brought in, each condition shown (Zhongwei art. 26)',
          headers: IdempotencyKey,
          body: SocialDataDraft,
          response: { 201: SocialDataView, ...problems(400, 401, 403, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'bringInSocialData', ownObject(request));
        const row = await bringIn(db, packs.resolve(request.actor.jurisdiction), request.body, acting);
        return reply.code(201).header('location', `/v1/social-data/${row.id}`).send(view(row));
      },
    );

    app.get(
      '/v1/social-data',
      {
        config: { act: 'readSocialData', lists: true },
        schema: {
          summary: 'Social data of the city; a merchant its own',
          querystring: PageQuery.extend({ state: z.enum(socialDataStates).optional() }),
          response: {
            200: jsonOrCsv(pageOf(SocialDataView), 'A page of social data'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, state } = request.query;
        const after = decodeCursor(z.tuple([SocialDataNo]), cursor)?.[0];
        const rows = await listSocialData(db, request.actor, { state, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/social-data/:socialDataId',
      {
        config: { act: 'readSocialData' },
        schema: {
          summary: 'One entry with its ground, evidence and uses',
          params: Params,
          response: { 200: SocialDataDetail, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { row } = await entryFor(request, request.params.socialDataId, 'readSocialData');
        const uses = await usesOf(db, row.id);
        return { ...view(row), contents: row.contents, uses: uses.map(useView) };
      },
    );

    app.post(
      '/v1/social-data/:socialDataId/decision',
      {
        config: { act: 'decideSocialData' },
        schema: {
          summary: '审核批准 · The implementing body approves, or refuses with reasons (Wuhai 八（三）)',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ outcome: Outcome, reasons: Reasons }),
          response: answers,
        },
      },
      async (request) => {
        const { row, pack, acting } = await entryFor(
          request,
          request.params.socialDataId,
          'decideSocialData',
        );
        if (request.body.outcome === 'refuse' && request.body.reasons.length === 0)
          throw reasonsMissing(socialDataLaw(pack).article);
        return view(await decideSocialData(db, pack, row.id, request.body, await acting()));
      },
    );

    app.post(
      '/v1/social-data/:socialDataId/uses',
      {
        config: { act: 'bringInSocialData' },
        schema: {
          summary: '投入融合使用 · Put to use with public data; refused unless it may be used',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({
            subject: Subject.describe('Grant or task by its number'),
            purpose: z.string().trim().min(1).max(2_000),
          }),
          response: { 201: SocialDataUse, ...problems(400, 401, 403, 404, 409, 503) },
        },
      },
      async (request, reply) => {
        const { row, pack, acting } = await entryFor(
          request,
          request.params.socialDataId,
          'bringInSocialData',
        );
        const use = await useSocialData(db, pack, row.id, request.body, await acting());
        return reply.code(201).send(useView(use));
      },
    );

    app.post(
      '/v1/social-data/:socialDataId/withdrawal',
      {
        config: { act: 'bringInSocialData' },
        schema: {
          summary: '撤出 · Taken out again; may be used no more',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ reasons: Reasons }),
          response: answers,
        },
      },
      async (request) => {
        const { row, pack, acting } = await entryFor(
          request,
          request.params.socialDataId,
          'bringInSocialData',
        );
        return view(await withdrawSocialData(db, pack, row.id, request.body.reasons, await acting()));
      },
    );
  };
