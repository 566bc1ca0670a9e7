/** Demands for data and their response over REST (数据需求响应, C7; 中卫 九, 朔州 十一（一）4): asked, co-ordinated, told, kept. */
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { actingOn } from '@gongshu/infra/http/acting';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { actOnProcedure, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import { takePart } from '@gongshu/infra/procedures/bodies';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import { handlersOf } from '@gongshu/infra/procedures/view';
import { demandResponseRules } from '@gongshu/shared/demand-response/rules';
import {
  type DemandResponseAct,
  type DemandResponseFacts,
  type DemandResponseState,
  demandGrounds,
  demandNeeds,
  supplyGrounds,
} from '@gongshu/shared/demand-response/types';
import type { Act, Actor } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { clauseIn } from '@gongshu/shared/packs/pack';
import { packWith } from '@gongshu/shared/packs/pack-with';
import { DemandResult, type DemandResponseRules } from '@gongshu/shared/packs/topics/demand-response';
import { problem } from '@gongshu/shared/problems';
import { procedures } from '@gongshu/shared/procedure/kinds';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CatalogDeps } from '../app.ts';
import { askedRoleOf, mustBeEntry, mustKnowScenario } from '../demands/open.ts';
import { mustBeNear } from '../feedback/due-day.ts';
import { isAmong, publishedResource } from '../feedback/open.ts';
import { DueDay, ResourceId } from './quality-feedback.ts';

const kind = 'demandResponse';
const Words = z.string().trim().min(1).max(4_000);

const Opening = z.strictObject({
  need: z.enum(demandNeeds),
  words: Words.describe('What data, for what, in which form'),
  resource: ResourceId.nullable().default(null).describe('The entry it is about, where there is one'),
  scenario: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/)
    .nullable()
    .default(null)
    .describe('The scenario it is for, the asker’s own'),
});
const Answer = z.discriminatedUnion('answer', [
  z.strictObject({
    answer: z.literal('can'),
    due: DueDay.describe('By when'),
    resource: ResourceId.nullable().default(null).describe('By which entry, where it is known'),
    words: Words,
  }),
  z.strictObject({
    answer: z.literal('cannot'),
    ground: z.enum(supplyGrounds),
    words: Words.describe('Why, and under which article'),
  }),
]);

type Made = Pick<Parameters<typeof actOnProcedure>[3], 'also'> & { act: DemandResponseAct; words?: string };

