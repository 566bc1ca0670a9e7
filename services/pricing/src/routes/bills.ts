/** Bills over REST: issued by month, read, disputed, answered; and where revenue stands against its cap (F1, F2). */
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { receiptFor } from '@gongshu/infra/intake/take';
import { toInstantText, yearOf, businessDateOf } from '@gongshu/shared/business-date';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { IncomeKind } from '@gongshu/shared/packs/topics/pricing';
import { problem } from '@gongshu/shared/problems';
import { Month } from '@gongshu/shared/settlement/usage';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import { answerDispute, raiseDispute } from '../bills/disputes.ts';
import { issueBills, shownQty } from '../bills/issue.ts';
import {
  billFor,
  type BillLineRow,
  type BillRow,
  type DisputeRow,
  disputesOf,
  linesOf,
  listBills,
  objectOf,
} from '../bills/queries.ts';
import type { PricingDeps } from '../deps.ts';
import { revenuePosition } from '@gongshu/infra/revenues/position';
import type { UsageDb } from '../usage/record.ts';

const BillNo = z.string().regex(/^\d{6}-ZD-\d{4}-\d{6}$/);
const DisputeNo = z.string().regex(/^YY-[0-9a-f-]{36}$/);
const Fen = z.int().describe('Whole fen');
const Count = z.int().min(0);
const Instant = z.iso.datetime({ offset: true });

const Billed = z
  .object({
    ...{ period: Month, bills: Count, records: Count, unrated: Count, fen: Fen, hash: z.string() },
    issued: z.boolean().describe('False where the month had been billed before: its bills stand'),
  })
  .meta({ id: 'PeriodBilled' });
const BillView = z
  .object({
    ...{ bill: BillNo, operator: z.string(), period: Month, merchant: z.string(), fen: Fen },
    ...{ records: Count, hash: z.string(), issuedAt: Instant },
  })
  .meta({ id: 'Bill' });
const LineView = z
  .object({
    ...{ line: z.int(), kind: z.enum(['charge', 'free', 'reversal']), income: IncomeKind },
    ...{ product: z.string(), unit: z.string(), class: z.string(), purpose: z.string() },
    ...{ scenario: z.string().nullable(), tariff: z.string().nullable(), unitFen: Fen.nullable() },
    discount: z.string().nullable(),
    qty: z.string().describe('Sum of the records'),
    records: Count,
    fen: Fen.describe('Sum of their charges, each rounded down once'),
  })
  .meta({ id: 'BillLine' });
const DisputeView = z
  .object({
    ...{ dispute: DisputeNo, code: z.string(), words: z.string(), raisedAt: Instant },
    ...{ outcome: z.enum(['upheld', 'rejected']).nullable(), answer: z.string().nullable() },
    ...{ answeredAt: Instant.nullable(), reversed: Count },
  })
  .meta({ id: 'BillDispute' });
const BillWhole = BillView.extend({ disputes: z.array(DisputeView) }).meta({ id: 'BillWhole' });
const Position = z
  .object({
    ...{ operator: z.string(), year: z.int(), revenueFen: Fen, permittedFen: Fen.nullable() },
    revenueByKind: z.partialRecord(IncomeKind, Fen),
    permittedBy: z.string().nullable().describe('The case whose permitted revenue is in force'),
    leftFen: Fen.nullable(),
    shareBasisPoints: z.int().nullable().describe('Of the permitted revenue, in hundredths of a per cent'),
    projectedFen: Fen.nullable().describe('The year’s revenue if it goes on as up to today'),
    ...{ projectedOverCap: z.boolean().nullable(), warned: z.boolean(), reached: z.boolean() },
  })
  .meta({ id: 'RevenuePosition' });

