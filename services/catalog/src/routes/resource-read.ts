import { type CsvColumn, jsonOrCsv, sendCsv, wantsCsv } from '@gongshu/infra/http/csv';
import { tag } from '@gongshu/infra/http/etag';
import { decodeCursor, page, PageQuery, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { businessDateOf } from '@gongshu/shared/business-date';
import { reaches } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { resourceLevels, resourceStates, updateFrequencies } from '@gongshu/shared/resource';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { searchResources } from '../queries/resource-search.ts';
import { staleResources } from '../queries/resource-stale.ts';
import type { ResourceDeps } from '../resources/resource-law.ts';
import { viewOf } from '../resources/resource-model.ts';
import { ResourceNo, ResourceView } from '../resources/resource-schema.ts';
import { ownObject, resourceFor } from './resource-acting.ts';

const Query = PageQuery.extend({
  q: z.string().max(200).optional().describe('One character or more, simplified or traditional'),
  jurisdiction: z.string().max(63).optional(),
  provider: OrganisationId.optional(),
  level: z.enum(resourceLevels).optional(),
  frequency: z.enum(updateFrequencies).optional(),
  grade: z.string().max(60).optional(),
  state: z.enum(resourceStates).optional(),
  stale: z.enum(['true', 'false']).optional().describe('Older than their own update frequency; my body’s'),
});
type Query = z.output<typeof Query>;

const columns: CsvColumn<ResourceView>[] = [
  { title: '目录编号', value: ({ id }) => id },
  { title: '数据目录名称', value: ({ title }) => title },
  { title: '信息资源提供方', value: ({ provider }) => provider.name },
  { title: '数据摘要', value: ({ abstract }) => abstract },
  { title: '信息项名称', value: ({ fields }) => fields.map(({ name }) => name).join('、') },
  { title: '更新频率', value: ({ updateFrequency }) => updateFrequency },
  { title: '层级', value: ({ level }) => level },
  { title: '分类', value: ({ classification }) => classification },
  { title: '分级', value: ({ grade }) => grade },
  { title: '审核方', value: ({ reviewer }) => reviewer?.kind },
  { title: '状态', value: ({ state }) => state },
  { title: '数据更新日期', value: ({ dataUpdatedOn }) => dataUpdatedOn },
  { title: '登记编码', value: ({ registrationCode }) => registrationCode },
];

const StaleCursor = z.tuple([z.iso.date(), ResourceNo]);

/** Entries to be renewed: a department's own, the bureau's whole city (Zhongwei art. 9, Wuhai s.6). */
const stalePage = async (
  { db }: ResourceDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { limit, cursor, provider }: Query,
) => {
  request.mustBeAllowed(ownObject(request), 'readOwnResources');
  const { jurisdiction, organisation } = request.actor;
  const whole = reaches(request.actor, 'readOwnResources').includes('jurisdiction');
  const after = decodeCursor(StaleCursor, cursor);
  const rows = await staleResources(db, {
    ...{ jurisdiction, provider: whole ? provider : (organisation ?? undefined), limit: limit + 1 },
    today: businessDateOf((await request.lawNow()).getTime()),
    ...(after && { after: { freshUntil: after[0], id: after[1] } }),
  });
  return page(request, reply, rows, limit, (row) => [row.freshUntil, row.id]);
};

/** Reading the catalog: what is published to everyone, the rest to the bodies it concerns. */
export const resourceReadRoutes =
  (deps: ResourceDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/resources',
      {
        config: { act: 'readResources', lists: true },
        schema: {
          summary: 'Search the catalog (Zhongwei art. 8)',
          querystring: Query,
          response: {
            200: jsonOrCsv(pageOf(ResourceView), 'A page of entries'),
            ...problems(400, 401, 403, 404, 406),
          },
        },
      },
      async (request, reply) => {
        const { query } = request;
        const csv = wantsCsv(request);
        const found =
          query.stale === 'true'
            ? await stalePage(deps, request, reply, query)
            : await searchPage(request, reply, query);
        const views = found.items.map(viewOf);
        reply.header('vary', 'accept');
        return csv
          ? sendCsv(reply, 'resources', columns, views)
          : reply.send({ items: views, next: found.next });
      },
    );

    const searchPage = async (request: FastifyRequest, reply: FastifyReply, query: Query) => {
      const { limit, cursor, stale: _, ...filter } = query;
      const after = decodeCursor(z.tuple([ResourceNo]), cursor)?.[0];
      const rows = await searchResources(deps.db, request.actor, filter, { after, limit: limit + 1 });
      return page(request, reply, rows, limit, ({ id }) => [id]);
    };

    app.get(
      '/v1/resources/:resourceId',
      {
        config: { act: 'readResources' },
        schema: {
          summary: 'One catalog entry',
          params: z.object({ resourceId: ResourceNo }),
          response: { 200: ResourceView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const row = await resourceFor(deps, request, request.params.resourceId, 'readResources');
        return tag(reply, row.version).send(viewOf(row));
      },
    );
  };
