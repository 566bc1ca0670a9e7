/** The product list over REST: public, dynamic, machine-readable (E3, E4; 国家 十九, 朔州 九, 乌海 八（八）、八（九）). */
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { ProductClass, ProductPurpose } from '@gongshu/shared/packs/topics/product-egress';
import { reaches } from '@gongshu/shared/may';
import { ListKind } from '@gongshu/shared/product/codes';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { actingOn } from '@gongshu/infra/http/acting';
import { findProduct, ProductParams, productObject } from '../products/find.ts';
import { broughtInView, ListedProduct, listedCsv, listedView } from '../products/list-view.ts';
import { recordNationalCode } from '../products/national-code.ts';
import { listBroughtIn, listStates, listVersions, versionsOf } from '../queries/product-list.ts';

const ListedVersion = ListedProduct.extend({
  caseNo: z.string(),
  description: z.string().nullable(),
  artefact: z.string().nullable().describe('Hash of the file'),
}).meta({ id: 'ListedVersion' });
const Product = z
  .object({
    product: z.string(),
    jurisdiction: z.string(),
    name: z.string(),
    registrationCode: z.string().nullable().describe('One for all versions'),
    nationalCode: z.string().nullable(),
    versions: z.array(ListedVersion).describe('Newest first; the public sees those it may have used'),
  })
  .meta({ id: 'ProductOnList' });

const Query = PageQuery.extend({
  jurisdiction: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,60}$/i)
    .optional(),
  class: ProductClass.optional(),
  purpose: ProductPurpose.optional(),
  kind: ListKind.optional().describe('Of the two kinds of the list'),
  state: z.enum(listStates).default('onList').describe('onList: listed or released'),
  broughtIn: z.enum(['true', 'false']).default('false').describe('Those let out on paper before, instead'),
});

export const productListRoutes =
  ({ db: registry, packs }: Pick<ProcedureDeps, 'db' | 'packs'>): FastifyPluginAsyncZod =>
  async (app) => {
    const db = registry as unknown as Kysely<ProductTables>;

    app.get(
      '/v1/products',
      {
        config: { act: 'readProducts', lists: true },
        schema: {
          summary:
            '产品和服务清单 · The public list of products of every city, by product and version (national art. 19)',
          querystring: Query,
          response: {
            200: jsonOrCsv(pageOf(ListedProduct), 'A page of the list'),
            ...problems(400, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, broughtIn, ...filter } = request.query;
        if (broughtIn === 'true') {
          const after = decodeCursor(z.tuple([z.string().max(100)]), cursor)?.[0];
          const rows = await listBroughtIn(db, {
            ...{ jurisdiction: filter.jurisdiction, after, limit: limit + 1 },
          });
          const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
          return sendPage(request, reply, listedCsv, { items: items.map(broughtInView), next });
        }
        const after = decodeCursor(z.tuple([z.string().max(100), z.int().min(0).max(1e9)]), cursor);
        const rows = await listVersions(db, { ...filter, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ product, version }) => [
          product,
          version,
        ]);
        return sendPage(request, reply, listedCsv, {
          items: items.map((row) => listedView(packs, row)),
          next,
        });
      },
    );

    /** Who reads a product beyond what is public: its owner, its operator, the authorities of its city. */
    const seesMore = (
      { actor }: FastifyRequest,
      row: { jurisdiction: string; owner: string; operator: string },
    ) => {
      if (actor.jurisdiction !== row.jurisdiction) return false;
      const reach = reaches(actor, 'readProducts');
      return (
        reach.includes('jurisdiction') ||
        (actor.organisation !== null && [row.owner, row.operator].includes(actor.organisation))
      );
    };

    app.get(
      '/v1/products/:productNo',
      {
        config: { act: 'readProducts' },
        schema: {
          summary: 'One product with its versions; recalled ones with the reason',
          params: ProductParams,
          response: { 200: Product, ...problems(400, 404) },
        },
      },
      async (request) => {
        const row = await findProduct(db, request.params.productNo);
        const more = seesMore(request, row);
        const versions = await versionsOf(db, row.product_no, !more);
        request.mustBeAllowed({ ...productObject(row), published: versions.length > 0 });
        return {
          ...{ product: row.product_no, jurisdiction: row.jurisdiction },
          name: versions[0]?.name ?? row.name,
          ...{ registrationCode: row.registration_code, nationalCode: row.national_code },
          versions: versions.map((one) => ({
            ...listedView(packs, one),
            ...{ caseNo: one.caseNo, description: one.description, artefact: one.artefact },
          })),
        };
      },
    );

    app.post(
      '/v1/products/:productNo/national-code',
      {
        config: { act: 'agreeProduct' },
        schema: {
          summary:
            '记录国家登记编码 · The authority records the code the national platform gave, once (national art. 16)',
          params: ProductParams,
          headers: IdempotencyKey,
          body: z.strictObject({
            nationalCode: z.string().regex(/^[\x21-\x7e]{1,80}$/),
            document: DocumentHash.describe('The platform’s receipt, uploaded before'),
          }),
          response: {
            200: z.object({ product: z.string(), registrationCode: z.string(), nationalCode: z.string() }),
            ...problems(400, 401, 403, 404, 409, 422, 503),
          },
        },
      },
      async (request) => {
        const row = await findProduct(db, request.params.productNo);
        if (row.jurisdiction !== request.actor.jurisdiction) throw problem('notFound');
        const acting = await actingOn(request, 'agreeProduct', { jurisdiction: row.jurisdiction });
        return recordNationalCode(db, packs.resolve(row.jurisdiction), row, request.body, acting);
      },
    );
  };