export const demandRoutes = (deps: CatalogDeps): FastifyPluginAsyncZod[] => {
  const procedureDeps = deps as unknown as ProcedureDeps;
  const packOf = (jurisdiction: string) => packWith(deps.packs, jurisdiction, kind);
  return [
    procedureReadRoutes(procedureDeps, {
      kind,
      summary: {
        list: 'Demands for data, newest first; a body reads what it asked for or was asked (C7)',
        one: 'One demand: whom it was put to, what each said, the result, what became of it (C7)',
      },
    }),
    async (app) => {
      app.post(
        procedures[kind].path,
        {
          config: { act: 'raiseDemand' },
          schema: {
            summary:
              '提出数据需求 · Asks for data; a co-ordination result comes within the pack’s limit (C7)',
            headers: IdempotencyKey,
            body: Opening,
            response: submissionAnswers,
          },
        },
        async (request, reply) => {
          const { jurisdiction } = request.actor;
          const { actor } = await actingOn(request, 'raiseDemand', {
            ...{ jurisdiction, owner: request.actor.organisation },
          });
          const pack = packOf(jurisdiction);
          const rules = demandResponseRules(pack);
          if (!isAmong(rules.mayAsk.value, actor.role))
            throw problem('demandAskerNotAllowed', clauseIn(pack, kind, 'mayAsk'));
          const { need, words, resource, scenario } = request.body;
          const { organisation: asker, role: askerRole } = actor;
          if (resource !== null) await publishedResource(deps.db as never, jurisdiction, resource);
          await mustKnowScenario(deps.db as never, jurisdiction, asker, scenario);
          return answerOpening(procedureDeps, request, reply, {
            ...{ kind, pack, rules, role: askerRole, text: { reason: words } },
            authority: await bureauOf(deps.db, 'body', jurisdiction),
            facts: async (trx, { caseNo }): Promise<DemandResponseFacts> => {
              await takePart(trx, caseNo, [{ organisation: asker, role: 'asker' }]);
              return { need, asker, askerRole, resource, scenario };
            },
          });
        },
      );

      const actRoute = <B extends z.ZodType>(
        path: string,
        permission: Act,
        rule: keyof DemandResponseRules,
        summary: string,
        body: B,
        make: (given: z.output<B>, row: ProcedureRow, actor: Actor) => Made | Promise<Made>,
      ): void =>
        procedureActRoute(
          ...([app, procedureDeps, kind, { path, permission, summary, body }] as const),
          async ({ row, given, request, reply }) => {
            const { jurisdiction } = row;
            const object = {
              ...{ jurisdiction, handlers: await handlersOf(procedureDeps.db, row.case_no) },
              owner: (row.state as Partial<DemandResponseState>).asker ?? null,
            };
            request.mustBeAllowed(object);
            const { act, words, also } = await make(given, row, request.actor);
            if (act.kind === 'answerDemand' && act.answer === 'can')
              mustBeNear(act.due, await request.lawNow());
            return actOnProcedure(procedureDeps, request, reply, {
              ...{ row, permission, object, act, ...clauseIn(packOf(jurisdiction), kind, rule) },
              ...(words !== undefined && { text: { reason: words } }),
              ...(also && { also }),
            });
          },
        );

      actRoute(
        ...(['acceptance', 'coordinateDemand', 'acceptanceLimit'] as const),
        '受理协调 · Takes the demand up as reasonable (C7)',
        z.strictObject({}),
        () => ({ act: { kind: 'acceptDemand' } }),
      );
      actRoute(
        ...(['refusal', 'coordinateDemand', 'acceptanceLimit'] as const),
        '不予协调 · Does not take it up, with its ground (C7)',
        z.strictObject({ ground: z.enum(demandGrounds), words: Words }),
        ({ ground, words }) => ({ act: { kind: 'declineDemand', ground }, words }),
      );
      actRoute(
        ...(['inquiries', 'coordinateDemand', 'asked'] as const),
        '征询供数 · Puts it to a department of those the pack names (C7)',
        z.strictObject({ body: OrganisationId }),
        async ({ body }, { jurisdiction, case_no, state }) => {
          const { asked } = demandResponseRules(packOf(jurisdiction));
          if ((state as Partial<DemandResponseState>).asker === body) throw problem('demandBodyNotAsked');
          const role = await askedRoleOf(deps.db as never, jurisdiction, asked.value, body);
          return {
            act: { kind: 'askSupply', body, role },
            also: (trx, { receipt }) =>
              takePart(trx, case_no, [{ organisation: body, role: 'asked' }], receipt),
          };
        },
      );
      actRoute(
        ...(['answers', 'answerDemand', 'answerLimit'] as const),
        '答复可否供数 · Can supply, by when and by which entry; or cannot, and why (C7)',
        Answer,
        async ({ words, ...answer }, _row, actor) => {
          if (answer.answer === 'can' && answer.resource !== null)
            await mustBeEntry(deps.db as never, actor, answer.resource);
          return { act: { kind: 'answerDemand', ...answer }, words };
        },
      );
      actRoute(
        ...(['result', 'coordinateDemand', 'resultLimit'] as const),
        '反馈协调结果 · Tells who asked the result, once those asked were heard (C7)',
        z.strictObject({ result: DemandResult, words: Words }),
        ({ result, words }) => ({ act: { kind: 'concludeDemand', result }, words }),
      );
      actRoute(
        ...(['entries', 'answerDemand', 'asked'] as const),
        '指明供数目录 · Names the entry by which a department keeps its word (C7)',
        z.strictObject({ resource: ResourceId }),
        async ({ resource }, _row, actor) => {
          await mustBeEntry(deps.db as never, actor, resource);
          return { act: { kind: 'nameEntry', resource } };
        },
      );
      actRoute(
        ...(['dropped-promises', 'coordinateDemand', 'resultLimit'] as const),
        '不再等待 · Waits no longer for what a department promised (C7)',
        z.strictObject({ body: OrganisationId, words: Words }),
        ({ body, words }) => ({ act: { kind: 'dropPromise', body }, words }),
      );
      actRoute(
        ...(['withdrawal', 'raiseDemand', 'mayAsk'] as const),
        '撤回需求 · Who asked takes the demand back before its result (C7)',
        z.strictObject({}),
        () => ({ act: { kind: 'withdrawDemand' } }),
      );
    },
  ];
};
