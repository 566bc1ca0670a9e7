/** Metered use over REST: recorded in lists, taken back, read (F1). */
import { Keep } from '@gongshu/infra/bring-in/rows';
import type { UsageRow } from '@gongshu/infra/settlements/tables';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { receiptFor } from '@gongshu/infra/intake/take';
import { recordAll } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { ChargeUnit, CustomerClass } from '@gongshu/shared/packs/topics/pricing';
import { ProductPurpose } from '@gongshu/shared/packs/topics/product-egress';
import { decimalText, quantityOf } from '@gongshu/shared/pricing/money';
import { Month, UsageGiven, UsageId } from '@gongshu/shared/settlement/usage';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import { lockUsage } from '@gongshu/infra/revenues/lock';
import type { PricingDeps } from '../deps.ts';
import { conclude, createTally, refusedRow, UsageReport } from '../usage/batch.ts';
import { listUsage, type ListedUsage } from '../usage/list.ts';
import { takeUsage, type UsageDb, usageTaking } from '../usage/record.ts';
import { reverseUsage } from '../usage/reverse.ts';

export const UsageView = z
  .object({
    id: z.string(),
    operator: z.string(),
    product: z.string(),
    unit: ChargeUnit,
    qty: z.string(),
    merchant: z.string(),
    class: CustomerClass,
    purpose: ProductPurpose,
    scenario: z.string().nullable(),
    usedOn: z.iso.date(),
    source: z.enum(['rest', 'file', 'event', 'dispute']),
    reverses: z.string().nullable().describe('The record that this one takes back'),
    recordedAt: z.iso.datetime({ offset: true }),
    bill: z.string().nullable(),
    fen: z.int().nullable().describe('What it was billed at; null while it is open'),
  })
  .meta({ id: 'UsageRecord' });

const view = ({ bill, fen, ...row }: UsageRow & Partial<Pick<ListedUsage, 'bill' | 'fen'>>) => ({
  ...{ id: row.id, operator: row.operator, product: row.product, unit: row.unit, merchant: row.merchant },
  ...{ class: row.class, purpose: row.purpose, scenario: row.scenario, usedOn: row.used_on },
  ...{ source: row.source, reverses: row.reverses, bill: bill ?? null, fen: fen ?? null },
  qty: decimalText(quantityOf(row.qty)),
  recordedAt: toInstantText(row.recorded_at.getTime()),
});

const csv = {
  name: 'usage',
  columns: [
    { title: '用量编号', value: ({ id }) => id },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '产品', value: ({ product }) => product },
    { title: '计费单位', value: ({ unit }) => unit },
    { title: '数量', value: ({ qty }) => qty },
    { title: '使用单位', value: ({ merchant }) => merchant },
    { title: '服务对象', value: (row) => row.class },
    { title: '用途', value: ({ purpose }) => purpose },
    { title: '场景', value: ({ scenario }) => scenario },
    { title: '使用日期', value: ({ usedOn }) => usedOn },
    { title: '冲销', value: ({ reverses }) => reverses },
    { title: '账单', value: ({ bill }) => bill },
    { title: '金额（分）', value: ({ fen }) => fen },
  ] satisfies CsvColumn<z.output<typeof UsageView>>[],
};

export const usageRoutes = (deps: PricingDeps): FastifyPluginAsyncZod => {
  const db = deps.db as UsageDb;
  return async (app) => {
    app.post(
      '/v1/usage',
      {
        bodyLimit: 8 * 1024 * 1024,
        config: { act: 'recordUsage' },
        schema: {
          summary: '登记用量 · Records metered use: each id counts once, the good rows kept or none',
          headers: IdempotencyKey,
          body: z.strictObject({
            keep: Keep,
            records: z.array(z.unknown()).min(1).max(10_000).describe('Each as UsageGiven'),
          }),
          response: { 200: UsageReport, ...problems(400, 401, 403, 409, 413, 415, 422, 503) },
        },
      },
      async (request) => {
        const acting = await actingOn(request, 'recordUsage', ownObject(request));
        const { jurisdiction } = request.actor;
        const owner = { jurisdiction, operator: acting.actor.organisation };
        const pack = deps.packs.resolve(jurisdiction);
        const batch = receiptFor(acting.actor.id, request.idempotencyKey, request.url).replace('SJ-', 'YL-');
        return db.transaction().execute(async (trx) => {
          await lockUsage(trx, owner);
          const taking = await usageTaking(trx, pack, owner, {
            ...{ source: 'rest', recorded_at: acting.at, recorded_by: acting.actor.id },
          });
          const tally = createTally();
          const parsed = request.body.records.map((one) => UsageGiven.safeParse(one));
          const well = parsed.flatMap(({ data }) => data ?? []);
          const taken = (await takeUsage(trx, owner, well, taking)).values();
          parsed.forEach(({ data, error }, row) => {
            const id = (request.body.records[row] as { id?: unknown } | null)?.id;
            if (data) tally.take(row, data, taken.next().value!);
            else
              tally.refuse(
                refusedRow(row, typeof id === 'string' ? id.slice(0, 80) : null, {
                  reason: { code: 'usageMalformed', at: `/${String(error.issues[0]?.path[0] ?? '')}` },
                }),
              );
          });
          const { keep } = request.body;
          return conclude(trx, owner, tally, { keep, batch, source: 'rest', list: 'records' }, acting);
        });
      },
    );

    app.post(
      '/v1/usage/:usage/reversal',
      {
        config: { act: 'recordUsage' },
        schema: {
          summary: '冲销用量 · Takes a record back; what was billed comes off the next bill',
          params: z.object({ usage: UsageId }),
          headers: IdempotencyKey,
          body: z.strictObject({}).nullish(),
          response: { 201: UsageView, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'recordUsage', ownObject(request));
        const owner = {
          jurisdiction: request.actor.jurisdiction,
          operator: acting.actor.organisation,
        };
        const row = await db.transaction().execute(async (trx) => {
          await lockUsage(trx, owner);
          const reversed = await reverseUsage(trx, owner, request.params.usage, acting);
          await recordAll(trx, 'pricing', [reversed.change]);
          return reversed.row;
        });
        return reply.code(201).send(view(row));
      },
    );

    app.get(
      '/v1/usage',
      {
        config: { act: 'readUsage', lists: true },
        schema: {
          summary: '用量 · Records of use: a merchant’s own, the operator’s own, all for who oversees',
          querystring: PageQuery.extend({
            state: z
              .enum(['open', 'unrated', 'billed'])
              .optional()
              .describe('open: no bill has it; unrated: open though its month was billed'),
            operator: OrganisationId.optional(),
            merchant: OrganisationId.optional(),
            product: z.string().max(60).optional(),
            month: Month.optional(),
          }),
          response: {
            200: jsonOrCsv(pageOf(UsageView), 'A page of records'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, ...asked } = request.query;
        const after = decodeCursor(z.tuple([z.string().max(80), z.string().max(100)]), cursor);
        const rows = await listUsage(db, request.actor, { ...asked, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ operator, id }) => [operator, id]);
        return sendPage(request, reply, csv, { items: items.map(view), next });
      },
    );
  };
};
