import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { expectedVersion, stale, tag } from '@gongshu/infra/http/etag';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { Act } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { packOf } from '../resources/resource-law.ts';
import { treatmentIn } from '../scenarios/law.ts';
import { proposeScenario, reviseScenario, withdrawScenario } from '../scenarios/propose.ts';
import {
  findScenario,
  listScenarios,
  opinionsOf,
  type ScenarioDb,
  scenarioObject,
  versionsOf,
} from '../scenarios/queries.ts';
import {
  ScenarioCode,
  ScenarioContents,
  ScenarioDetail,
  ScenarioDraft,
  ScenarioNo,
  ScenarioView,
} from '../scenarios/schema.ts';
import { type ScenarioRow, scenarioStates } from '../scenarios/tables.ts';
import { scenarioDetail, scenarioView } from '../scenarios/view.ts';
import { actingOn, ownObject } from './resource-acting.ts';

/** The kit's handle is of any schema; this one holds the scenarios. */
export type ScenarioDeps = { db: unknown; packs: Pick<PackSet, 'resolve'> };
export const dbOf = ({ db }: ScenarioDeps): ScenarioDb => db as ScenarioDb;

export const ScenarioParams = z.object({ scenarioId: ScenarioNo });

/** The scenario of the address, if the actor may do this with it. Throws `notFound`, `forbidden`. */
export const scenarioFor = async (
  deps: ScenarioDeps,
  request: FastifyRequest,
  id: string,
  act: Act,
): Promise<ScenarioRow> => {
  const row = await findScenario(dbOf(deps), id);
  if (!row) throw problem('notFound');
  request.mustBeAllowed(scenarioObject(row), act);
  return row;
};

const asCsv = {
  name: 'scenarios',
  columns: [
    { title: '场景编号', value: ({ scenario }) => scenario },
    { title: '场景代码', value: ({ code }) => code },
    { title: '名称', value: ({ title }) => title },
    { title: '办理方式', value: ({ treatment }) => treatment },
    { title: '状态', value: ({ state }) => state },
    { title: '版本', value: ({ version }) => version },
    { title: '提出单位', value: ({ organisation }) => organisation },
    { title: '需求来源', value: ({ collectedFrom }) => collectedFrom },
    { title: '开发主体', value: ({ developer }) => developer },
    { title: '行业主管部门', value: ({ industryDepartment }) => industryDepartment },
    { title: '提出时间', value: ({ proposedAt }) => proposedAt },
    { title: '办结时间', value: ({ decidedAt }) => decidedAt },
  ] satisfies CsvColumn<ScenarioView>[],
};

/** Scenarios: proposed or collected, read, changed after a return, withdrawn (A0; Zhongwei art. 16, Shuozhou 六（三）). */
export const scenarioRoutes =
  (deps: ScenarioDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = dbOf(deps);

    app.post(
      '/v1/scenarios',
      {
        config: { act: 'proposeScenario' },
        schema: {
          summary:
            '提出应用场景 · A scenario is proposed, or collected (Shuozhou 六（三）, Zhongwei art. 16)',
          headers: IdempotencyKey,
          body: ScenarioDraft,
          response: { 201: ScenarioView, ...problems(400, 401, 403, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'proposeScenario', ownObject(request));
        const { organisation } = acting.actor;
        if (organisation === null) throw problem('forbidden', { params: { act: 'proposeScenario' } });
        const pack = packOf(deps.packs, request.actor.jurisdiction);
        const row = await proposeScenario(db, pack, request.body, organisation, acting);
        return tag(reply, row.version)
          .code(201)
          .header('location', `/v1/scenarios/${row.id}`)
          .send(scenarioView(row));
      },
    );

    app.get(
      '/v1/scenarios',
      {
        config: { act: 'readScenarios', lists: true },
        schema: {
          summary: 'Scenarios: a developer’s or partner’s own, the whole city’s for its bodies',
          querystring: PageQuery.extend({
            state: z.enum(scenarioStates).optional(),
            code: ScenarioCode.optional(),
          }),
          response: {
            200: jsonOrCsv(pageOf(ScenarioView), 'A page of scenarios'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, state, code } = request.query;
        const after = decodeCursor(z.tuple([ScenarioNo]), cursor)?.[0];
        const rows = await listScenarios(db, request.actor, { state, code, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ id }) => [id]);
        return sendPage(request, reply, asCsv, { items: items.map(scenarioView), next });
      },
    );

    app.get(
      '/v1/scenarios/:scenarioId',
      {
        config: { act: 'readScenarios' },
        schema: {
          summary: 'One scenario with every version of its text and the opinions on it',
          params: ScenarioParams,
          response: { 200: ScenarioDetail, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const row = await scenarioFor(deps, request, request.params.scenarioId, 'readScenarios');
        const treatment = treatmentIn(packOf(deps.packs, row.jurisdiction));
        const [versions, opinions] = await Promise.all([versionsOf(db, row.id), opinionsOf(db, row.id)]);
        return tag(reply, row.version).send(scenarioDetail(row, treatment, versions, opinions));
      },
    );

    app.put(
      '/v1/scenarios/:scenarioId/contents',
      {
        config: { act: 'proposeScenario' },
        schema: {
          summary: '修改应用场景 · Another version of the text, after a return; those before are kept',
          params: ScenarioParams,
          body: ScenarioContents,
          response: { 200: ScenarioView, ...problems(400, 401, 403, 404, 409, 412, 422, 428, 503) },
        },
      },
      async (request, reply) => {
        const scenario = await scenarioFor(deps, request, request.params.scenarioId, 'proposeScenario');
        const acting = await actingOn(request, 'proposeScenario', scenarioObject(scenario));
        const version = expectedVersion(request);
        const pack = packOf(deps.packs, scenario.jurisdiction);
        const at = { id: scenario.id, version };
        const row = await reviseScenario(db, pack, at, request.body, acting, stale);
        return tag(reply, row.version).send(scenarioView(row));
      },
    );

    app.post(
      '/v1/scenarios/:scenarioId/withdrawal',
      {
        config: { act: 'proposeScenario' },
        schema: {
          summary: '撤回应用场景 · Taken back by who proposed it, before it is decided',
          params: ScenarioParams,
          headers: IdempotencyKey,
          response: { 200: ScenarioView, ...problems(400, 401, 403, 404, 409, 503) },
        },
      },
      async (request, reply) => {
        const scenario = await scenarioFor(deps, request, request.params.scenarioId, 'proposeScenario');
        const acting = await actingOn(request, 'proposeScenario', scenarioObject(scenario));
        const pack = packOf(deps.packs, scenario.jurisdiction);
        const row = await withdrawScenario(db, pack, scenario.id, acting);
        return tag(reply, row.version).send(scenarioView(row));
      },
    );
  };
