import { type CsvColumn, jsonOrCsv, sendCsv, wantsCsv } from '@gongshu/infra/http/csv';
import { tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, page, PageQuery, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { reaches } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findResource } from '../queries/resource.ts';
import { listSupplies, supplyFor, suspensionsOf } from '../queries/supply.ts';
import { ResourceNo } from '../resources/resource-schema.ts';
import { actObjectOf } from '../resources/resource-model.ts';
import { recordSupply, type SupplyDeps } from '../supplies/record-supply.ts';
import { SupplyDetail, SupplyDraft, SupplyNo, SupplyView } from '../supplies/schema.ts';
import { supplyDetail, supplyView } from '../supplies/view.ts';
import { actingOn } from './resource-acting.ts';

const Query = PageQuery.extend({
  resource: ResourceNo.optional(),
  department: OrganisationId.optional(),
  state: z.enum(['active', 'suspended', 'ended']).optional(),
});

const columns: CsvColumn<SupplyView>[] = [
  { title: '供数编号', value: ({ supplyNo }) => supplyNo },
  { title: '目录编号', value: ({ resource }) => resource },
  { title: '供数部门', value: ({ department }) => department },
  { title: '授权文号', value: ({ authorisation }) => authorisation.number },
  { title: '授权日期', value: ({ authorisation }) => authorisation.on },
  { title: '信息项', value: ({ fields }) => fields.join('、') },
  { title: '供数首日', value: ({ from }) => from },
  { title: '供数末日', value: ({ until }) => until },
  { title: '状态', value: ({ state }) => state },
  { title: '登记时间', value: ({ recordedAt }) => recordedAt },
];

/**
 * Supply to the platform (供数): recorded by the entry's own department for its data, or by the bureau, which the
 * pack's `suppliedBy` names as a rule (Zhongwei art. 10).
 */
export const supplyRoutes =
  (deps: SupplyDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/supplies',
      {
        config: { act: 'recordSupply' },
        schema: {
          summary: '登记供数 · Record a supply to the platform, after authorisation (Zhongwei arts 10, 28)',
          headers: IdempotencyKey,
          body: SupplyDraft,
          response: { 201: SupplyView, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const entry = await findResource(deps.db as never, request.body.resource);
        if (!entry) throw problem('notFound');
        const acting = await actingOn(request, 'recordSupply', actObjectOf(entry));
        const row = await recordSupply(deps, request.body, acting);
        return tag(reply, row.version)
          .code(201)
          .header('location', `/v1/supplies/${row.supply_no}`)
          .send(supplyView(row, acting.at));
      },
    );

    app.get(
      '/v1/supplies',
      {
        config: { act: 'readSupplies', lists: true },
        schema: {
          summary:
            '供数台账 · Supplies: a department’s own, the whole city’s for bureau, operator, auditor (D1)',
          querystring: Query,
          response: {
            200: jsonOrCsv(pageOf(SupplyView), 'A page of supplies, newest first'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, ...filter } = request.query;
        const csv = wantsCsv(request);
        const { jurisdiction, organisation } = request.actor;
        const whole = reaches(request.actor, 'readSupplies').includes('jurisdiction');
        const at = await request.lawNow();
        const rows = await listSupplies(
          deps.db,
          { ...filter, jurisdiction, ...(!whole && { ownDepartment: organisation ?? '' }) },
          { before: decodeCursor(z.tuple([SupplyNo]), cursor)?.[0], limit: limit + 1, at },
        );
        const found = page(request, reply, rows, limit, (row) => [row.supply_no]);
        const items = found.items.map((row) => supplyView(row, at));
        reply.header('vary', 'accept');
        return csv ? sendCsv(reply, 'supplies', columns, items) : reply.send({ items, next: found.next });
      },
    );

    app.get(
      '/v1/supplies/:supplyNo',
      {
        config: { act: 'readSupplies' },
        schema: {
          summary: 'One supply with its suspensions',
          params: z.object({ supplyNo: SupplyNo }),
          response: { 200: SupplyDetail, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const row = await supplyFor(deps.db, request, request.params.supplyNo, 'readSupplies');
        const suspensions = await suspensionsOf(deps.db, row.supply_no);
        return tag(reply, row.version).send(supplyDetail(row, suspensions, await request.lawNow()));
      },
    );
  };
