import { Reason } from '@gongshu/infra/cases/case-routes';
import { type CsvColumn, jsonOrCsv, sendCsv, wantsCsv } from '@gongshu/infra/http/csv';
import { tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { type MerchantRow, standings } from '@gongshu/infra/merchants/standing';
import { toInstantText } from '@gongshu/shared/business-date';
import { type Act, actingRole } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { changeStanding, findMerchant, type StandingAct } from '@gongshu/infra/merchants/change';
import { actsOf, listMerchants } from '../queries/merchant.ts';
import type { StandingTables } from '@gongshu/infra/merchants/tables';

const Instant = z.iso.datetime({ offset: true });
const Merchant = z
  .object({
    merchant: z.string(),
    jurisdiction: z.string(),
    standing: z.enum(standings),
    since: Instant,
    caseNo: z.string().nullable().describe('The onboarding it was last enrolled by'),
  })
  .meta({ id: 'Merchant' });
const MerchantWithActs = Merchant.extend({
  acts: z
    .array(
      z.object({
        act: z.enum(['suspended', 'restored', 'exited']),
        reasons: z.array(Reason),
        by: z.string().nullable().describe('The body that acted'),
        at: Instant,
      }),
    )
    .describe('Oldest first'),
}).meta({ id: 'MerchantWithActs' });
type Merchant = z.output<typeof Merchant>;

const view = (row: MerchantRow): Merchant => ({
  merchant: row.organisation,
  jurisdiction: row.jurisdiction,
  standing: row.standing,
  since: toInstantText(row.since.getTime()),
  caseNo: row.case_no,
});

const columns: CsvColumn<Merchant>[] = [
  { title: '数商', value: ({ merchant }) => merchant },
  { title: '状态', value: ({ standing }) => standing },
  { title: '自', value: ({ since }) => since },
  { title: '进驻申请编号', value: ({ caseNo }) => caseNo },
];

const Params = z.object({ merchantId: OrganisationId });

/** The register of merchants: how each stands, and what was done to that. */
export const merchantRoutes =
  ({ db, packs }: { db: Kysely<StandingTables>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/merchants',
      {
        config: { act: 'readMerchants', lists: true },
        schema: {
          summary: 'Merchants of the city, by id; a merchant sees its own entry',
          querystring: PageQuery.extend({ standing: z.enum(standings).optional() }),
          response: {
            200: jsonOrCsv(pageOf(Merchant), 'A page of merchants'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const csv = wantsCsv(request);
        const { limit, cursor, standing } = request.query;
        const after = decodeCursor(z.tuple([z.string().max(100)]), cursor)?.[0];
        const rows = await listMerchants(db, request.actor, { standing, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ organisation }) => [organisation]);
        const views = items.map(view);
        reply.header('vary', 'accept');
        return csv ? sendCsv(reply, 'merchants', columns, views) : reply.send({ items: views, next });
      },
    );

    app.get(
      '/v1/merchants/:merchantId',
      {
        config: { act: 'readMerchants' },
        schema: {
          summary: 'One merchant: how it stands, and what was done to that with which reasons',
          params: Params,
          response: { 200: MerchantWithActs, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const { jurisdiction } = request.actor;
        const row = await findMerchant(db, jurisdiction, request.params.merchantId);
        if (!row) throw problem('notFound');
        request.mustBeAllowed({ jurisdiction, owner: row.organisation });
        const acts = await actsOf(db, row);
        return tag(reply, row.version).send({ ...view(row), acts });
      },
    );

    const standingAct = (path: string, act: StandingAct, permission: Act, summary: string) => {
      app.post(
        `/v1/merchants/:merchantId/${path}`,
        {
          config: { act: permission },
          schema: {
            summary,
            params: Params,
            headers: IdempotencyKey,
            body: z.strictObject({ reasons: z.array(Reason).min(1).max(50) }),
            response: { 200: Merchant, ...problems(400, 401, 403, 404, 409, 422, 503) },
          },
        },
        async (request, reply) => {
          const { jurisdiction, id, organisation } = request.actor;
          const merchant = await findMerchant(db, jurisdiction, request.params.merchantId);
          if (!merchant) throw problem('notFound');
          const object = { jurisdiction, owner: merchant.organisation };
          request.mustBeAllowed(object);
          const row = await changeStanding(db, act, {
            merchant,
            reasons: request.body.reasons,
            rests: restsOn(
              packs.resolve(jurisdiction),
              'merchantOnboarding',
              act === 'exited' ? 'onExit' : 'whileSuspended',
            ),
            at: await request.lawNow(),
            actor: { id, role: actingRole(request.actor, permission, object), organisation },
          });
          return tag(reply, row.version).send(view(row));
        },
      );
    };
    standingAct(
      'suspension',
      'suspended',
      'suspendMerchant',
      '暂停数商 · Suspends a merchant, with reasons (Zhongwei art. 18)',
    );
    standingAct(
      'restoration',
      'restored',
      'restoreMerchant',
      '恢复数商 · Restores a suspended merchant; the reasons say how it was rectified',
    );
    standingAct(
      'exit',
      'exited',
      'exitMerchant',
      '数商退出 · A merchant exits, of itself or by the operator (Zhongwei art. 18)',
    );
  };
