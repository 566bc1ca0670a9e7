/** Bring-in: what a city that already operates concluded on paper, entered with its documents, days and a mark. */
import { inRows, Keep, RowsAnswer } from '@gongshu/infra/bring-in/rows';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { mustBeInForce } from '@gongshu/infra/procedures/open';
import { actingRole } from '@gongshu/shared/may';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { bringInAgreement, PaperAgreement } from '../bring-in/agreements.ts';
import { bringInMerchant, bringInProduct, PaperMerchant, PaperProduct } from '../bring-in/merchants.ts';
import { agreementDb, agreementPack } from '../operating-agreements/open.ts';

const answers = { 200: RowsAnswer, ...problems(400, 401, 403, 404, 409, 422, 503) };
const Products = z.object({
  items: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), operator: z.string(), document: z.string() },
      checkedOn: z.string(),
    }),
  ),
});

export const bringInRoutes =
  (deps: ProcedureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = agreementDb(deps);
    const howOf = async (request: FastifyRequest) => {
      const { id, organisation, jurisdiction } = request.actor;
      request.mustBeAllowed({ jurisdiction });
      return {
        pack: agreementPack(deps.packs, jurisdiction),
        by: { id, organisation, role: actingRole(request.actor, 'bringIn', { jurisdiction }) },
        at: await request.lawNow(),
      };
    };

    app.post(
      '/v1/bring-in/agreements',
      {
        config: { act: 'bringIn' },
        schema: {
          summary:
            '录入既有协议 · Agreements concluded on paper: in force from their own days, without a selection',
          headers: IdempotencyKey,
          body: z.strictObject({ keep: Keep, agreements: z.array(PaperAgreement).min(1).max(50) }),
          response: answers,
        },
      },
      async (request) => {
        const how = await howOf(request);
        mustBeInForce(how.pack, how.at);
        const calendarVersion = await deps.calendarVersion(how.pack.jurisdiction);
        const { agreements, keep } = request.body;
        const receipts: string[] = [];
        const answer = await inRows(
          db,
          [...agreements.entries()],
          { list: 'agreements', keep },
          async (trx, [row, paper]) => {
            const key = `${request.idempotencyKey} ${row}`;
            const opened = await bringInAgreement(trx, paper, {
              ...how,
              calendarVersion,
              key,
              url: request.url,
            });
            receipts.push(opened.receipt);
            return opened.caseNo;
          },
        );
        for (const receipt of receipts) await deps.deliver(receipt);
        return answer;
      },
    );

    app.post(
      '/v1/bring-in/merchants',
      {
        config: { act: 'bringIn' },
        schema: {
          summary: '录入既有数商 · Merchants enrolled on paper: they stand as of their day, marked',
          headers: IdempotencyKey,
          body: z.strictObject({ keep: Keep, merchants: z.array(PaperMerchant).min(1).max(500) }),
          response: answers,
        },
      },
      async (request) => {
        const how = await howOf(request);
        const { merchants, keep } = request.body;
        return inRows(db, merchants, { list: 'merchants', keep }, (trx, row) =>
          bringInMerchant(trx as never, row, how),
        );
      },
    );

    app.post(
      '/v1/bring-in/products',
      {
        config: { act: 'bringIn' },
        schema: {
          summary: '录入既有产品 · Products let out on paper, kept as lines of the register',
          headers: IdempotencyKey,
          body: z.strictObject({ keep: Keep, products: z.array(PaperProduct).min(1).max(500) }),
          response: answers,
        },
      },
      async (request) => {
        const how = await howOf(request);
        const { products, keep } = request.body;
        return inRows(db, products, { list: 'products', keep }, (trx, row) =>
          bringInProduct(trx as never, row, how),
        );
      },
    );

    app.get(
      '/v1/bring-in/products',
      {
        config: { act: 'bringIn' },
        schema: {
          summary: 'Products entered from paper, by name; at most 1000',
          response: { 200: Products, ...problems(400, 401, 403) },
        },
      },
      async (request) => {
        const { jurisdiction } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const rows = await db
          .selectFrom('brought_in_product')
          .selectAll()
          .where('jurisdiction', '=', jurisdiction)
          .orderBy('name')
          .orderBy('id')
          .limit(1_000)
          .execute();
        return {
          items: rows.map(({ id, name, operator, document, checked_on: checkedOn }) => ({
            ...{ id, name, operator, document, checkedOn },
          })),
        };
      },
    );
  };
