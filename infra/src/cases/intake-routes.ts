import type { Delivery } from '../intake/deliver.ts';
import { IdempotencyKey } from '../http/idempotency.ts';
import { type CsvColumn, jsonOrCsv, sendPage } from '../http/csv.ts';
import { decodeCursor, PageQuery, page, pageOf } from '../http/page.ts';
import { problems } from '../http/problems.ts';
import { type Act, actingRole } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { IntakeItem, ReceiptNo, ReceiptView } from './view-intake.ts';
import { findIntake, type IntakeRow, intakeItem, listIntake, receiptView, strikeOut } from './intake.ts';
import type { ApplicationReader } from './visible.ts';

export type IntakeRouteDeps = {
  db: ApplicationReader;
  /** Hands a taken act to its workflow, and says how it stands then. */
  deliver: (receipt: string) => Promise<Delivery>;
  /** Tells the open turns of a case that what they waited for is gone. */
  lookAgain: (caseNo: string) => Promise<void>;
};

const params = z.object({ receipt: ReceiptNo });
const refusals = problems(400, 401, 403, 404);

const asCsv = {
  name: 'intake',
  columns: [
    { title: '收件编号', value: ({ receipt }) => receipt },
    { title: '办理', value: ({ act }) => act },
    { title: '办件编号', value: ({ caseNo }) => caseNo },
    { title: '环节', value: ({ turn }) => turn },
    { title: '收件时间', value: ({ receivedAt }) => receivedAt },
    { title: '状态', value: ({ state }) => state },
    { title: '递送次数', value: ({ attempts }) => attempts },
    { title: '故障', value: ({ fault }) => fault },
  ] satisfies CsvColumn<IntakeItem>[],
};

/** Receipts, and the acts that wait: delivered again, or struck out by the bureau with a reason. */
export const applicationIntakeRoutes =
  ({ db, deliver, lookAgain }: IntakeRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    /** The act of the address, if the actor may do this with it. Throws `notFound`, `forbidden`. */
    const intakeFor = async (request: FastifyRequest, receipt: string, act: Act): Promise<IntakeRow> => {
      const row = await findIntake(db, receipt);
      if (!row) throw problem('notFound');
      request.mustBeAllowed({ jurisdiction: row.jurisdiction, owner: row.actor_organisation }, act);
      return row;
    };

    app.get(
      '/v1/receipts/:receipt',
      {
        config: { act: 'readReceipt' },
        schema: {
          summary: 'What became of an act that was taken in',
          params,
          response: { 200: ReceiptView, ...refusals },
        },
      },
      async (request) => receiptView(db, await intakeFor(request, request.params.receipt, 'readReceipt')),
    );

    app.get(
      '/v1/intake',
      {
        config: { act: 'deliverIntake', lists: true },
        schema: {
          summary: 'Acts on their way, or parked for a person to look at, oldest first',
          querystring: PageQuery.extend({ state: z.enum(['parked', 'taken']).default('parked') }),
          response: {
            200: jsonOrCsv(pageOf(IntakeItem), 'A page of acts'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { jurisdiction } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const { limit, cursor, state } = request.query;
        const after = decodeCursor(z.tuple([z.int().min(0)]), cursor)?.[0];
        const rows = await listIntake(db, { jurisdiction, state }, { after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ seq }) => [seq]);
        return sendPage(request, reply, asCsv, { items: items.map(intakeItem), next });
      },
    );

    app.post(
      '/v1/intake/:receipt/delivery',
      {
        config: { act: 'deliverIntake' },
        schema: {
          summary: 'Hands a waiting act to its workflow again',
          params,
          headers: IdempotencyKey,
          response: { 200: ReceiptView, ...refusals, ...problems(409, 422, 503) },
        },
      },
      async (request) => {
        const { state, receipt } = await intakeFor(request, request.params.receipt, 'deliverIntake');
        if (state !== 'taken' && state !== 'parked') throw problem('intakeSettled');
        await deliver(receipt);
        return receiptView(db, await intakeFor(request, receipt, 'deliverIntake'));
      },
    );

    app.post(
      '/v1/intake/:receipt/strike',
      {
        config: { act: 'strikeIntake' },
        schema: {
          summary: 'Strikes out a parked act, with the reason',
          params,
          headers: IdempotencyKey,
          body: z.strictObject({ reason: z.string().trim().min(1).max(2_000) }),
          response: { 200: ReceiptView, ...refusals, ...problems(409, 422) },
        },
      },
      async (request) => {
        const row = await intakeFor(request, request.params.receipt, 'strikeIntake');
        const { id, organisation } = request.actor;
        const role = actingRole(request.actor, 'strikeIntake', { jurisdiction: row.jurisdiction });
        await strikeOut(db, row.receipt, {
          actor: { id, role, organisation },
          at: await request.lawNow(),
          reason: request.body.reason,
        });
        // Where Temporal is away, the turn finds out at its next look, within the hour.
        await lookAgain(row.case_no).catch((err: unknown) =>
          request.log.warn({ err }, 'not told to look again'),
        );
        return receiptView(db, await intakeFor(request, row.receipt, 'strikeIntake'));
      },
    );
  };
