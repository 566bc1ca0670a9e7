/** What goes into an evaluation: questionnaires, and figures that can be traced to their cases (V1; 中卫 三十三). */
import { actAnswers } from '@gongshu/infra/cases/case-routes';
import { instant } from '@gongshu/infra/cases/view-time';
import { CaseNo } from '@gongshu/infra/cases/view';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { isBusinessDate } from '@gongshu/shared/business-date';
import type { RunningState } from '@gongshu/shared/evaluation/machine-types';
import type { FrozenEvaluationRules } from '@gongshu/shared/evaluation/rules';
import { Decimal } from '@gongshu/shared/exact';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actOnEvaluation, evaluationFor } from '../evaluations/acts.ts';
import { figuresOf } from '../evaluations/figures.ts';
import {
  answerHash,
  bodiesToAsk,
  countAsked,
  type EvaluationDb,
  groupAsked,
  keepAnswer,
  keepAsked,
  mustBeAnswers,
  questionsOf,
  responseRates,
  standingAnswers,
} from '../evaluations/questionnaires.ts';
import { FiguresView, OwnQuestionnaire, QuestionnairesView } from '../evaluations/view.ts';

const Day = z.iso.date().refine(isBusinessDate, { params: { code: 'dateOutOfRange' } });
const Question = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/);

const columns: CsvColumn<OwnQuestionnaire>[] = [
  { title: '评估编号', value: ({ caseNo }) => caseNo },
  { title: '年度', value: ({ year }) => year },
  { title: '运营机构', value: ({ operator }) => operator },
  { title: '答卷类别', value: ({ group }) => group },
  { title: '最后一日', value: ({ until }) => until },
  { title: '已截止', value: ({ closed }) => (closed ? '是' : '否') },
  { title: '已答复', value: ({ scores }) => (scores === null ? '否' : '是') },
];

