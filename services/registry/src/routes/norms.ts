import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { Reasons, Reason, Outcome } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { line } from '@gongshu/shared/line';
import { type Act, actingRole } from '@gongshu/shared/may';
import { citedArticle } from '@gongshu/shared/packs/pack';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { decideNorm, type NormActor, type NormRow, submitNorm, wayOf } from '../norms/register.ts';
import { normStates, type NormTables, normWays } from '../norms/tables.ts';
import { findNorm, listNorms } from '../queries/norm.ts';

const Instant = z.iso.datetime({ offset: true });
const Kind = z.string().regex(/^[a-z][A-Za-z]{0,60}$/);
const Norm = z
  .object({
    norm: z.string(),
    kind: z.string(),
    way: z.enum(normWays).describe('How norms of this kind come into force here'),
    title: z.string(),
    document: z.string(),
    version: z.int(),
    state: z.enum(normStates),
    submittedBy: z.string().nullable().describe('The body that submitted it'),
    submittedAt: Instant,
    decidedAt: Instant.nullable(),
    reasons: z.array(Reason),
  })
  .meta({ id: 'Norm' });

const view = (row: NormRow): z.output<typeof Norm> => ({
  ...{ norm: row.id, kind: row.kind, way: row.way, title: row.title, document: row.document },
  ...{ version: row.version, state: row.state, reasons: row.reasons },
  submittedBy: row.organisation,
  submittedAt: instant(row.submitted_at),
  decidedAt: instantOrNull(row.decided_at),
});

const asCsv = {
  name: 'norms',
  columns: [
    { title: '规范编号', value: ({ norm }) => norm },
    { title: '种类', value: ({ kind }) => kind },
    { title: '办理方式', value: ({ way }) => way },
    { title: '标题', value: ({ title }) => title },
    { title: '版本', value: ({ version }) => version },
    { title: '状态', value: ({ state }) => state },
    { title: '报送单位', value: ({ submittedBy }) => submittedBy },
    { title: '报送时间', value: ({ submittedAt }) => submittedAt },
    { title: '办结时间', value: ({ decidedAt }) => decidedAt },
    { title: '文件校验值', value: ({ document }) => document },
  ] satisfies CsvColumn<z.output<typeof Norm>>[],
};

const Given = z.strictObject({
  kind: Kind.describe('As the pack names it, such as onboardingNorm'),
  title: line(200),
  document: DocumentHash.describe('Uploaded before'),
  version: z.int().min(1).max(100_000).describe('Newer than every version that stands'),
});
const Params = z.object({ normId: z.string().regex(/^GF-[0-9a-f-]{36}$/) });

/** Norms that stand before work begins (M2): approved by the authority, deposited with it, or issued by it. */
export const normRoutes =
  ({ db, packs }: { db: Kysely<NormTables>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    const actorOf = async (request: FastifyRequest, act: Act): Promise<NormActor> => {
      const { id, organisation, jurisdiction } = request.actor;
      if (organisation === null) throw problem('forbidden', { params: { act } });
      return {
        id,
        organisation,
        role: actingRole(request.actor, act, { jurisdiction }),
        at: await request.lawNow(),
      };
    };

    app.post(
      '/v1/norms',
      {
        // A norm the authority issues is the authority's to bring: asked of the object below.
        config: { act: 'readNorms' },
        schema: {
          summary:
            '报送规范 · A norm is submitted for approval, deposited or issued (Zhongwei arts. 8, 18–23)',
          headers: IdempotencyKey,
          body: Given,
          response: { 201: Norm, ...problems(400, 401, 403, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { jurisdiction } = request.actor;
        const way = wayOf(packs.resolve(jurisdiction), request.body.kind);
        const act = way === 'issued' ? 'decideNorm' : 'submitNorm';
        request.mustBeAllowed({ jurisdiction }, act);
        if (!way)
          throw problem('normKindUnknown', {
            errors: [
              {
                pointer: '/body/kind',
                code: 'unknown',
                message: { zh: '政策包未列此类规范', en: 'The pack does not list this kind' },
              },
            ],
          });
        const rests = restsOn(packs.resolve(jurisdiction), 'norms', way);
        const given = { jurisdiction, way, rests, ...request.body };
        const row = await submitNorm(db, given, await actorOf(request, act));
        return reply.code(201).header('location', `/v1/norms/${row.id}`).send(view(row));
      },
    );

    app.get(
      '/v1/norms',
      {
        config: { act: 'readNorms', lists: true },
        schema: {
          summary: 'Norms of the city in every version, by kind, newest first',
          querystring: PageQuery.extend({ kind: Kind.optional(), state: z.enum(normStates).optional() }),
          response: { 200: jsonOrCsv(pageOf(Norm), 'A page of norms'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, kind, state } = request.query;
        const after = decodeCursor(z.tuple([z.string().max(80), z.int().min(0)]), cursor);
        const { jurisdiction } = request.actor;
        const rows = await listNorms(db, { jurisdiction, kind, state, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, (row) => [row.kind, row.version]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.get(
      '/v1/norms/:normId',
      {
        config: { act: 'readNorms' },
        schema: {
          summary: 'One norm',
          params: Params,
          response: { 200: Norm, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await findNorm(db, request.params.normId);
        if (!row) throw problem('notFound');
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        return view(row);
      },
    );

    app.post(
      '/v1/norms/:normId/decision',
      {
        config: { act: 'decideNorm' },
        schema: {
          summary: '审核规范 · The authority approves a norm, or refuses it with reasons (Zhongwei art. 18)',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ outcome: Outcome, reasons: Reasons }),
          response: { 200: Norm, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request) => {
        const row = await findNorm(db, request.params.normId);
        if (!row) throw problem('notFound');
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        const { outcome, reasons } = request.body;
        if (outcome === 'refuse' && reasons.length === 0)
          throw reasonsMissing(citedArticle(packs.resolve(row.jurisdiction).rules['norms']?.['approved']));
        const rests = restsOn(packs.resolve(row.jurisdiction), 'norms', 'approved');
        const actor = await actorOf(request, 'decideNorm');
        return view(await decideNorm(db, row, { outcome, reasons, rests }, actor));
      },
    );
  };