const view = (row: BillRow): z.output<typeof BillView> => ({
  ...{ bill: row.bill, operator: row.operator, period: row.period, merchant: row.merchant, fen: row.fen },
  ...{ records: row.records, hash: row.hash, issuedAt: toInstantText(row.issued_at.getTime()) },
});
const lineView = ({ bill: _bill, unit_fen, ...row }: BillLineRow): z.output<typeof LineView> => ({
  ...row,
  income: row.income as IncomeKind,
  ...{ unitFen: unit_fen, qty: shownQty(row.qty) },
});
const disputeView = (row: DisputeRow): z.output<typeof DisputeView> => ({
  ...{ dispute: row.dispute, code: row.code, words: row.words, outcome: row.outcome, answer: row.answer },
  ...{ raisedAt: toInstantText(row.raised_at.getTime()), reversed: row.reversed },
  answeredAt: row.answered_at ? toInstantText(row.answered_at.getTime()) : null,
});

const billsCsv = {
  name: 'bills',
  columns: [
    { title: '账单', value: ({ bill }) => bill },
    { title: '月份', value: ({ period }) => period },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '使用单位', value: ({ merchant }) => merchant },
    { title: '记录数', value: ({ records }) => records },
    { title: '金额（分）', value: ({ fen }) => fen },
  ] satisfies CsvColumn<z.output<typeof BillView>>[],
};
const linesCsv = {
  name: 'bill-lines',
  columns: [
    { title: '行号', value: ({ line }) => line },
    { title: '类别', value: ({ kind }) => kind },
    { title: '收入类别', value: ({ income }) => income },
    { title: '产品', value: ({ product }) => product },
    { title: '计费单位', value: ({ unit }) => unit },
    { title: '服务对象', value: (row) => row.class },
    { title: '用途', value: ({ purpose }) => purpose },
    { title: '场景', value: ({ scenario }) => scenario },
    { title: '收费标准', value: ({ tariff }) => tariff },
    { title: '单价（分）', value: ({ unitFen }) => unitFen },
    { title: '折扣', value: ({ discount }) => discount },
    { title: '数量', value: ({ qty }) => qty },
    { title: '记录数', value: ({ records }) => records },
    { title: '金额（分）', value: ({ fen }) => fen },
  ] satisfies CsvColumn<z.output<typeof LineView>>[],
};

const Reason = z.string().regex(/^[a-z][A-Za-z0-9.]{0,59}$/);
const Words = z.string().trim().min(1).max(2_000);

