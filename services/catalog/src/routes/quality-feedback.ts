/** Feedback on the quality of published data over REST (数据质量反馈, C6; 中卫 十一): given, answered, confirmed, directed. */
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { DocumentHash, linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { actingOn } from '@gongshu/infra/http/acting';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { actOnProcedure } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import { handlersOf } from '@gongshu/infra/procedures/view';
import type { Act } from '@gongshu/shared/may';
import { clauseIn } from '@gongshu/shared/packs/pack';
import { packWith } from '@gongshu/shared/packs/pack-with';
import type { QualityFeedbackRules } from '@gongshu/shared/packs/topics/quality-feedback';
import { problem } from '@gongshu/shared/problems';
import { procedures } from '@gongshu/shared/procedure/kinds';
import { qualityFeedbackRules } from '@gongshu/shared/quality-feedback/rules';
import {
  dataFaults,
  noFaultGrounds,
  type QualityFeedbackAct,
  type QualityFeedbackFacts,
} from '@gongshu/shared/quality-feedback/types';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { CatalogDeps } from '../app.ts';
import { mustBeNear } from '../feedback/due-day.ts';
import { beginFeedback, isAmong, publishedResource } from '../feedback/open.ts';

const kind = 'qualityFeedback';
const Words = z.string().trim().min(1).max(4_000);
export const ResourceId = z.string().regex(/^[\x21-\x7e]{1,160}$/);
export const DueDay = z.iso.date().regex(/^20\d\d-/, '2000–2099');

const Opening = z.strictObject({
  resource: ResourceId,
  fault: z.enum(dataFaults),
  words: Words.describe('What is wrong, where it shows'),
  sample: DocumentHash.nullable().default(null).describe('A document that shows it, uploaded before'),
});
const Answer = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('corrected'), on: DueDay, words: Words }),
  z.strictObject({ answer: z.literal('willCorrect'), words: Words.describe('The plan') }),
  z.strictObject({ answer: z.literal('notAFault'), ground: z.enum(noFaultGrounds), words: Words }),
]);
const Direction = z.discriminatedUnion('direction', [
  z.strictObject({ direction: z.literal('correct'), due: DueDay, words: Words }),
  z.strictObject({ direction: z.literal('dismiss'), words: Words }),
]);

export const qualityFeedbackRoutes = (deps: CatalogDeps): FastifyPluginAsyncZod[] => {
  const procedureDeps = deps as unknown as ProcedureDeps;
  const packOf = (jurisdiction: string) => packWith(deps.packs, jurisdiction, kind);
  return [
    procedureReadRoutes(procedureDeps, {
      kind,
      summary: {
        list: 'Feedback on data quality, newest first; a body reads what it gave or is to answer (C6)',
        one: 'One piece of feedback: what is wrong, the answer, its limits (C6)',
      },
    }),
    async (app) => {
      app.post(
        procedures[kind].path,
        {
          config: { act: 'giveQualityFeedback' },
          schema: {
            summary: '反馈数据质量 · Reports a fault in a published resource to its source department (C6)',
            headers: IdempotencyKey,
            body: Opening,
            response: submissionAnswers,
          },
        },
        async (request, reply) => {
          const { jurisdiction } = request.actor;
          const { actor } = await actingOn(request, 'giveQualityFeedback', {
            ...{ jurisdiction, owner: request.actor.organisation },
          });
          const pack = packOf(jurisdiction);
          const rules = qualityFeedbackRules(pack);
          if (!isAmong(rules.mayGive.value, actor.role))
            throw problem('feedbackGiverNotAllowed', clauseIn(pack, kind, 'mayGive'));
          const { resource, sample, words } = request.body;
          await publishedResource(deps.db as never, jurisdiction, resource);
          return answerOpening(procedureDeps, request, reply, {
            ...{ kind, pack, rules, role: actor.role, text: { reason: words } },
            authority: await bureauOf(deps.db, 'body', jurisdiction),
            facts: async (trx, { caseNo, receivedAt: at }): Promise<QualityFeedbackFacts> => {
              const { organisation } = actor;
              if (sample !== null) {
                const cited = [{ hash: sample, pointer: '/body/sample' }];
                await mustAllBeStored(trx, { cited, organisation, jurisdiction });
                const role = 'qualitySample';
                await linkDocument(trx, { hash: sample, jurisdiction, caseNo, role, by: organisation, at });
              }
              return beginFeedback(trx as unknown as Transaction<never>, request.body, {
                ...{ caseNo, jurisdiction, by: actor, answeredBy: rules.answeredBy.value },
              });
            },
          });
        },
      );

      const actRoute = <B extends z.ZodType>(
        path: string,
        permission: Act,
        rule: keyof QualityFeedbackRules,
        summary: string,
        body: B,
        make: (given: z.output<B>) => { act: QualityFeedbackAct; words?: string },
      ): void =>
        procedureActRoute(
          ...([app, procedureDeps, kind, { path, permission, summary, body }] as const),
          async ({ row, given, request, reply }) => {
            const { jurisdiction } = row;
            const object = { jurisdiction, handlers: await handlersOf(procedureDeps.db, row.case_no) };
            request.mustBeAllowed(object);
            const { act, words } = make(given);
            if (act.kind === 'directFeedback' && act.direction === 'correct')
              mustBeNear(act.due, await request.lawNow());
            return actOnProcedure(procedureDeps, request, reply, {
              ...{ row, permission, object, act, ...clauseIn(packOf(jurisdiction), kind, rule) },
              ...(words !== undefined && { text: { reason: words } }),
            });
          },
        );

      actRoute(
        ...(['answer', 'answerQualityFeedback', 'answerLimit'] as const),
        '答复质量反馈 · Corrected, to be corrected, or why there is nothing to correct (C6)',
        Answer,
        ({ words, ...answer }) => ({ act: { kind: 'answerFault', ...answer }, words }),
      );
      actRoute(
        ...(['extension', 'answerQualityFeedback', 'extension'] as const),
        '延期答复 · Puts the answer off with a plan, as often and as long as the pack allows (C6)',
        z.strictObject({ workingDays: z.int().min(1).max(366), words: Words.describe('The plan') }),
        ({ workingDays, words }) => ({ act: { kind: 'extendFeedback', workingDays }, words }),
      );
      actRoute(
        ...(['confirmation', 'confirmQualityFeedback', 'confirmationLimit'] as const),
        '确认 · Who gave it confirms the answer; silence does too (C6)',
        z.strictObject({}),
        () => ({ act: { kind: 'confirmFeedback' } }),
      );
      actRoute(
        ...(['dispute', 'confirmQualityFeedback', 'confirmationLimit'] as const),
        '异议 · Who gave it disputes the answer, once; the authority directs (C6)',
        z.strictObject({ words: Words }),
        ({ words }) => ({ act: { kind: 'disputeFeedback' }, words }),
      );
      actRoute(
        ...(['direction', 'directQualityFeedback', 'escalation'] as const),
        '督办 · Directs what is overdue or disputed: corrected by a day, or the answer stands (C6)',
        Direction,
        ({ words, ...direction }) => ({ act: { kind: 'directFeedback', ...direction }, words }),
      );
      actRoute(
        ...(['withdrawal', 'confirmQualityFeedback', 'mayGive'] as const),
        '撤回 · Who gave it takes it back before it is answered (C6)',
        z.strictObject({}),
        () => ({ act: { kind: 'withdrawFeedback' } }),
      );
    },
  ];
};
