/** Events of the yearly evaluation (V1, V2): marks by indicator, never an answer or a word of a questionnaire. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id, publicEvent } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

type Shape = Parameters<typeof caseEvent>[3];
const e = <S extends Shape>(zh: string, en: string, shape: S) => caseEvent('registry', zh, en, shape);

const Outcome = z.enum(['pass', 'rectify', 'fail']);
const Round = z.int().min(1).max(2);
/** A decimal, or a fraction `p/q`, as text. */
const Exact = z.string().regex(/^-?[\d./]{1,40}$/);
const withoutSource = z.array(z.object({ indicator: Code, weight: Exact })).max(20);
const composite = { exact: Exact.nullable(), shown: Exact.nullable(), withoutSource };
const document = { ...procedureBase, document: Hash };
const result = { ...procedureBase, outcome: Outcome, dueOn: DateOn.nullable(), round: Round };

export const evaluationEvents = {
  'evaluation.opened.v1': e('年度评估已启动', 'A yearly evaluation was opened', {
    ...procedureBase,
    ...{ agreement: Id, operator: Id, year: z.int(), from: DateOn, until: DateOn },
    withoutSource: Code.array().max(20),
  }),
  'evaluation.participantsNamed.v1': e('会同评估单位已确定', 'Bodies that take part were named', {
    ...document,
    participants: z.array(z.object({ organisation: Id, role: Code })).max(50),
  }),
  'evaluation.questionnairesSent.v1': e('评估问卷已发出', 'The questionnaires were sent', {
    ...procedureBase,
    until: DateOn,
    asked: z.array(z.object({ group: Code, bodies: Count })).max(20),
  }),
  'evaluation.questionnaireAnswered.v1': e('收到问卷答复', 'A questionnaire was answered, or changed', {
    ...procedureBase,
    ...{ group: Code, answer: Hash, again: z.boolean() },
  }),
  'evaluation.questionnairesClosed.v1': e('评估问卷已截止', 'The questionnaires were closed', {
    ...procedureBase,
    answers: Count,
  }),
  'evaluation.scored.v1': e('评估已评分', 'The indicators were marked', {
    ...procedureBase,
    marks: z.array(z.object({ indicator: Code, mark: Exact.nullable() })).max(20),
    dimensions: z.array(z.object({ dimension: Code, mark: Exact })).max(20),
    ...composite,
  }),
  'evaluation.resultProposed.v1': e(
    '评估结果已拟定',
    'A result was proposed; the operator may reply',
    result,
  ),
  'evaluation.replied.v1': e('运营机构已陈述申辩', 'The operator replied', { ...document, number: Count }),
  'evaluation.resultStands.v1': e('评估结果已确定', 'The result stands', { ...result, proposals: Count }),
  'evaluation.rectificationOrdered.v1': e('已载明整改期限', 'The order named the last day of rectification', {
    ...result,
    proposals: Count,
  }),
  'evaluation.resultPublished.v1': publicEvent(
    'registry',
    '年度评估结果',
    'The result of a yearly evaluation',
    {
      ...procedureBase,
      ...{ agreement: Id, operator: Id, year: z.int(), outcome: Outcome, round: Round },
      ...composite,
      secondRectify: z.boolean(),
    },
  ),
  'evaluation.rectificationPlanned.v1': e('整改方案已提交', 'The plan of rectification is in', document),
  'evaluation.rectificationReported.v1': e('整改完成已报告', 'Rectification was reported done', document),
  'evaluation.overdue.v1': e('整改逾期', 'Rectification is overdue', overdueShape),
  'evaluation.terminated.v1': e('因评估终止协议', 'The agreement is to end for its evaluation', {
    ...document,
    ...{ agreement: Id, operator: Id, cause: z.enum(['failedEvaluation', 'rectificationOverdue']) },
  }),
  'evaluation.newSelection.v1': e('已重新选择运营机构', 'A new selection has begun', {
    ...procedureBase,
    selection: Id,
  }),
  'evaluation.agreementEnded.v1': e(
    '协议终止，评估结束',
    'The evaluation ended with its agreement',
    procedureBase,
  ),
  'evaluation.reminderDue.v1': e('期限将满催办', 'A period of the evaluation ends soon', reminderShape),
};
