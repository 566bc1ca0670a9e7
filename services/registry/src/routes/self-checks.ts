/** What developers check themselves, over REST (A9; 朔州 十一（四）3). */
import { instant } from '@gongshu/infra/cases/view-time';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import { ProductNo } from '../product-use/product.ts';
import { badDay, Items, Outcome } from '../product-use/schema.ts';
import { listSelfChecks, recordSelfCheck } from '../product-use/self-checks.ts';
import { developerItems, type ProductUseTables, type SelfCheckRow } from '../product-use/tables.ts';

const SelfCheckNo = z.string().regex(/^ZC-[0-9a-f-]{36}$/);
const Instant = z.iso.datetime({ offset: true });

const SelfCheckView = z
  .object({
    selfCheck: z.string(),
    owner: z.string(),
    product: z.string().nullable(),
    from: z.iso.date(),
    until: z.iso.date(),
    items: z.array(z.enum(developerItems)),
    outcome: Outcome,
    report: z.string(),
    recordedAt: Instant,
  })
  .meta({ id: 'SelfCheck' });
type SelfCheckView = z.output<typeof SelfCheckView>;

const view = (row: SelfCheckRow): SelfCheckView => ({
  ...{ selfCheck: row.id, owner: row.owner, product: row.product_no, from: row.from_on, until: row.until_on },
  ...{ items: row.items, outcome: row.outcome, report: row.report },
  recordedAt: instant(row.recorded_at),
});

const asCsv = {
  name: 'self-checks',
  columns: [
    { title: '自查编号', value: ({ selfCheck }) => selfCheck },
    { title: '开发主体', value: ({ owner }) => owner },
    { title: '产品编号', value: ({ product }) => product },
    { title: '期间起', value: ({ from }) => from },
    { title: '期间止', value: ({ until }) => until },
    { title: '结论', value: ({ outcome }) => outcome },
  ] satisfies CsvColumn<SelfCheckView>[],
};

/** Recorded by the developer, read by it, by who runs and oversees the platform. */
export const selfCheckRoutes =
  ({ db: anyDb, packs }: { db: Kysely<any>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    const db = anyDb as Kysely<ProductUseTables>;
    app.post(
      '/v1/self-checks',
      {
        config: { act: 'recordSelfCheck' },
        schema: {
          summary: '登记自查 · A developer records its own security check of a period (朔州 十一（四）3)',
          headers: IdempotencyKey,
          body: z.strictObject({
            product: ProductNo.optional(),
            from: z.iso.date(),
            until: z.iso.date(),
            items: Items,
            outcome: Outcome,
            report: DocumentHash.describe('自查报告 · uploaded before'),
          }),
          response: { 201: SelfCheckView, ...problems(400, 401, 403, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'recordSelfCheck', ownObject(request));
        const { from, until } = request.body;
        if (from > until) throw badDay('/body/until', '期间止早于期间起', 'It ends before it begins');
        if (until > businessDateOf(acting.at.getTime()))
          throw badDay('/body/until', '期间尚未结束', 'The period has not ended');
        const row = await recordSelfCheck(
          db,
          packs.resolve(request.actor.jurisdiction),
          request.body,
          acting,
        );
        return reply.code(201).send(view(row));
      },
    );

    app.get(
      '/v1/self-checks',
      {
        config: { act: 'readSpotChecks', lists: true },
        schema: {
          summary: 'What developers checked themselves; a developer its own',
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(SelfCheckView), 'A page of self-checks'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const after = decodeCursor(z.tuple([SelfCheckNo]), cursor)?.[0];
        const rows = await listSelfChecks(db, request.actor, { after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );
  };
