import { lifecycles } from '@gongshu/shared/lifecycle';
import { actingRole } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { IdempotencyKey } from '../http/idempotency.ts';
import { problems } from '../http/problems.ts';
import { type Change, record } from '../record.ts';
import type { TurnTable } from './tables.ts';
import type { ApplicationReader } from './visible.ts';
import { actObjectOf } from './visible.ts';

const Assignment = z.strictObject({
  turn: z.string().regex(/^[\w./-]{1,200}$/),
  person: z
    .string()
    .regex(/^[\w.@:+-]{1,100}$/)
    .nullable()
    .describe('The account’s id; null gives the turn back to the office'),
});
const Assigned = z.object({ turn: z.string(), assignee: z.string().nullable() });

const refusal = (code: 'personUnknown' | 'personOfAnotherBody', zh: string, en: string) =>
  problem(code, { errors: [{ pointer: '/body/person', code, message: { zh, en } }] });

/** Throws `personUnknown`, `personOfAnotherBody` (422): a turn is given to people of its body. */
const mustBeOf = async (
  trx: ApplicationReader,
  { jurisdiction, organisation }: Pick<Selectable<TurnTable>, 'jurisdiction' | 'organisation'>,
  id: string,
): Promise<void> => {
  const person = await trx
    .selectFrom('person')
    .select('organisation')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!person) throw refusal('personUnknown', '此账号未登记', 'Not a registered account');
  if (person.organisation !== organisation)
    throw refusal('personOfAnotherBody', '不是承办单位的人员', 'Not one of the body’s people');
};

/** Open turns are given to people of their body, by the body itself or the bureau. */
export const assignmentRoutes =
  ({ db }: { db: ApplicationReader }): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/tasks/assignments',
      {
        config: { act: 'assignTask' },
        schema: {
          tags: ['tasks'],
          summary: '指派承办人 · Gives an open turn to a person, or back to the office',
          headers: IdempotencyKey,
          body: Assignment,
          response: { 200: Assigned, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
        },
      },
      async (request) => {
        const { turn: turnId, person } = request.body;
        const { actor } = request;
        const at = await request.lawNow();
        return db.transaction().execute(async (trx) => {
          const turn = await trx
            .selectFrom('turn')
            .selectAll()
            .where('turn_id', '=', turnId)
            .forUpdate()
            .executeTakeFirst();
          if (!turn) throw problem('notFound');
          const application = await trx
            .selectFrom('application')
            .selectAll()
            .where('case_no', '=', turn.case_no)
            .executeTakeFirstOrThrow();
          const object = { ...(await actObjectOf(trx, application)), assignee: turn.organisation };
          request.mustBeAllowed(object);
          if (turn.outcome !== 'open') throw problem('alreadyDecided');
          if (person === application.submitted_by) throw problem('assigneeUnknown');
          if (person !== null) await mustBeOf(trx, turn, person);
          if (turn.assignee === person) return { turn: turnId, assignee: person };
          await trx.updateTable('turn').set({ assignee: person }).where('turn_id', '=', turnId).execute();
          const { lifecycle } = application;
          await record(trx, lifecycles[lifecycle].service, {
            key: `${turnId}/assigned/${actor.id}/${request.idempotencyKey}`,
            type: `${lifecycle}.taskAssigned.v1` as Change['type'],
            subject: turn.case_no,
            jurisdiction: turn.jurisdiction,
            at,
            actor: {
              id: actor.id,
              role: actingRole(actor, 'assignTask', object),
              organisation: actor.organisation,
            },
            data: {
              caseNo: turn.case_no,
              packVersion: application.pack_version,
              turn: turn.step,
              reviewer: turn.organisation,
              assignee: person,
            },
          });
          return { turn: turnId, assignee: person };
        });
      },
    );
  };
