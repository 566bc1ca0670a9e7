/** Tariffs over REST (收费标准, F1, F3; 朔州 十（三）, 乌海 九（二）): set by the operator, filed, published, ended. */
import { Reason } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { tariffStates } from '@gongshu/infra/tariffs/tables';
import { businessDateOf } from '@gongshu/shared/business-date';
import { reaches } from '@gongshu/shared/may';
import { packWith } from '@gongshu/shared/packs/pack-with';
import { ChargeUnit, CustomerClass, DecimalRate } from '@gongshu/shared/packs/topics/pricing';
import { Fen, isShare } from '@gongshu/shared/pricing/money';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import { PriceDay, ProductNo } from '../ceilings/draft.ts';
import type { PricingDeps } from '../deps.ts';
import type { Tables } from '../tariffs/judge.ts';
import { receiptTariff, returnTariff, setTariff, stopTariff, type TariffRow } from '../tariffs/publish.ts';
import { findTariff, listTariffs, type TariffAsRead, type TariffFilter } from '../tariffs/queries.ts';
import { Tariff, tariffCsv, tariffView } from '../tariffs/views.ts';

/** A discount leaves nothing at most. */
const Discount = DecimalRate.refine(isShare, '不得超过 1 · at most 1').describe(
  'The part taken off: 0.2 leaves four fifths',
);
const Setting = z.strictObject({
  product: ProductNo,
  unit: ChargeUnit,
  class: CustomerClass.default('general'),
  scenario: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{0,60}$/)
    .nullable()
    .default(null)
    .describe('Code of a scenario it is for alone'),
  fen: Fen.describe('Whole fen a unit, before the discount: at or under the ceiling'),
  discount: Discount.default('0'),
  from: PriceDay.describe('First day: after the notice'),
  grounds: z.string().trim().min(1).max(4_000),
});
export const TariffParams = z.object({ tariff: z.string().regex(/^[0-9A-Z]{1,20}-SF-\d{4}-\d{6,12}$/) });

/** Whose it is, and whether everybody may read it: once published, also after it ended. */
const tariffObject = (row: Pick<TariffRow, 'jurisdiction' | 'operator' | 'published_at'>) => ({
  ...{ jurisdiction: row.jurisdiction, owner: row.operator, published: row.published_at !== null },
});

export const foundTariff = async (
  db: Kysely<Tables>,
  request: FastifyRequest,
  tariff: string,
): Promise<TariffAsRead> => {
  const row = await findTariff(db, tariff);
  if (!row) throw problem('notFound');
  request.mustBeAllowed(tariffObject(row));
  return row;
};

/** Which of them a reader sees: its own, its city's, or what was published. */
const scopeOf = ({
  actor,
}: FastifyRequest): Pick<TariffFilter, 'jurisdiction' | 'operator' | 'published'> => {
  const reach = reaches(actor, 'readTariffs');
  const { jurisdiction } = actor;
  if (reach.includes('jurisdiction')) return { jurisdiction };
  if (reach.includes('owner')) return { jurisdiction, operator: actor.organisation ?? '' };
  return { jurisdiction, published: true };
};

export const tariffRoutes =
  ({ db: pricing, packs }: PricingDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = pricing as Kysely<Tables>;
    const shown = async (request: FastifyRequest, { tariff }: TariffRow) => {
      const row = await findTariff(db, tariff);
      if (!row) throw problem('notFound');
      return tariffView(row, businessDateOf((await request.lawNow()).getTime()));
    };
    const packOf = (jurisdiction: string) => packWith(packs, jurisdiction, 'pricing');

    app.get(
      '/v1/tariffs',
      {
        config: { act: 'readTariffs', lists: true },
        schema: {
          summary: '收费标准 · Tariffs of the operator, or of the city, with those filed and returned (F3)',
          querystring: PageQuery.extend({
            product: ProductNo.optional(),
            state: z.enum(tariffStates).optional(),
          }),
          response: { 200: jsonOrCsv(pageOf(Tariff), 'A page of tariffs'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, product, state } = request.query;
        const after = decodeCursor(z.tuple([z.string().max(60)]), cursor)?.[0];
        const on = businessDateOf((await request.lawNow()).getTime());
        const rows = await listTariffs(db, { ...scopeOf(request), product, state, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ tariff }) => [tariff]);
        return sendPage(
          request,
          reply,
          { name: 'tariffs', columns: tariffCsv },
          { items: items.map((row) => tariffView(row, on)), next },
        );
      },
    );

    app.post(
      '/v1/tariffs',
      {
        config: { act: 'setTariff' },
        schema: {
          summary:
            '制定收费标准 · The operator sets a tariff at or under its ceiling, filed where the text asks (F3)',
          headers: IdempotencyKey,
          body: Setting,
          response: { 201: Tariff, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'setTariff', ownObject(request));
        const { jurisdiction } = request.actor;
        const row = await setTariff(
          db,
          packOf(jurisdiction),
          { ...request.body, jurisdiction, operator: acting.actor.organisation },
          acting,
        );
        void reply.code(201).header('location', `/v1/tariffs/${row.tariff}`);
        return shown(request, row);
      },
    );

    app.get(
      '/v1/tariffs/:tariff',
      {
        config: { act: 'readTariffs' },
        schema: {
          summary: 'One tariff; everybody reads one that was published (F3)',
          params: TariffParams,
          response: { 200: Tariff, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => shown(request, await foundTariff(db, request, request.params.tariff)),
    );

    app.post(
      '/v1/tariffs/:tariff/filing/receipt',
      {
        config: { act: 'answerTariff' },
        schema: {
          summary:
            '备案回执 · The bureau receipts the filing: the tariff is published, its notice runs (朔州 十（三）)',
          params: TariffParams,
          headers: IdempotencyKey,
          body: z.strictObject({ document: DocumentHash.describe('The receipt, uploaded before') }),
          response: { 200: Tariff, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request) => {
        const row = await foundTariff(db, request, request.params.tariff);
        const acting = await actingOn(request, 'answerTariff', tariffObject(row));
        return shown(request, await receiptTariff(db, packOf(row.jurisdiction), row, request.body, acting));
      },
    );
    app.post(
      '/v1/tariffs/:tariff/filing/return',
      {
        config: { act: 'answerTariff' },
        schema: {
          summary:
            '备案退回 · The bureau returns the filing with reasons: the tariff never applies (朔州 十（三）)',
          params: TariffParams,
          headers: IdempotencyKey,
          body: z.strictObject({
            document: DocumentHash.describe('The answer, uploaded before'),
            reasons: z.array(Reason).min(1).max(50),
          }),
          response: { 200: Tariff, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request) => {
        const row = await foundTariff(db, request, request.params.tariff);
        const acting = await actingOn(request, 'answerTariff', tariffObject(row));
        return shown(request, await returnTariff(db, packOf(row.jurisdiction), row, request.body, acting));
      },
    );

    app.post(
      '/v1/tariffs/:tariff/end',
      {
        config: { act: 'setTariff' },
        schema: {
          summary: '停止执行 · The operator ends a tariff; one that has not begun never applies (F3)',
          params: TariffParams,
          headers: IdempotencyKey,
          body: z.strictObject({ until: PriceDay.describe('Its last day: today or later') }),
          response: { 200: Tariff, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request) => {
        const row = await foundTariff(db, request, request.params.tariff);
        const acting = await actingOn(request, 'setTariff', tariffObject(row));
        const { until } = request.body;
        return shown(request, await stopTariff(db, packOf(row.jurisdiction), row, until, acting));
      },
    );
  };
