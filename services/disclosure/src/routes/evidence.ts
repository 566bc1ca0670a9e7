/** Evidence with expiry over REST (X4, 中卫 二十九): how each kind stands, its history, submitted, accepted or returned. */
import { Reasons } from '@gongshu/infra/cases/case-routes';
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { actingOn } from '@gongshu/infra/http/acting';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { businessDateOf } from '@gongshu/shared/business-date';
import { reaches } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { citedArticle } from '@gongshu/shared/packs/pack';
import { evidenceLaw, type EvidenceLaw } from '@gongshu/shared/platform-evidence/law';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { listVersions, standingsOn } from '../evidence/queries.ts';
import {
  decideEvidence,
  type EvidenceDb,
  evidenceObject,
  findEvidence,
  submitEvidence,
} from '../evidence/register.ts';
import {
  EvidenceDraft,
  EvidenceNo,
  EvidenceView,
  evidenceView,
  historyCsv,
  Kind,
  standingsCsv,
  StandingView,
  standingView,
} from '../evidence/schema.ts';

const Params = z.object({ evidenceId: EvidenceNo });

export const evidenceRoutes =
  ({ db: anyDb, packs }: DisclosureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = anyDb as unknown as EvidenceDb;
    const lawOf = (jurisdiction: string): EvidenceLaw => {
      const law = evidenceLaw(packs.resolve(jurisdiction));
      if (!law) throw problem('lifecycleNotInPack', { params: { jurisdiction } });
      return law;
    };
    const today = async (request: FastifyRequest) => businessDateOf((await request.lawNow()).getTime());
    /** Its own evidence, where the reader reads no other's. */
    const onlyOwn = ({ actor }: FastifyRequest): string | undefined =>
      reaches(actor, 'readEvidence').includes('jurisdiction') ? undefined : (actor.organisation ?? '');
    const found = async ({ evidenceId }: z.output<typeof Params>) => {
      const row = await findEvidence(db, evidenceId);
      if (!row) throw problem('notFound');
      return row;
    };

    app.get(
      '/v1/evidence',
      {
        config: { act: 'readEvidence', lists: true },
        schema: {
          summary:
            'How the platform’s evidence stands today, by operator and kind: missing, in force, expiring, expired',
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(StandingView), 'A page of kinds'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const [operator, kind] = decodeCursor(z.tuple([z.string().max(120), Kind]), cursor) ?? [];
        const law = evidenceLaw(packs.resolve(request.actor.jurisdiction));
        const all = law ? await standingsOn(db, law, await today(request), onlyOwn(request)) : [];
        const after = all.findIndex((one) => one.operator === operator && one.kind === kind) + 1;
        const { items, next } = page(request, reply, all.slice(after, after + limit + 1), limit, (one) => [
          one.operator,
          one.kind,
        ]);
        const views = items.map((one) => standingView(one, law?.restsOf(one.kind).article));
        return sendPage(request, reply, standingsCsv, { items: views, next });
      },
    );

    app.get(
      '/v1/evidence/history',
      {
        config: { act: 'readEvidence', lists: true },
        schema: {
          summary:
            'Every version that was submitted, newest first: accepted, returned with its grounds, waiting',
          querystring: PageQuery.extend({ kind: Kind.optional(), operator: OrganisationId.optional() }),
          response: {
            200: jsonOrCsv(pageOf(EvidenceView), 'A page of evidence'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, kind, operator } = request.query;
        const before = decodeCursor(z.tuple([z.iso.datetime({ offset: true }), EvidenceNo]), cursor);
        const own = onlyOwn(request);
        const asked =
          own !== undefined && operator !== undefined && operator !== own ? '' : (own ?? operator);
        const { jurisdiction } = request.actor;
        const rows = await listVersions(db, {
          jurisdiction,
          operator: asked,
          kind,
          before,
          limit: limit + 1,
        });
        const { items, next } = page(request, reply, rows, limit, (row) => [
          row.submitted_at.toISOString(),
          row.id,
        ]);
        const on = await today(request);
        return sendPage(request, reply, historyCsv, {
          items: items.map((row) => evidenceView(row, on)),
          next,
        });
      },
    );

    app.get(
      '/v1/evidence/:evidenceId',
      {
        config: { act: 'readEvidence' },
        schema: {
          summary: 'One piece of evidence',
          params: Params,
          response: { 200: EvidenceView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await found(request.params);
        request.mustBeAllowed(evidenceObject(row));
        return evidenceView(row, await today(request));
      },
    );

    app.post(
      '/v1/evidence',
      {
        config: { act: 'recordEvidence' },
        schema: {
          summary:
            '报送平台合规证明 · Evidence of the platform is submitted, with its days of validity (Zhongwei art. 29)',
          headers: IdempotencyKey,
          body: EvidenceDraft,
          response: { 201: EvidenceView, ...problems(400, 401, 403, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { jurisdiction, organisation } = request.actor;
        const operator = request.body.operator ?? organisation ?? '';
        const acting = await actingOn(request, 'recordEvidence', { jurisdiction, owner: operator });
        await mustBeOperator(db, jurisdiction, operator);
        const row = await submitEvidence(db, lawOf(jurisdiction), { ...request.body, operator }, acting);
        const view = evidenceView(row, businessDateOf(acting.at.getTime()));
        return reply.code(201).header('location', `/v1/evidence/${row.id}`).send(view);
      },
    );

    app.post(
      '/v1/evidence/:evidenceId/decision',
      {
        config: { act: 'decideEvidence' },
        schema: {
          summary: '确认或退回证明 · The bureau accepts evidence, or returns it with grounds (X4)',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({ outcome: z.enum(['accept', 'return']), reasons: Reasons }),
          response: { 200: EvidenceView, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request) => {
        const row = await found(request.params);
        const acting = await actingOn(request, 'decideEvidence', evidenceObject(row));
        const { outcome, reasons } = request.body;
        const rules = packs.resolve(row.jurisdiction).rules['platformEvidence'];
        if (outcome === 'return' && reasons.length === 0)
          throw reasonsMissing(citedArticle(rules?.['required']));
        const decided = await decideEvidence(db, lawOf(row.jurisdiction), { row, outcome, reasons }, acting);
        return evidenceView(decided, businessDateOf(acting.at.getTime()));
      },
    );
  };

/** Throws `noSuchOperator` (422) for what is no operator of the city. */
const mustBeOperator = async (db: EvidenceDb, jurisdiction: string, id: string): Promise<void> => {
  const row = await db
    .selectFrom('body')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .where('kind', '=', 'operator')
    .where('successor', 'is', null)
    .executeTakeFirst();
  if (!row)
    throw problem('noSuchOperator', {
      errors: [
        {
          pointer: '/body/operator',
          code: 'noSuchOperator',
          message: { zh: '本市未登记此运营机构', en: 'No operator of this city' },
        },
      ],
    });
};
