import { DocumentHash } from '@gongshu/infra/documents/cite';
import { jsonOrCsv, sendCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { assetStates, assetWithdrawals } from '@gongshu/shared/asset';
import { businessDateOf, isBusinessDate } from '@gongshu/shared/business-date';
import type { Act, ActObject } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { ruleOf } from '@gongshu/shared/packs/pack';
import { Fen } from '@gongshu/shared/pricing/money';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { assetArticle, confirmAsset, markAsset, withdrawAsset } from '../assets/acts.ts';
import { type AssetDb, assetsOn, listAssets, marksOn } from '../assets/queries.ts';
import { Asset, assetColumns, assetView, assetViewOn } from '../assets/view.ts';
import { mustNotLieAhead, packOf, type ResourceDeps } from '../resources/resource-law.ts';
import { Reference, ResourceNo } from '../resources/resource-schema.ts';
import { findResource, type ResourceRow } from '../queries/resource.ts';
import { actingOn, ownObject } from './resource-acting.ts';

const Words = z.string().trim().min(1).max(500);
const Day = z.iso.date({ abort: true }).refine(isBusinessDate, '须为真实日期 · a day that exists');
const BookValue = z
  .strictObject({ fen: Fen, on: Day })
  .describe('Book value in whole fen, and the day it is of');
const Mark = z.strictObject({
  basis: Words.describe('The rule or decision it rests on'),
  basisDocument: Reference.optional(),
  documentHash: DocumentHash.optional().describe('Where the document itself was uploaded here'),
  markedOn: Day,
  assetNo: Reference.optional().describe('资产登记编号 · The number in the books of assets'),
  bookValue: BookValue.optional(),
});
const Confirmation = z.strictObject({ assetNo: Reference.optional(), bookValue: BookValue.optional() });
const Withdrawal = z.strictObject({
  withdrawnOn: Day,
  reason: z.enum(assetWithdrawals),
  basis: Words,
});
const OfResource = z
  .object({ resource: z.string(), mark: Asset.nullable(), earlier: z.array(Asset) })
  .meta({ id: 'AssetOfResource' });
const Params = z.object({ resourceId: ResourceNo });
const answers = { 200: OfResource, ...problems(400, 401, 403, 404, 409, 422) };

/** Everybody may know of a published entry, and of its place in the books of assets only its body and the authorities. */
const assetObject = (row: ResourceRow): ActObject => ({
  jurisdiction: row.jurisdiction,
  owner: row.provider_organisation,
});

/** The mark that a resource is a public data asset, and the ledger of them (F7; Wuhai 8(7), Shuozhou 11(5)). */
export const assetRoutes =
  (deps: ResourceDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as AssetDb;
    /** The entry of the address, if the actor may do this with its mark. Throws `notFound`, `forbidden`. */
    const entryFor = async (request: FastifyRequest, id: string, act: Act): Promise<ResourceRow> => {
      const row = await findResource(deps.db, id);
      if (!row) throw problem('notFound');
      request.mustBeAllowed(assetObject(row), act);
      return row;
    };
    const ofResource = async (resource: string): Promise<z.output<typeof OfResource>> => {
      const [first, ...others] = (await marksOn(db, resource)).map(assetView);
      const stands = first && first.state !== 'withdrawn';
      return {
        resource,
        mark: stands ? first : null,
        earlier: stands || !first ? others : [first, ...others],
      };
    };

    app.get(
      '/v1/resources/:resourceId/asset',
      {
        config: { act: 'readAssets' },
        schema: {
          summary: 'Whether the resource is a public data asset, and the marks it had before',
          params: Params,
          response: { 200: OfResource, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { id } = await entryFor(request, request.params.resourceId, 'readAssets');
        return ofResource(id);
      },
    );

    app.post(
      '/v1/resources/:resourceId/asset',
      {
        config: { act: 'markAsset' },
        schema: {
          summary: '标识公共数据资产 · A registered resource is taken into the management of assets (F7)',
          params: Params,
          headers: IdempotencyKey,
          body: Mark,
          response: { 201: OfResource, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const row = await entryFor(request, request.params.resourceId, 'markAsset');
        const acting = await actingOn(request, 'markAsset', assetObject(row));
        await markAsset(db, packOf(deps.packs, row.jurisdiction), row.id, request.body, acting);
        return reply.code(201).send(await ofResource(row.id));
      },
    );

    app.post(
      '/v1/resources/:resourceId/asset/confirmation',
      {
        config: { act: 'confirmAsset' },
        schema: {
          summary: '确认公共数据资产 · The authority for assets confirms the mark, and gives what it lacks',
          params: Params,
          headers: IdempotencyKey,
          body: Confirmation,
          response: answers,
        },
      },
      async (request) => {
        const row = await entryFor(request, request.params.resourceId, 'confirmAsset');
        const acting = await actingOn(request, 'confirmAsset', assetObject(row));
        const pack = packOf(deps.packs, row.jurisdiction);
        if (ruleOf(pack, 'pricing', 'assets').value.exportedTo !== acting.actor.role)
          throw problem('forbidden', { article: assetArticle(pack), params: { act: 'confirmAsset' } });
        await confirmAsset(db, row.id, request.body, acting);
        return ofResource(row.id);
      },
    );

    app.post(
      '/v1/resources/:resourceId/asset/withdrawal',
      {
        config: { act: 'markAsset' },
        schema: {
          summary: '撤销公共数据资产标识 · The mark is withdrawn, with its reason',
          params: Params,
          headers: IdempotencyKey,
          body: Withdrawal,
          response: answers,
        },
      },
      async (request) => {
        const row = await entryFor(request, request.params.resourceId, 'markAsset');
        const acting = await actingOn(request, 'markAsset', assetObject(row));
        await withdrawAsset(db, row.id, request.body, acting);
        return ofResource(row.id);
      },
    );

    app.get(
      '/v1/assets',
      {
        config: { act: 'readAssets', lists: true },
        schema: {
          summary: 'Public data assets: a department’s own, the whole city’s for its authorities',
          querystring: PageQuery.extend({
            state: z.enum(assetStates).optional(),
            provider: OrganisationId.optional(),
          }),
          response: { 200: jsonOrCsv(pageOf(Asset), 'A page of assets'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, state, provider } = request.query;
        const after = decodeCursor(z.tuple([ResourceNo]), cursor)?.[0];
        const rows = await listAssets(db, request.actor, { state, provider, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(
          request,
          reply,
          { name: 'assets', columns: assetColumns },
          { items: items.map(assetView), next },
        );
      },
    );

    app.get(
      '/v1/assets/export',
      {
        config: { act: 'readAssets' },
        schema: {
          summary:
            '资产台账导出 · The whole ledger of the city for the finance authority, as it stood on a day',
          querystring: z.strictObject({
            on: Day.optional().describe('Today when left out; the end of that day'),
          }),
          response: {
            200: {
              description: 'One row an asset: ISO dates, fen as an integer, yuan exactly; no row of totals',
              content: { 'text/csv': { schema: z.string() } },
            },
            ...problems(400, 401, 403, 422),
          },
        },
      },
      async (request, reply) => {
        request.mustBeAllowed(ownObject(request));
        const now = await request.lawNow();
        const on = request.query.on ?? businessDateOf(now.getTime());
        mustNotLieAhead(on, now, '/on');
        const rows = await assetsOn(db, request.actor, on);
        return sendCsv(
          reply,
          'asset-ledger',
          assetColumns,
          rows.map((row) => assetViewOn(row, on)),
        );
      },
    );
  };
