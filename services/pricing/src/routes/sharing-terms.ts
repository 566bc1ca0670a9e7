/** Terms of sharing over REST (F5): the bureau records what the operating agreement says, the operator agrees. */
import type { SharingTermsRow } from '@gongshu/infra/settlements/tables';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { toInstantText } from '@gongshu/shared/business-date';
import { reaches } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { SharingParty } from '@gongshu/shared/packs/topics/pricing';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actingOn } from '@gongshu/infra/http/acting';
import type { PricingDeps } from '../deps.ts';
import { agreeTerms, proposeTerms, TermsGiven } from '../sharing/terms.ts';
import type { UsageDb } from '../usage/record.ts';

const TermsNo = z.string().regex(/^\d{6}-FP-\d{4}-\d{6}$/);
const Instant = z.iso.datetime({ offset: true });
const TermsView = z
  .object({
    ...{ terms: TermsNo, operator: z.string(), year: z.int(), version: z.int(), agreement: z.string() },
    resourceFeeRate: z.string(),
    parties: z.array(z.object({ id: z.string(), kind: SharingParty, factor: z.string() })),
    ...{ document: z.string(), hash: z.string(), state: z.enum(['proposed', 'agreed', 'replaced']) },
    ...{ proposedAt: Instant, agreedAt: Instant.nullable() },
    usedBy: z.string().nullable().describe('The settlement made by them: they stand from then on'),
  })
  .meta({ id: 'SharingTerms' });

const view = (row: SharingTermsRow): z.output<typeof TermsView> => ({
  ...{ terms: row.terms, operator: row.operator, year: row.year, version: row.version },
  ...{ agreement: row.agreement, resourceFeeRate: row.resource_fee_rate, parties: row.parties },
  ...{ document: row.document, hash: row.hash, state: row.state, usedBy: row.used_by },
  proposedAt: toInstantText(row.proposed_at.getTime()),
  agreedAt: row.agreed_at ? toInstantText(row.agreed_at.getTime()) : null,
});

const csv = {
  name: 'sharing-terms',
  columns: [
    { title: '约定编号', value: ({ terms }) => terms },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '年度', value: ({ year }) => year },
    { title: '版次', value: ({ version }) => version },
    { title: '协议', value: ({ agreement }) => agreement },
    { title: '资源使用费率', value: ({ resourceFeeRate }) => resourceFeeRate },
    {
      title: '分配主体及系数',
      value: ({ parties }) => parties.map(({ id, factor }) => `${id} ${factor}`).join('；'),
    },
    { title: '状态', value: ({ state }) => state },
    { title: '确认时间', value: ({ agreedAt }) => agreedAt },
    { title: '结算编号', value: ({ usedBy }) => usedBy },
  ] satisfies CsvColumn<z.output<typeof TermsView>>[],
};

export const sharingTermRoutes = (deps: PricingDeps): FastifyPluginAsyncZod => {
  const db = deps.db as UsageDb;
  const find = (terms: string, jurisdiction: string): Promise<SharingTermsRow | undefined> =>
    db
      .selectFrom('sharing_terms')
      .selectAll()
      .where('terms', '=', terms)
      .where('jurisdiction', '=', jurisdiction)
      .executeTakeFirst();
  return async (app) => {
    app.post(
      '/v1/sharing-terms',
      {
        config: { act: 'manageSharing' },
        schema: {
          summary: '登记收益分配约定 · Terms of sharing of a year, from the operating agreement (F5)',
          headers: IdempotencyKey,
          body: TermsGiven,
          response: { 201: TermsView, ...problems(400, 401, 403, 409, 413, 415, 422, 503) },
        },
      },
      async (request, reply) => {
        const { jurisdiction } = request.actor;
        const acting = await actingOn(request, 'manageSharing', { jurisdiction });
        const pack = deps.packs.resolve(jurisdiction);
        const row = await db.transaction().execute((trx) => proposeTerms(trx, pack, request.body, acting));
        return reply.code(201).header('location', `/v1/sharing-terms/${row.terms}`).send(view(row));
      },
    );

    app.post(
      '/v1/sharing-terms/:terms/agreement',
      {
        config: { act: 'agreeSharing' },
        schema: {
          summary: '确认收益分配约定 · The operator agrees to the newest terms: they apply from now on (F5)',
          params: z.object({ terms: TermsNo }),
          headers: IdempotencyKey,
          body: z.strictObject({ hash: z.string().regex(/^sha256:[0-9a-f]{64}$/) }),
          response: { 200: TermsView, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
        },
      },
      async (request) => {
        const { jurisdiction } = request.actor;
        const row = await find(request.params.terms, jurisdiction);
        if (!row) throw problem('notFound');
        const acting = await actingOn(request, 'agreeSharing', { jurisdiction, handlers: [row.operator] });
        if (request.body.hash !== row.hash) throw problem('sharingTermsNotProposed');
        const pack = deps.packs.resolve(jurisdiction);
        return view(await db.transaction().execute((trx) => agreeTerms(trx, pack, row, acting)));
      },
    );

    app.get(
      '/v1/sharing-terms',
      {
        config: { act: 'readSettlements', lists: true },
        schema: {
          summary: '收益分配约定 · Terms of sharing, newest first: the operator’s own, all for who oversees',
          querystring: PageQuery.extend({
            operator: OrganisationId.optional(),
            year: z.coerce.number().int().min(2000).max(2200).optional(),
          }),
          response: {
            200: jsonOrCsv(pageOf(TermsView), 'A page of terms'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, operator, year } = request.query;
        const before = decodeCursor(z.tuple([TermsNo]), cursor)?.[0];
        const { jurisdiction, organisation } = request.actor;
        let query = db
          .selectFrom('sharing_terms')
          .selectAll()
          .where('jurisdiction', '=', jurisdiction)
          .orderBy('terms', 'desc')
          .limit(limit + 1);
        if (!reaches(request.actor, 'readSettlements').includes('jurisdiction'))
          query = query.where('operator', '=', organisation ?? '');
        if (operator !== undefined) query = query.where('operator', '=', operator);
        if (year !== undefined) query = query.where('year', '=', year);
        if (before !== undefined) query = query.where('terms', '<', before);
        const { items, next } = page(request, reply, await query.execute(), limit, ({ terms }) => [terms]);
        return sendPage(request, reply, csv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/sharing-terms/:terms',
      {
        config: { act: 'readSettlements' },
        schema: {
          summary: '收益分配约定详情 · One version of the terms (F5)',
          params: z.object({ terms: TermsNo }),
          response: { 200: TermsView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { jurisdiction } = request.actor;
        const row = await find(request.params.terms, jurisdiction);
        if (!row) throw problem('notFound');
        request.mustBeAllowed({ jurisdiction, handlers: [row.operator] });
        return view(row);
      },
    );
  };
};
