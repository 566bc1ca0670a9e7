/** The yearly evaluation over REST (V1, V2; 中卫 三十三, 朔州 十（七）, 乌海 十二): opened, marked, decided, followed up. */
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { CaseNo } from '@gongshu/infra/cases/view';
import { type Cited, DocumentHash } from '@gongshu/infra/documents/cite';
import { evaluationOpening } from '@gongshu/infra/evaluations/open';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import type { Filed } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import { isBusinessDate } from '@gongshu/shared/business-date';
import type { RunningAct } from '@gongshu/shared/evaluation/machine-types';
import { EvaluationOutcome } from '@gongshu/shared/evaluation/steps';
import { Decimal } from '@gongshu/shared/exact';
import { type Act, type ActObject, actingRole } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  actOnEvaluation,
  type EvaluationAct,
  evaluationOf,
  type EvaluationRow,
} from '../evaluations/acts.ts';
import { mustBeAhead } from '../evaluations/due-day.ts';
import { mustBeSelectedAnew, mustHaveEnded } from '../evaluations/following.ts';
import { evaluationInputRoutes } from './evaluation-inputs.ts';

const Day = z.iso.date().refine(isBusinessDate, { params: { code: 'dateOutOfRange' } });
const Name = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/);
const Words = z.string().trim().min(1).max(20_000);
const Marks = z
  .record(Name, Decimal.nullable())
  .describe('0 to 100 by indicator; without a source: left out, or null');
const Result = z.strictObject({
  outcome: EvaluationOutcome,
  dueOn: Day.optional().describe('Last day of rectification, where the order names it'),
  grounds: Words.optional(),
});
const WithDocument = z.strictObject({ document: DocumentHash, words: Words.optional() });

const filed = (hash: string, role: string): Filed & Cited => ({ hash, role, pointer: '/body/document' });
const contentsOf = (words: Record<string, unknown>): Pick<EvaluationAct, 'text'> =>
  Object.values(words).every((one) => one === undefined) ? {} : { text: { contents: words } };

