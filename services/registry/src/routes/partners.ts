import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { Reasons } from '@gongshu/infra/cases/case-routes';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { expectedVersion, stale, tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { Act } from '@gongshu/shared/may';
import { citedArticle, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type Acting, actingOn, ownObject } from '@gongshu/infra/http/acting';
import { missingIn, partnerLawIn } from '../partners/law.ts';
import {
  answerPartner,
  endPartner,
  filePartner,
  findPartner,
  listPartners,
  partnerObject,
  registerPartner,
  revisePartner,
} from '../partners/register.ts';
import { PartnerContents, PartnerDraft, PartnerNo, PartnerView } from '../partners/schema.ts';
import { type PartnerRow, partnerStates, type PartnerTables } from '../partners/tables.ts';

/** What a filing still to come lacks; nothing once it is filed. */
const missing = (pack: ResolvedPack, { contents, state }: PartnerRow): string[] => {
  const law = partnerLawIn(pack);
  return law && ['registered', 'returned'].includes(state) ? missingIn(law, contents) : [];
};

const view = (row: PartnerRow, lacks: string[]): PartnerView => ({
  ...{ partner: row.id, operator: row.operator, organisation: row.organisation, state: row.state },
  ...{ version: row.version, contents: row.contents, contentHash: row.content_hash, missing: lacks },
  registeredAt: instant(row.registered_at),
  filedAt: instantOrNull(row.filed_at),
  answeredAt: instantOrNull(row.answered_at),
  reasons: row.reasons,
});

const asCsv = {
  name: 'partners',
  columns: [
    { title: '合伙人编号', value: ({ partner }) => partner },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '合伙人主体', value: ({ organisation }) => organisation },
    { title: '状态', value: ({ state }) => state },
    { title: '版本', value: ({ version }) => version },
    { title: '尚缺', value: ({ missing: lacks }) => lacks.join('、') },
    { title: '登记时间', value: ({ registeredAt }) => registeredAt },
    { title: '备案时间', value: ({ filedAt }) => filedAt },
    { title: '处理时间', value: ({ answeredAt }) => answeredAt },
  ] satisfies CsvColumn<PartnerView>[],
};

const Params = z.object({ partnerId: PartnerNo });
const answers = { 200: PartnerView, ...problems(400, 401, 403, 404, 409, 422, 503) };

/** Partners that the operator recruits and files with the bureau (M1, Shuozhou 四, 六（二）). */
export const partnerRoutes =
  ({ db: anyDb, packs }: { db: Kysely<any>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    const db = anyDb as Kysely<PartnerTables>;
    const lacks = (row: PartnerRow): string[] => missing(packs.resolve(row.jurisdiction), row);
    const sent = (reply: FastifyReply, row: PartnerRow) =>
      tag(reply, row.version).send(view(row, lacks(row)));
    const partnerFor = async (
      request: FastifyRequest,
      id: string,
      act: Act,
    ): Promise<{ row: PartnerRow; pack: ResolvedPack; acting: () => Promise<Acting> }> => {
      const row = await findPartner(db, id);
      if (!row) throw problem('notFound');
      const object = partnerObject(row, act === 'readPartners' ? request.actor : undefined);
      request.mustBeAllowed(object, act);
      return { row, pack: packs.resolve(row.jurisdiction), acting: () => actingOn(request, act, object) };
    };

    app.post(
      '/v1/partners',
      {
        config: { act: 'filePartner' },
        schema: {
          summary: '登记合伙人 · The operator registers a partner it recruited (Shuozhou 六（二）)',
          headers: IdempotencyKey,
          body: PartnerDraft,
          response: { 201: PartnerView, ...problems(400, 401, 403, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'filePartner', ownObject(request));
        const pack = packs.resolve(request.actor.jurisdiction);
        const row = await registerPartner(db, pack, request.body, acting);
        return sent(reply.code(201).header('location', `/v1/partners/${row.id}`), row);
      },
    );

    app.get(
      '/v1/partners',
      {
        config: { act: 'readPartners', lists: true },
        schema: {
          summary: 'Partners of the city; a partner its own entry',
          querystring: PageQuery.extend({ state: z.enum(partnerStates).optional() }),
          response: {
            200: jsonOrCsv(pageOf(PartnerView), 'A page of partners'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, state } = request.query;
        const after = decodeCursor(z.tuple([PartnerNo]), cursor)?.[0];
        const rows = await listPartners(db, request.actor, { state, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map((row) => view(row, lacks(row))), next });
      },
    );

    app.get(
      '/v1/partners/:partnerId',
      {
        config: { act: 'readPartners' },
        schema: {
          summary: 'One partner, with what its filing still lacks',
          params: Params,
          response: { 200: PartnerView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) =>
        sent(reply, (await partnerFor(request, request.params.partnerId, 'readPartners')).row),
    );

    app.put(
      '/v1/partners/:partnerId/contents',
      {
        config: { act: 'filePartner' },
        schema: {
          summary: '修改合伙人材料 · Other contents, before filing or after a return',
          params: Params,
          body: PartnerContents,
          response: { ...answers, ...problems(412, 428) },
        },
      },
      async (request, reply) => {
        const { row, pack, acting } = await partnerFor(request, request.params.partnerId, 'filePartner');
        const at = { id: row.id, version: expectedVersion(request) };
        return sent(reply, await revisePartner(db, pack, at, request.body, await acting(), stale));
      },
    );

    app.post(
      '/v1/partners/:partnerId/filing',
      {
        config: { act: 'filePartner' },
        schema: {
          summary: '合伙人备案 · Mode, qualification and division of duties are filed with the bureau',
          params: Params,
          headers: IdempotencyKey,
          response: answers,
        },
      },
      async (request, reply) => {
        const { row, pack, acting } = await partnerFor(request, request.params.partnerId, 'filePartner');
        return sent(reply, await filePartner(db, pack, row.id, await acting()));
      },
    );

    app.post(
      '/v1/partners/:partnerId/answer',
      {
        config: { act: 'decidePartner' },
        schema: {
          summary: '备案处理 · The bureau takes note of a filing, or returns it with reasons',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ outcome: z.enum(['note', 'return']), reasons: Reasons }),
          response: answers,
        },
      },
      async (request, reply) => {
        const { row, pack, acting } = await partnerFor(request, request.params.partnerId, 'decidePartner');
        if (request.body.outcome === 'return' && request.body.reasons.length === 0)
          throw reasonsMissing(citedArticle(pack.rules['merchantOnboarding']?.['filing']));
        return sent(reply, await answerPartner(db, pack, row.id, request.body, await acting()));
      },
    );

    app.post(
      '/v1/partners/:partnerId/end',
      {
        config: { act: 'filePartner' },
        schema: {
          summary: '终止合作 · The partnership ends; the entry stays',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ reasons: Reasons }),
          response: answers,
        },
      },
      async (request, reply) => {
        const { row, pack, acting } = await partnerFor(request, request.params.partnerId, 'filePartner');
        return sent(reply, await endPartner(db, pack, row.id, request.body.reasons, await acting()));
      },
    );
  };