export const evaluationInputRoutes =
  (deps: ProcedureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as EvaluationDb;
    const path = '/v1/evaluations/:caseNo';
    const ask = { params: ProcedureParams, headers: IdempotencyKey };

    app.post(
      `${path}/questionnaires`,
      {
        config: { act: 'manageEvaluation' },
        schema: {
          summary: '发出问卷 · Asks every body the pack has heard, until a last day (Zhongwei art. 33)',
          ...ask,
          body: z.strictObject({ until: Day }),
          response: actAnswers,
        },
      },
      async (request, reply): Promise<never> => {
        const { caseNo } = request.params;
        const of = await evaluationFor(deps, request, caseNo);
        const { row, rules, facts } = of;
        const { jurisdiction } = row;
        request.mustBeAllowed({ jurisdiction });
        const bodies = await bodiesToAsk(db, rules, { jurisdiction, operator: facts.operator });
        return actOnEvaluation(deps, request, reply, of, {
          act: { kind: 'sendQuestionnaires', until: request.body.until, asked: countAsked(rules, bodies) },
          ...{ permission: 'manageEvaluation', rule: 'inputs' },
          // Who is asked stands from here on; what the machine refuses asks nobody anything.
          also: async (trx, { receivedAt }) => {
            if (row.outcome === null && (row.state as Partial<RunningState>).questionnaires === null)
              await keepAsked(trx as never, caseNo, bodies, receivedAt);
          },
        });
      },
    );

    app.post(
      `${path}/questionnaires/answers`,
      {
        config: { act: 'answerQuestionnaire' },
        schema: {
          summary: '答复问卷 · A body that was asked says what it thinks; it may change it until the end',
          ...ask,
          body: z.strictObject({
            scores: z
              .record(Question, Decimal)
              .refine((scores) => Object.keys(scores).length > 0, { params: { code: 'required' } }),
            words: z.string().trim().min(1).max(20_000).nullable().default(null),
          }),
          response: actAnswers,
        },
      },
      async (request, reply): Promise<never> => {
        const { caseNo } = request.params;
        const { organisation } = request.actor;
        const of = await evaluationFor(deps, request, caseNo);
        const object = { jurisdiction: of.row.jurisdiction, owner: organisation };
        request.mustBeAllowed(object);
        if (organisation === null) throw problem('questionnaireNotYours');
        const { group, again } = await groupAsked(db as never, caseNo, organisation);
        const scores = Object.fromEntries(
          Object.entries(request.body.scores).map(([question, score]) => [question, String(score)]),
        );
        mustBeAnswers(scores, of.rules);
        const answer = { scores, words: request.body.words };
        const hash = answerHash(caseNo, organisation, answer);
        return actOnEvaluation(deps, request, reply, of, {
          act: { kind: 'answerQuestionnaire', group, answer: hash, again },
          ...{ permission: 'answerQuestionnaire', object, rule: 'inputs' },
          also: (trx, { receipt, receivedAt: at }) =>
            keepAnswer(trx as never, { ...answer, caseNo, organisation, group, hash, receipt, at }),
        });
      },
    );

    app.post(
      `${path}/questionnaires/closing`,
      {
        config: { act: 'manageEvaluation' },
        schema: {
          summary: '提前截止问卷 · Closes the questionnaires before their last day',
          ...ask,
          body: z.strictObject({}),
          response: actAnswers,
        },
      },
      async (request, reply): Promise<never> => {
        const of = await evaluationFor(deps, request, request.params.caseNo);
        request.mustBeAllowed({ jurisdiction: of.row.jurisdiction });
        const act = { kind: 'closeQuestionnaires' } as const;
        return actOnEvaluation(deps, request, reply, of, {
          ...{ act, permission: 'manageEvaluation', rule: 'inputs' },
        });
      },
    );

    app.get(
      `${path}/questionnaires`,
      {
        config: { act: 'readEvaluations' },
        schema: {
          summary:
            'Who was asked, and how many have answered; what they said is for the bureau (Zhongwei art. 33)',
          params: ProcedureParams,
          response: { 200: QuestionnairesView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { caseNo } = request.params;
        const { row, rules } = await evaluationFor(deps, request, caseNo);
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        const { roles } = request.actor;
        const bureau = roles.includes('bureau');
        const answers = await standingAnswers(db as never, caseNo);
        const { questionnaires } = row.state as Partial<RunningState>;
        return {
          ...{ caseNo, questions: questionsOf(rules), groups: responseRates(rules, answers) },
          until: questionnaires?.until ?? null,
          closed: questionnaires?.closed ?? false,
          bodies:
            bureau || roles.includes('auditor')
              ? answers.map(({ organisation, group, answer }) => ({
                  ...{ organisation, group, answered: answer !== null },
                  answeredAt: answer === null ? null : instant(answer.at),
                  scores: answer?.scores ?? null,
                  words: bureau ? (answer?.words ?? null) : null,
                }))
              : null,
        };
      },
    );

    app.get(
      '/v1/evaluation-questionnaires',
      {
        config: { act: 'answerQuestionnaire', lists: true },
        schema: {
          summary: '待答问卷 · Questionnaires addressed to my own body, newest first',
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(OwnQuestionnaire), 'A page of questionnaires'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { jurisdiction, organisation } = request.actor;
        const { limit, cursor } = request.query;
        const [before] = decodeCursor(z.tuple([CaseNo]), cursor) ?? [];
        let query = db
          .selectFrom('evaluation_questionnaire as asked')
          .innerJoin('procedure', 'procedure.case_no', 'asked.case_no')
          .innerJoin('evaluation', 'evaluation.case_no', 'asked.case_no')
          .leftJoin('evaluation_answer as answer', (join) =>
            join
              .onRef('answer.case_no', '=', 'asked.case_no')
              .onRef('answer.organisation', '=', 'asked.organisation')
              .on('answer.stands', '=', true),
          )
          .select(['asked.case_no', 'asked.grp', 'evaluation.year', 'evaluation.operator'])
          .select(['procedure.start', 'procedure.state', 'answer.scores', 'answer.words'])
          .where('evaluation.jurisdiction', '=', jurisdiction)
          .where('asked.organisation', '=', organisation ?? '')
          .orderBy('asked.case_no', 'desc')
          .limit(limit + 1);
        if (before !== undefined) query = query.where('asked.case_no', '<', before);
        const found = page(request, reply, await query.execute(), limit, (row) => [row.case_no]);
        return sendPage(
          request,
          reply,
          { name: 'evaluation-questionnaires', columns },
          {
            items: found.items.map(({ case_no, grp, year, operator, start, state, scores, words }) => {
              const { questionnaires } = state as Partial<RunningState>;
              return {
                ...{ caseNo: case_no, group: grp, year, operator, scores, words },
                questions: questionsOf(start.rules as FrozenEvaluationRules),
                until: questionnaires?.until ?? null,
                closed: questionnaires?.closed ?? false,
              };
            }),
            next: found.next,
          },
        );
      },
    );

    app.get(
      `${path}/figures`,
      {
        config: { act: 'readEvaluations' },
        schema: {
          summary:
            'Figures by indicator and source, each with the cases it was counted from; no source is said so',
          params: ProcedureParams,
          response: { 200: FiguresView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { caseNo } = request.params;
        const { row, rules, facts } = await evaluationFor(deps, request, caseNo);
        const { jurisdiction } = row;
        request.mustBeAllowed({ jurisdiction });
        const { year, from, until } = facts;
        const indicators = await figuresOf(db as never, { caseNo, jurisdiction, facts, rules });
        return { caseNo, year, from, until, indicators };
      },
    );
  };