export const evaluationRoutes = (deps: ProcedureDeps): FastifyPluginAsyncZod[] => [
  procedureReadRoutes(deps, {
    kind: 'evaluation',
    summary: {
      list: 'Yearly evaluations of the city, newest first (Zhongwei art. 33, Wuhai 十二)',
      one: 'One evaluation: its steps, marks, result, what followed (Zhongwei art. 33, Wuhai 十二)',
    },
  }),
  evaluationInputRoutes(deps),
  async (app) => {
    app.post(
      '/v1/evaluations',
      {
        config: { act: 'manageEvaluation' },
        schema: {
          summary: '启动年度评估 · Opens the evaluation of a year of an agreement, before its Schedule does',
          headers: IdempotencyKey,
          body: z.strictObject({ agreement: CaseNo, year: z.int().min(1900).max(2999) }),
          response: submissionAnswers,
        },
      },
      async (request, reply) => {
        const { jurisdiction, id, organisation } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const role = actingRole(request.actor, 'manageEvaluation', { jurisdiction });
        const opening = await evaluationOpening(deps, deps.packs.resolve(jurisdiction), {
          ...{ ...request.body, jurisdiction, by: { id, organisation, role } },
          lawNow: await request.lawNow(),
        });
        return answerOpening(deps, request, reply, { ...opening, role });
      },
    );

    const operatorOf = ({ row, facts }: EvaluationRow): ActObject => ({
      jurisdiction: row.jurisdiction,
      handlers: [facts.operator],
    });
    type Made = Pick<EvaluationAct, 'documents' | 'text' | 'rule'> & { act: RunningAct };
    /** One act: its body is read, the case found, and the act handed to its machine. */
    const actRoute = <B extends z.ZodType>(
      [path, permission, summary]: readonly [path: string, permission: Act, summary: string],
      body: B,
      make: (given: z.output<B>, of: EvaluationRow, request: FastifyRequest) => Made | Promise<Made>,
    ) =>
      procedureActRoute(
        app,
        deps,
        'evaluation',
        { path, permission, summary, body },
        async ({ row, given, request, reply }) => {
          const of = evaluationOf(row);
          const object =
            permission === 'manageEvaluation' ? { jurisdiction: row.jurisdiction } : operatorOf(of);
          request.mustBeAllowed(object, permission);
          const made = await make(given, of, request);
          return actOnEvaluation(deps, request, reply, of, { ...made, permission, object });
        },
      );

    actRoute(
      [
        'participants',
        'manageEvaluation',
        '会同评估 · Bodies that take part, or the third party commissioned (Wuhai 十二)',
      ],
      z.strictObject({
        participants: z
          .array(z.strictObject({ organisation: OrganisationId, role: Name }))
          .min(1)
          .max(50),
        document: DocumentHash,
      }),
      ({ participants, document }) => ({
        act: { kind: 'nameParticipants', participants, document },
        documents: [filed(document, 'participation')],
        rule: 'evaluatedBy',
      }),
    );
    actRoute(
      [
        'scores',
        'manageEvaluation',
        '评分 · A mark for each indicator that has a source; the composite is exact (V1)',
      ],
      z.strictObject({
        marks: Marks,
        dimensions: z.record(Name, Decimal).default({}),
        words: Words.optional(),
      }),
      ({ marks, dimensions, words }) => ({
        act: { kind: 'scoreEvaluation', marks, dimensions },
        ...contentsOf({ words }),
        rule: 'indicators',
      }),
    );
    const result = (given: z.output<typeof Result>) => ({
      outcome: given.outcome,
      ...(given.dueOn !== undefined && { dueOn: given.dueOn }),
    });
    actRoute(
      [
        'result',
        'manageEvaluation',
        '拟定结果 · Proposes the result, first or again: the operator may reply before it stands',
      ],
      Result,
      async (given, { rules, row }, request) => {
        await mustBeAhead(deps, { rules, row, dueOn: given.dueOn, at: await request.lawNow() });
        return {
          act: { kind: 'proposeResult', ...result(given) },
          ...contentsOf({ grounds: given.grounds }),
          rule: 'outcomes',
        };
      },
    );
    actRoute(
      ['reply', 'replyToEvaluation', '陈述申辩 · The operator answers a result before it stands, once'],
      WithDocument,
      ({ document, words }) => ({
        act: { kind: 'replyToEvaluation', document },
        documents: [filed(document, 'reply')],
        ...contentsOf({ words }),
        rule: 'reply',
      }),
    );
    actRoute(
      [
        'confirmation',
        'manageEvaluation',
        '确认结果 · After a reply the bureau keeps the result or changes it; a graver one is proposed anew',
      ],
      Result,
      (given) => ({
        act: { kind: 'confirmResult', ...result(given) },
        ...contentsOf({ grounds: given.grounds }),
        rule: 'outcomes',
      }),
    );
    actRoute(
      [
        'order',
        'manageEvaluation',
        '载明整改期限 · Names the last day where the one proposed has passed meanwhile',
      ],
      z.strictObject({ dueOn: Day }),
      ({ dueOn }) => ({ act: { kind: 'orderRectification', dueOn }, rule: 'rectification' }),
    );
    actRoute(
      [
        'rectification-plan',
        'reportRectification',
        '整改方案 · The operator hands in its plan of rectification (Wuhai 十二)',
      ],
      WithDocument,
      ({ document, words }) => ({
        act: { kind: 'planRectification', document },
        documents: [filed(document, 'rectificationPlan')],
        ...contentsOf({ words }),
        rule: 'rectificationPlan',
      }),
    );
    actRoute(
      [
        'rectification-report',
        'reportRectification',
        '整改报告 · The operator reports it done; after the last day it is refused',
      ],
      WithDocument,
      ({ document, words }) => ({
        act: { kind: 'reportRectification', document },
        documents: [filed(document, 'rectificationReport')],
        ...contentsOf({ words }),
        rule: 'rectification',
      }),
    );
    actRoute(
      [
        'termination',
        'manageEvaluation',
        '终止协议 · What failed, or was not reported in time, ends the agreement (Wuhai 十二)',
      ],
      WithDocument,
      ({ document, words }) => ({
        act: { kind: 'demandTermination', document },
        documents: [filed(document, 'termination')],
        ...contentsOf({ words }),
        rule: 'onFail',
      }),
    );
    actRoute(
      [
        'new-selection',
        'manageEvaluation',
        '重新选择 · Names the selection that was opened after the termination (Wuhai 十二)',
      ],
      z.strictObject({ selection: CaseNo }),
      async ({ selection }, { row }) => {
        await mustBeSelectedAnew(deps, row, selection);
        return { act: { kind: 'selectAgain', selection }, rule: 'afterTermination' };
      },
    );
    actRoute(
      [
        'closing',
        'manageEvaluation',
        '随协议结束 · The agreement has ended by itself: nothing is left to evaluate',
      ],
      z.strictObject({}),
      async (_given, { facts }) => {
        await mustHaveEnded(deps, facts.agreement);
        return { act: { kind: 'endWithAgreement' }, rule: 'period' };
      },
    );
  },
];
