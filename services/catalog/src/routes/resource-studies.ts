import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, page, PageQuery, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { Party } from '@gongshu/shared/packs/values';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { listStudies, type StudyRow } from '../queries/resource-study.ts';
import type { ResourceDeps } from '../resources/resource-law.ts';
import { ResourceNo } from '../resources/resource-schema.ts';
import { nextStudyDue, recordStudy, studyResults } from '../resources/resource-study.ts';
import { actingOn } from './resource-acting.ts';

const Held = z.strictObject({
  heldOn: z.iso.date(),
  demand: z.string().trim().min(1).max(5_000).describe('What users of data asked for'),
  results: z.string().trim().min(1).max(5_000),
  resultCodes: z.array(z.enum(studyResults)).min(1).max(studyResults.length),
  parties: z
    .array(z.strictObject({ role: Party, organisation: OrganisationId }))
    .min(1)
    .max(200)
    .refine(
      (all) => new Set(all.map(({ role, organisation }) => `${role} ${organisation}`)).size === all.length,
      '同一参与方出现两次 · a party stands twice',
    ),
  resources: z.array(ResourceNo).max(1_000).default([]).describe('Entries the catalog is extended by'),
});
const Study = z
  .object({
    id: z.string(),
    heldOn: z.string(),
    demand: z.string(),
    results: z.string(),
    resultCodes: z.array(z.string()),
    parties: z.array(z.object({ role: z.string(), organisation: z.string() })),
    resources: z.array(z.string()),
    nextDueOn: z.string().nullable().describe('Last day for the next study, by the pack’s period'),
  })
  .meta({ id: 'Study' });

const studyView = (deps: ResourceDeps, row: StudyRow): z.output<typeof Study> => ({
  ...{ id: row.id, heldOn: row.held_on, demand: row.demand, results: row.results },
  ...{ resultCodes: row.result_codes, parties: row.parties, resources: row.resources },
  nextDueOn: nextStudyDue(deps, row),
});

const asCsv = {
  name: 'resource-studies',
  columns: [
    { title: '研究编号', value: ({ id }) => id },
    { title: '日期', value: ({ heldOn }) => heldOn },
    { title: '数据需求', value: ({ demand }) => demand },
    { title: '结果', value: ({ results }) => results },
    { title: '结果代码', value: ({ resultCodes }) => resultCodes.join('、') },
    { title: '参与方', value: ({ parties }) => parties.map(({ organisation }) => organisation).join('、') },
    { title: '目录编号', value: ({ resources }) => resources.join('、') },
    { title: '下次研究期限', value: ({ nextDueOn }) => nextDueOn },
  ] satisfies CsvColumn<z.output<typeof Study>>[],
};

/** The periodic study of the catalog against demand (Zhongwei art. 9). */
export const resourceStudyRoutes =
  (deps: ResourceDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/resource-studies',
      {
        config: { act: 'recordStudy' },
        schema: {
          summary: 'Record a study: parties, demand, results (Zhongwei art. 9)',
          headers: IdempotencyKey,
          body: Held,
          response: { 201: Study, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const { jurisdiction, organisation } = request.actor;
        const acting = await actingOn(request, 'recordStudy', { jurisdiction, owner: organisation });
        const row = await recordStudy(deps, jurisdiction, request.body, acting);
        return reply.code(201).send(studyView(deps, row));
      },
    );

    app.get(
      '/v1/resource-studies',
      {
        config: { act: 'readOwnResources', lists: true },
        schema: {
          summary: 'Studies of the actor’s jurisdiction, newest first',
          querystring: PageQuery,
          response: { 200: jsonOrCsv(pageOf(Study), 'A page of studies'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const keys = decodeCursor(z.tuple([z.iso.date(), ResourceNo]), cursor);
        const after = keys && { heldOn: keys[0], id: keys[1] };
        const { jurisdiction } = request.actor;
        const rows = await listStudies(deps.db, jurisdiction, { after, limit: limit + 1 });
        const found = page(request, reply, rows, limit, (row) => [row.held_on, row.id]);
        const items = found.items.map((row) => studyView(deps, row));
        return sendPage(request, reply, asCsv, { ...found, items });
      },
    );
  };
