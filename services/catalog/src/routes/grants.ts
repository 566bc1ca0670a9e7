import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { type CsvColumn, jsonOrCsv, sendCsv, wantsCsv } from '@gongshu/infra/http/csv';
import { tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { actingRole, may } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type GrantDeps, GrantNo, Reasons, useArticle } from '../grants/deps.ts';
import { endGrant, grantFor } from '../grants/standing.ts';
import { GrantItem, GrantStates, GrantView, grantItem, grantView, listGrants } from '../grants/view.ts';
import { ResourceNo } from '../resources/resource-schema.ts';

const Query = PageQuery.extend({
  state: GrantStates.optional().describe('As it stands at the instant of reading'),
  merchant: OrganisationId.optional(),
  resource: ResourceNo.optional().describe('An entry within its scope'),
});

const columns: CsvColumn<GrantItem>[] = [
  { title: '授权编号', value: ({ grantNo }) => grantNo },
  { title: '使用申请', value: ({ caseNo }) => caseNo },
  { title: '协议编号', value: ({ agreementNo }) => agreementNo },
  { title: '数商', value: ({ merchant }) => merchant },
  { title: '运营机构', value: ({ operator }) => operator },
  { title: '类别', value: ({ kind }) => kind },
  { title: '用途', value: ({ purpose }) => purpose },
  { title: '状态', value: ({ state }) => state },
  { title: '终止方式', value: ({ endKind }) => endKind },
  { title: '首日', value: ({ fromOn }) => fromOn },
  { title: '末日', value: ({ untilOn }) => untilOn },
  { title: '订立时间', value: ({ grantedAt }) => grantedAt },
  { title: '终止时间', value: ({ endedAt }) => endedAt },
];

export const GrantParams = z.object({ grantNo: GrantNo });

/** Throws `reasonsMissing` (422): an act against the other party says why. */
export const mustGiveReasons = (reasons: readonly unknown[]): void => {
  if (reasons.length === 0) throw reasonsMissing();
};

/** Grants: the list, one grant, its early end (Zhongwei art. 19, 22). */
export const grantReadRoutes =
  (deps: GrantDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = deps;

    const viewFor = async (request: FastifyRequest, grantNo: string) => {
      const { grant, object } = await grantFor(db, request, grantNo, 'readGrant');
      const handling = request.actor.roles.filter((role) => role !== 'merchant');
      const words = may({ ...request.actor, roles: handling }, 'readGrant', object) === 'yes';
      return { grant, view: await grantView(db, grant, { at: await request.lawNow(), words }) };
    };

    app.get(
      '/v1/grants',
      {
        config: { act: 'readGrant', lists: true },
        schema: {
          summary: '使用授权 · Grants within one’s reach, newest first',
          querystring: Query,
          response: {
            200: jsonOrCsv(pageOf(GrantItem), 'A page of grants'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const csv = wantsCsv(request);
        const { limit, cursor, ...filter } = request.query;
        const before = decodeCursor(z.tuple([GrantNo]), cursor)?.[0];
        const at = await request.lawNow();
        const rows = await listGrants(db, request.actor, filter, { before, limit: limit + 1, at });
        const { items, next } = page(request, reply, rows, limit, (row) => [row.grant_no]);
        const views = items.map((row) => grantItem(row, at));
        reply.header('vary', 'accept');
        return csv ? sendCsv(reply, 'grants', columns, views) : reply.send({ items: views, next });
      },
    );

    app.get(
      '/v1/grants/:grantNo',
      {
        config: { act: 'readGrant' },
        schema: {
          summary: '一项使用授权 · One grant: scope, conditions, term, suspensions, reports',
          params: GrantParams,
          response: { 200: GrantView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const { grant, view } = await viewFor(request, request.params.grantNo);
        return tag(reply, grant.version).send(view);
      },
    );

    app.post(
      '/v1/grants/:grantNo/end',
      {
        config: { act: 'endGrant' },
        schema: {
          summary: '提前终止 · The merchant or the operator ends the grant before its term',
          params: GrantParams,
          headers: IdempotencyKey,
          body: z.strictObject({ reasons: Reasons }),
          response: { 200: GrantView, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request) => {
        const { grantNo } = request.params;
        const { grant, object } = await grantFor(db, request, grantNo, 'endGrant');
        mustGiveReasons(request.body.reasons);
        const { id, organisation } = request.actor;
        const role = actingRole(request.actor, 'endGrant', object);
        const at = await request.lawNow();
        const receipt = await db.transaction().execute((trx) =>
          endGrant(trx, {
            grantNo,
            endKind: 'endedEarly',
            reasons: request.body.reasons,
            rests: restsOn(deps.packs.resolve(grant.jurisdiction), 'dataUse', 'agreementContents'),
            at,
            actor: { id, role, organisation },
          }),
        );
        if (receipt === null)
          throw problem('grantEnded', {
            ...useArticle(deps.packs, grant.jurisdiction, 'agreementContents'),
            params: { endKind: grantItem(grant, at).endKind ?? 'expired' },
          });
        await deps.deliver(receipt);
        return (await viewFor(request, grantNo)).view;
      },
    );
  };