export const billRoutes = (deps: PricingDeps): FastifyPluginAsyncZod => {
  const db = deps.db as UsageDb;
  const { packs } = deps;
  return async (app) => {
    app.post(
      '/v1/bills',
      {
        config: { act: 'issueBills' },
        schema: {
          summary:
            '出具月度账单 · Rates all open use up to the month’s end and bills it; again, the same bills',
          headers: IdempotencyKey,
          body: z.strictObject({ period: Month }),
          response: { 200: Billed, 201: Billed, ...problems(400, 401, 403, 409, 413, 415, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'issueBills', ownObject(request));
        const { jurisdiction } = request.actor;
        const owner = { jurisdiction, operator: acting.actor.organisation };
        const { period } = request.body;
        const billed = await issueBills(db, packs.resolve(jurisdiction), owner, period, acting);
        return reply.code(billed.issued ? 201 : 200).send(billed);
      },
    );

    app.get(
      '/v1/bills',
      {
        config: { act: 'readUsage', lists: true },
        schema: {
          summary: '账单 · Bills, newest first: a merchant’s own, the operator’s own, all for who oversees',
          querystring: PageQuery.extend({
            ...{ period: Month.optional(), operator: OrganisationId.optional() },
            merchant: OrganisationId.optional(),
          }),
          response: { 200: jsonOrCsv(pageOf(BillView), 'A page of bills'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, ...asked } = request.query;
        const before = decodeCursor(z.tuple([BillNo]), cursor)?.[0];
        const rows = await listBills(db, request.actor, { ...asked, before, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ bill }) => [bill]);
        return sendPage(request, reply, billsCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/bills/:bill',
      {
        config: { act: 'readUsage' },
        schema: {
          summary: '账单详情 · One bill, with what was disputed of it',
          params: z.object({ bill: BillNo }),
          response: { 200: BillWhole, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await billFor(db, request, request.params.bill);
        return { ...view(row), disputes: (await disputesOf(db, row.bill)).map(disputeView) };
      },
    );

    app.get(
      '/v1/bills/:bill/lines',
      {
        config: { act: 'readUsage' },
        schema: {
          summary: '账单明细 · Lines of a bill, as JSON or CSV',
          params: z.object({ bill: BillNo }),
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(LineView), 'A page of lines'),
            ...problems(400, 401, 403, 404, 406),
          },
        },
      },
      async (request, reply) => {
        const row = await billFor(db, request, request.params.bill);
        const { limit, cursor } = request.query;
        const after =
          decodeCursor(
            z.tuple([
              z
                .int()
                .min(0)
                .max(2 ** 31 - 1),
            ]),
            cursor,
          )?.[0] ?? 0;
        const rows = await linesOf(db, row.bill, { after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ line }) => [line]);
        return sendPage(request, reply, linesCsv, { items: items.map(lineView), next });
      },
    );

    app.post(
      '/v1/bills/:bill/disputes',
      {
        config: { act: 'disputeBill' },
        schema: {
          summary: '提出账单异议 · The merchant disputes its bill; one at a time',
          params: z.object({ bill: BillNo }),
          headers: IdempotencyKey,
          body: z.strictObject({ code: Reason, words: Words }),
          response: { 201: DisputeView, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
        },
      },
      async (request, reply) => {
        const row = await billFor(db, request, request.params.bill);
        const acting = await actingOn(request, 'disputeBill', objectOf(row));
        const { idempotencyKey, url, body } = request;
        const dispute = receiptFor(acting.actor.id, idempotencyKey, url).replace('SJ-', 'YY-');
        const raised = await raiseDispute(
          db,
          packs.resolve(row.jurisdiction),
          row,
          { dispute, ...body },
          acting,
        );
        return reply.code(201).send(disputeView(raised));
      },
    );

    app.post(
      '/v1/bills/:bill/disputes/:dispute/answer',
      {
        config: { act: 'answerDispute' },
        schema: {
          summary: '答复账单异议 · The operator answers; upheld, it takes the use back, off the next bill',
          params: z.object({ bill: BillNo, dispute: DisputeNo }),
          headers: IdempotencyKey,
          body: z.strictObject({
            ...{ outcome: z.enum(['upheld', 'rejected']), words: Words },
            reverse: z
              .array(z.string().regex(/^[\w.:-]{1,80}$/))
              .max(1_000)
              .default([]),
          }),
          response: { 200: DisputeView, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
        },
      },
      async (request) => {
        const row = await billFor(db, request, request.params.bill);
        const acting = await actingOn(request, 'answerDispute', objectOf(row));
        const { dispute } = request.params;
        const of = { bill: row, dispute };
        return disputeView(
          await answerDispute(db, packs.resolve(row.jurisdiction), of, request.body, acting),
        );
      },
    );

    app.get(
      '/v1/revenue-position',
      {
        config: { act: 'readRevenues' },
        schema: {
          summary: '收入进度 · Revenue of a year so far against the permitted revenue in force',
          querystring: z.strictObject({
            year: z.coerce.number().int().min(2000).max(2200).optional().describe('This year when left out'),
            operator: OrganisationId.optional().describe('Its own when left out'),
          }),
          response: { 200: Position, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { jurisdiction, organisation } = request.actor;
        const operator = request.query.operator ?? organisation;
        if (operator === null) throw problem('notFound');
        request.mustBeAllowed({ jurisdiction, handlers: [operator] });
        const at = await request.lawNow();
        const year = request.query.year ?? yearOf(businessDateOf(at.getTime()));
        const pack = packs.resolve(jurisdiction);
        return revenuePosition(db, pack, { jurisdiction, operator }, year, at);
      },
    );
  };
};
