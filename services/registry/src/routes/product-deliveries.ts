/** Deliveries of listed products over REST (E4; 国家 十九, 朔州 九): nothing outside the list is handed to anybody. */
import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { mustBeListed } from '@gongshu/infra/products/listed';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { line } from '@gongshu/shared/line';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { actingOn } from '@gongshu/infra/http/acting';
import { type DeliveryRow, deliverProduct, listDeliveries, tellHolder } from '../products/deliveries.ts';
import { findProduct, ProductParams, type ProductRow, productObject } from '../products/find.ts';

const Instant = z.iso.datetime({ offset: true });
const DeliveryView = z
  .object({
    delivery: z.string(),
    version: z.int(),
    caseNo: z.string(),
    holder: z.string().describe('A registered body, or a unified social credit code'),
    holderName: z.string(),
    contact: z.string().nullable().describe('For the operator and the bureau'),
    deliveredAt: Instant,
    toldAt: Instant.nullable().describe('When it was told of the recall'),
    toldBy: z.enum(['notice', 'operator']).nullable(),
  })
  .meta({ id: 'ProductDelivery' });
type DeliveryView = z.output<typeof DeliveryView>;

const view = (row: DeliveryRow, contact: boolean): DeliveryView => ({
  ...{ delivery: row.id, version: row.version, caseNo: row.case_no, holder: row.holder },
  ...{ holderName: row.holder_name, contact: contact ? row.contact : null },
  deliveredAt: instant(row.delivered_at),
  toldAt: instantOrNull(row.told_at),
  toldBy: row.told_by,
});

const asCsv: { name: string; columns: CsvColumn<DeliveryView>[] } = {
  name: 'deliveries',
  columns: [
    { title: '交付编号', value: ({ delivery }) => delivery },
    { title: '版本', value: ({ version }) => version },
    { title: '使用单位', value: ({ holder }) => holder },
    { title: '名称', value: ({ holderName }) => holderName },
    { title: '联系方式', value: ({ contact }) => contact },
    { title: '交付时间', value: ({ deliveredAt }) => deliveredAt },
    { title: '告知时间', value: ({ toldAt }) => toldAt },
  ],
};

export const productDeliveryRoutes =
  ({ db: registry, packs }: Pick<ProcedureDeps, 'db' | 'packs'>): FastifyPluginAsyncZod =>
  async (app) => {
    const db = registry as unknown as Kysely<ProductTables>;
    /** Of the actor's own city. Throws `notFound`. */
    const ownProduct = async (request: FastifyRequest, productNo: string): Promise<ProductRow> => {
      const row = await findProduct(db, productNo);
      if (row.jurisdiction !== request.actor.jurisdiction) throw problem('notFound');
      return row;
    };

    app.post(
      '/v1/products/:productNo/deliveries',
      {
        config: { act: 'deliverProduct' },
        schema: {
          summary:
            '交付产品 · The operator hands a released version to a holder, who is told of a recall (E4)',
          params: ProductParams,
          headers: IdempotencyKey,
          body: z.strictObject({
            version: z.int().min(1).max(1_000_000).optional().describe('Else the newest released one'),
            holder: OrganisationId.describe('A registered body, or a unified social credit code'),
            holderName: line(200),
            contact: line(200).describe('Whom to tell, and how'),
            document: DocumentHash.optional().describe('The contract or receipt, uploaded before'),
          }),
          response: { 201: DeliveryView, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { productNo } = request.params;
        const { jurisdiction } = request.actor;
        const pack = packs.resolve(jurisdiction);
        if (productNo.startsWith('CP-')) {
          // Let out on paper: it has no case, and whatever follows goes through one of its own.
          request.mustBeAllowed({ jurisdiction, handlers: [request.actor.organisation ?? ''] });
          await mustBeListed(db, { jurisdiction, product: productNo }, pack);
        }
        const row = await ownProduct(request, productNo);
        const acting = await actingOn(request, 'deliverProduct', productObject(row));
        const delivered = await deliverProduct(db, pack, row, request.body, acting);
        return reply.code(201).send(view(delivered, true));
      },
    );

    app.get(
      '/v1/products/:productNo/deliveries',
      {
        config: { act: 'readDeliveries' },
        schema: {
          summary: 'Who holds a product, and who was told of its recall',
          params: ProductParams,
          querystring: PageQuery.extend({
            untold: z.enum(['true', 'false']).default('false').describe('Recalled, and not told yet'),
          }),
          response: {
            200: jsonOrCsv(pageOf(DeliveryView), 'A page of deliveries'),
            ...problems(400, 401, 403, 404, 406),
          },
        },
      },
      async (request, reply) => {
        const row = await ownProduct(request, request.params.productNo);
        request.mustBeAllowed(productObject(row));
        const { limit, cursor, untold } = request.query;
        const after = decodeCursor(z.tuple([z.string().max(100)]), cursor)?.[0];
        const rows = await listDeliveries(db, row.product_no, {
          ...{ untold: untold === 'true', after, limit: limit + 1 },
        });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        const { organisation, roles } = request.actor;
        const contact = organisation === row.operator || roles.includes('bureau');
        return sendPage(request, reply, asCsv, { items: items.map((one) => view(one, contact)), next });
      },
    );

    app.post(
      '/v1/products/:productNo/deliveries/:delivery/told',
      {
        config: { act: 'deliverProduct' },
        schema: {
          summary: '登记已告知使用单位 · The operator told a holder of the recall that no notice reaches',
          params: ProductParams.extend({ delivery: z.string().regex(/^JF-[0-9a-f-]{36}$/) }),
          headers: IdempotencyKey,
          body: z.strictObject({ document: DocumentHash.describe('Shows it, uploaded before') }),
          response: { 200: DeliveryView, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request) => {
        const { productNo, delivery } = request.params;
        const row = await ownProduct(request, productNo);
        const acting = await actingOn(request, 'deliverProduct', productObject(row));
        const { document } = request.body;
        const pack = packs.resolve(row.jurisdiction);
        return view(await tellHolder(db, pack, row, { delivery, document }, acting), true);
      },
    );
  };
