import { DocumentHash } from '@gongshu/infra/documents/cite';
import { jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { receiptFor } from '@gongshu/infra/intake/take';
import type { Mandate } from '@gongshu/infra/mandates/competence';
import type { MandateTables } from '@gongshu/infra/mandates/tables';
import { AgreementId, mandateColumns, MandateView, mandateView } from '@gongshu/infra/mandates/view';
import { businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import { line } from '@gongshu/shared/line';
import { actingRole } from '@gongshu/shared/may';
import { clauseIn } from '@gongshu/shared/packs/pack';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { recordAttempt, transferKinds, type TransferTables } from '../mandates/transfers.ts';

const Params = z.object({ agreementId: AgreementId });
const Transfer = z
  .object({
    transfer: z.string(),
    kind: z.enum(transferKinds),
    recipient: z.string(),
    matters: z.string(),
    document: z.string().nullable(),
    askedAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'MandateTransfer' });

/** Who operates what, and attempts to hand that on (O10, O12; national art. 9（四）). */
export const mandateRoutes =
  ({ db, packs }: { db: Kysely<MandateTables & TransferTables>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/mandates',
      {
        config: { act: 'readMandates', lists: true },
        schema: {
          summary:
            '运营授权 · Mandates of the city, by agreement: operator, extent, term, how each stands today',
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(MandateView), 'A page of mandates'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const after = decodeCursor(z.tuple([z.string().max(80)]), cursor)?.[0];
        const rows = await db
          .selectFrom('mandate')
          .selectAll()
          .where('jurisdiction', '=', request.actor.jurisdiction)
          .$if(after !== undefined, (query) => query.where('agreement_no', '>', after ?? ''))
          .orderBy('agreement_no')
          .limit(limit + 1)
          .execute();
        const on = businessDateOf((await request.lawNow()).getTime());
        const { items, next } = page(request, reply, rows, limit, (row) => [row.agreement_no]);
        const asCsv = { name: 'mandates', columns: mandateColumns };
        return sendPage(request, reply, asCsv, { items: items.map((row) => mandateView(row, on)), next });
      },
    );

    const found = async (agreement: string): Promise<Mandate> => {
      const row = await db
        .selectFrom('mandate')
        .selectAll()
        .where('agreement_no', '=', agreement)
        .executeTakeFirst();
      if (!row) throw problem('notFound');
      return row;
    };

    app.post(
      '/v1/mandates/:agreementId/transfers',
      {
        config: { act: 'transferMandate' },
        schema: {
          summary:
            '转授权、分包、转让 · Refused, always: the operator carries out its mandate itself; the attempt is recorded (Shuozhou 十一（三）7)',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({
            kind: z.enum(transferKinds),
            recipient: line(200).describe('受让方 · to whom'),
            matters: z.string().trim().min(1).max(2_000).describe('事项 · what of the mandate'),
            document: DocumentHash.optional(),
          }),
          response: {
            200: z.never().describe('Never: no text here lets a mandate be handed on'),
            ...problems(400, 401, 403, 404, 409, 422, 503),
          },
        },
      },
      async (request) => {
        const mandate = await found(request.params.agreementId);
        const { jurisdiction, operator } = mandate;
        const object = { jurisdiction, handlers: [operator] };
        request.mustBeAllowed(object);
        const pack = packs.resolve(jurisdiction);
        const { document = null, ...asked } = request.body;
        const { actor } = request;
        const key = receiptFor(actor.id, request.idempotencyKey, request.url).replace(/^SJ-/, '');
        await recordAttempt(
          db as never,
          pack,
          mandate,
          { ...asked, document },
          {
            ...{ id: actor.id, organisation: operator, key },
            role: actingRole(actor, 'transferMandate', object),
            at: await request.lawNow(),
          },
        );
        throw problem('subLicenceForbidden', clauseIn(pack, 'operatingAgreement', 'noSubLicence'));
      },
    );

    app.get(
      '/v1/mandates/:agreementId/transfers',
      {
        config: { act: 'readTransfers' },
        schema: {
          summary: 'Attempts to hand a mandate on, each refused; newest first, at most two hundred',
          params: Params,
          response: { 200: z.object({ items: z.array(Transfer) }), ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { agreement_no, jurisdiction, operator } = await found(request.params.agreementId);
        request.mustBeAllowed({ jurisdiction, handlers: [operator] });
        const rows = await db
          .selectFrom('mandate_transfer')
          .selectAll()
          .where('agreement_no', '=', agreement_no)
          .orderBy('at', 'desc')
          .orderBy('id')
          .limit(200)
          .execute();
        return {
          items: rows.map(({ id: transfer, kind, recipient, matters, document, at }) => ({
            ...{ transfer, kind, recipient, matters, document },
            askedAt: toInstantText(at.getTime()),
          })),
        };
      },
    );
  };
