import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { toInstantText } from '@gongshu/shared/business-date';
import type { SuspensionCause } from '@gongshu/shared/grant/types';
import { type Act, type ActObject, actingRole } from '@gongshu/shared/may';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type ActingPerson, type GrantDeps, Reasons } from '../grants/deps.ts';
import { decideOverreach, reportOverreach } from '../grants/overreach.ts';
import { grantFor, liftSuspension } from '../grants/standing.ts';
import { grantItem } from '../grants/view.ts';
import { ResourceNo } from '../resources/resource-schema.ts';
import { GrantParams, mustGiveReasons } from './grants.ts';

const Report = z.strictObject({
  facts: z.string().trim().min(1).max(5_000),
  resources: z
    .array(ResourceNo)
    .min(1)
    .max(100)
    .refine((all) => new Set(all).size === all.length, '同一目录出现两次 · an entry stands twice'),
  document: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .optional(),
});
const ReportId = z.string().regex(/^BG-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const Reported = z.object({ report: z.string(), grantNo: z.string(), reportedAt: z.string() });
const Standing = z.object({ grantNo: z.string(), state: z.string() });
const answers = problems(400, 401, 403, 404, 409, 422, 503);

/** Which suspensions a role may lift: what the bureau directed only the bureau, the merchant's nobody here. */
const liftable = (role: string): SuspensionCause[] =>
  role === 'bureau' ? ['overreach', 'direction'] : ['overreach'];

/** Overreach on a grant: reported, decided, and the suspension lifted again (Zhongwei art. 22). */
export const grantOverreachRoutes =
  (deps: GrantDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = deps;
    const actorOf = (request: FastifyRequest, act: Act, object: ActObject): ActingPerson => {
      const { id, organisation } = request.actor;
      return { id, role: actingRole(request.actor, act, object), organisation };
    };

    app.post(
      '/v1/grants/:grantNo/overreach-reports',
      {
        config: { act: 'reportOverreach' },
        schema: {
          summary: '报告超范围使用 · A reviewing department reports use beyond scope, purpose or term',
          params: GrantParams,
          headers: IdempotencyKey,
          body: Report,
          response: { 201: Reported, ...answers },
        },
      },
      async (request, reply) => {
        const { grantNo } = request.params;
        const { grant, object } = await grantFor(db, request, grantNo, 'reportOverreach');
        const at = await request.lawNow();
        const actor = actorOf(request, 'reportOverreach', object);
        const report = await db
          .transaction()
          .execute((trx) => reportOverreach(deps, trx, grant, request.body, { at, actor }));
        return reply.code(201).send({ report, grantNo, reportedAt: toInstantText(at.getTime()) });
      },
    );

    app.post(
      '/v1/overreach-reports/:report/decision',
      {
        config: { act: 'decideOverreach' },
        schema: {
          summary: '处理超范围使用报告 · The grant is suspended, or the report dismissed, with reasons',
          params: z.object({ report: ReportId }),
          headers: IdempotencyKey,
          body: z.strictObject({ outcome: z.enum(['suspend', 'dismiss']), reasons: Reasons }),
          response: {
            200: Standing.extend({ report: z.string(), outcome: z.string() }),
            ...answers,
          },
        },
      },
      async (request) => {
        const row = await db
          .selectFrom('overreach_report')
          .selectAll()
          .where('id', '=', request.params.report)
          .executeTakeFirst();
        if (!row) throw problem('notFound');
        const { grant, object } = await grantFor(db, request, row.grant_no, 'decideOverreach');
        const { outcome, reasons } = request.body;
        mustGiveReasons(reasons);
        const at = await request.lawNow();
        const actor = actorOf(request, 'decideOverreach', object);
        const decided = outcome === 'suspend' ? 'suspended' : 'dismissed';
        const receipts = await db
          .transaction()
          .execute((trx) =>
            decideOverreach(deps, trx, grant, row, { outcome: decided, reasons }, { at, actor }),
          );
        for (const receipt of receipts) await deps.deliver(receipt);
        const { grant: now } = await grantFor(db, request, row.grant_no, 'decideOverreach');
        return {
          report: row.id,
          outcome: decided,
          grantNo: now.grant_no,
          state: grantItem(now, at).state,
        };
      },
    );

    app.post(
      '/v1/grants/:grantNo/restoration',
      {
        config: { act: 'decideOverreach' },
        schema: {
          summary: '恢复授权 · Lifts suspensions for overreach; restored once no suspension is left',
          params: GrantParams,
          headers: IdempotencyKey,
          body: z.strictObject({ reasons: Reasons }),
          response: { 200: Standing, ...answers },
        },
      },
      async (request) => {
        const { grantNo } = request.params;
        const { grant, object } = await grantFor(db, request, grantNo, 'decideOverreach');
        const { reasons } = request.body;
        mustGiveReasons(reasons);
        const at = await request.lawNow();
        const actor = actorOf(request, 'decideOverreach', object);
        const item = grantItem(grant, at);
        if (item.state === 'ended')
          throw problem('grantEnded', { params: { endKind: item.endKind ?? 'expired' } });
        const receipt = await db.transaction().execute((trx) =>
          liftSuspension(trx, {
            ...{ grantNo, causes: liftable(actor.role), reasons, at, actor },
            rests: restsOn(deps.packs.resolve(grant.jurisdiction), 'dataUse', 'refusedUse'),
          }),
        );
        if (receipt === null) throw problem('grantNotSuspended');
        await deps.deliver(receipt);
        const { grant: now } = await grantFor(db, request, grantNo, 'decideOverreach');
        return { grantNo, state: grantItem(now, at).state };
      },
    );
  };
