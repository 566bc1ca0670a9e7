/** Withdrawal by the applicant, and the bureau's direction of an overdue check. */
import { addDays, businessDateOf, endOfDay, toInstantText } from '@gongshu/shared/business-date';
import { lifecycles } from '@gongshu/shared/lifecycle';
import { actingRole } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { IdempotencyKey } from '../http/idempotency.ts';
import { problems } from '../http/problems.ts';
import { record } from '../record.ts';
import { actOnCase, caseFor, turnFor } from './acting.ts';
import { actAnswers, type CaseRoutes } from './case-routes.ts';

const Direction = z.strictObject({
  dueOn: z.iso.date().describe('The check is to be done by the end of this day'),
});
const Directed = z.object({ caseNo: z.string(), turn: z.string(), dueOn: z.string(), at: z.string() });

/** How a case is ended by its applicant, and hurried by the bureau. */
export const endingRoutes =
  ({ deps, lifecycle, path, params }: CaseRoutes): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      `${path}/:caseNo/withdrawal`,
      {
        config: { act: 'withdrawApplication' },
        schema: {
          summary: '撤回申请 · The applicant withdraws, at any point before the case closes',
          params,
          headers: IdempotencyKey,
          body: z.strictObject({}).nullish(),
          response: actAnswers,
        },
      },
      async (request, reply) => {
        const { caseNo } = request.params as { caseNo: string };
        const { application, object } = await caseFor(deps, request, caseNo, 'withdrawApplication');
        return actOnCase(deps, request, reply, {
          ...{ application, object, turn: null },
          act: 'withdrawApplication',
          permission: 'withdrawApplication',
          message: () => ({ kind: 'withdraw' }),
        });
      },
    );

    app.post(
      `${path}/:caseNo/check/direction`,
      {
        config: { act: 'directCheck' },
        schema: {
          summary: '督促限期核查 · The bureau directs an overdue check, with a date',
          params,
          headers: IdempotencyKey,
          body: Direction,
          response: { 200: Directed, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request) => {
        const { caseNo } = request.params as { caseNo: string };
        const { application, object } = await caseFor(deps, request, caseNo, 'directCheck');
        const turn = await turnFor(deps, application, 'check', application.operator_organisation);
        const { dueOn } = request.body;
        const at = await request.lawNow();
        if (turn.outcome !== 'open') throw problem('alreadyDecided');
        if (!turn.overdue) throw problem('notOverdue');
        const today = businessDateOf(at.getTime());
        if (dueOn <= today || dueOn > addDays(today, 366)) throw problem('directionNotAhead');
        const { id, organisation } = request.actor;
        const role = actingRole(request.actor, 'directCheck', object);
        await deps.db.transaction().execute(async (trx) => {
          const directed = await trx
            .updateTable('turn')
            .set({ directed_due_on: dueOn })
            .where('turn_id', '=', turn.turn_id)
            .where('outcome', '=', 'open')
            .where('overdue', '=', true)
            .returning('turn_id')
            .executeTakeFirst();
          if (!directed) throw problem('alreadyDecided');
          await record(trx, lifecycles[lifecycle].service, {
            key: `${turn.turn_id}/directed/${request.idempotencyKey}`,
            type: `${lifecycle}.checkDirected.v1`,
            subject: caseNo,
            jurisdiction: application.jurisdiction,
            at,
            actor: { id, role, organisation },
            data: {
              caseNo,
              packVersion: application.pack_version,
              turn: 'check',
              reviewer: turn.organisation,
              directedBy: organisation ?? id,
              deadline: toInstantText(endOfDay(dueOn)),
            },
          });
        });
        return { caseNo, turn: turn.turn_id, dueOn, at: toInstantText(at.getTime()) };
      },
    );
  };
