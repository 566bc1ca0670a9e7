import { type EvaluationReason, evaluationReasons } from '../evaluation/reasons.ts';
import { type ProblemRow, problemRows } from './row.ts';

/** Codes that every clock refuses with stand with the clocks. */
type Own = Exclude<EvaluationReason, 'deadlinePassed'>;

/** What is wrong in the request itself, not in the state it meets. */
const inRequest: readonly EvaluationReason[] = [
  ...(['inputsMissing', 'indicatorUnknown', 'scoreOutOfScale', 'outcomeNotInPack'] as const),
  ...(['dueDayMissing', 'dueDayFixed', 'dueDayPassed'] as const),
];

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The words of the table that the preview goes by too: one reason, one code, one sentence. */
const ofTheTable = Object.fromEntries(
  Object.entries(evaluationReasons)
    .filter(([code]) => code !== 'deadlinePassed')
    .map(([code, { zh, en }]): [string, ProblemRow] => [
      code,
      {
        status: inRequest.includes(code as EvaluationReason) ? 422 : 409,
        title: { zh, en: capital(en) },
      },
    ]),
) as Record<Own, ProblemRow>;

/** Refusals. The yearly evaluation (V1, V2). */
export const evaluationProblems = {
  ...ofTheTable,
  ...problemRows({
    agreementNotInForce: {
      status: 409,
      title: { zh: '没有生效的授权运营协议', en: 'No such operating agreement is in force' },
      detail: {
        zh: '请填写已生效协议的案件编号。',
        en: 'Name the case of an agreement that came into force.',
      },
    },
    agreementStands: {
      status: 409,
      title: { zh: '授权运营协议尚未终止', en: 'The operating agreement has not ended' },
      detail: { zh: '协议终止后方可结束评估。', en: 'The evaluation ends with its agreement, not before.' },
    },
    participantsMissing: {
      status: 409,
      title: { zh: '尚未确定会同评估的单位', en: 'Nobody has been named to take part in the evaluation' },
      detail: { zh: '请先登记会同单位或受托第三方。', en: 'Name the bodies that take part first.' },
    },
    participantNotForeseen: {
      status: 422,
      title: { zh: '此地未规定此类单位参与评估', en: 'No body of this kind takes part in evaluations here' },
    },
    questionnairesSent: {
      status: 409,
      title: { zh: '问卷已发出', en: 'The questionnaires have been sent' },
    },
    answersDayPassed: {
      status: 422,
      title: { zh: '问卷截止日须在今日之后', en: 'The last day for answers lies after today' },
    },
    yearOutsideTerm: {
      status: 422,
      title: { zh: '该年度不在协议期限内', en: 'No year of the agreement’s term begins in that year' },
    },
    questionnairesNotSent: {
      status: 409,
      title: { zh: '问卷尚未发出', en: 'No questionnaire has been sent' },
    },
    questionnairesOpen: {
      status: 409,
      title: { zh: '问卷尚未截止', en: 'The questionnaires are still open' },
      detail: {
        zh: '最后一日：{until}；也可提前截止。',
        en: 'Their last day is {until}; close them, or wait.',
      },
    },
    questionnairesClosed: {
      status: 409,
      title: { zh: '问卷已截止', en: 'The questionnaires are closed' },
    },
    questionnaireNotYours: {
      status: 403,
      title: { zh: '本单位不在受访范围', en: 'Your body was not asked' },
    },
    questionUnknown: {
      status: 422,
      title: { zh: '问卷没有这一问题', en: 'The questionnaire has no such question' },
    },
    indicatorHasNoSource: {
      status: 422,
      title: { zh: '该指标没有数据来源，不得评分', en: 'This indicator has no source: it has no mark' },
      detail: { zh: '其权重单独列明。', en: 'Leave it out; its weight is told.' },
    },
    resultProposed: {
      status: 409,
      title: { zh: '已拟定结果，等待陈述申辩', en: 'A result has been proposed and waits for the reply' },
    },
    noResultProposed: {
      status: 409,
      title: { zh: '尚未拟定评估结果', en: 'No result has been proposed' },
    },
    replyIn: {
      status: 409,
      title: { zh: '已经陈述申辩', en: 'The reply is in already' },
    },
    replyOpen: {
      status: 409,
      title: { zh: '陈述申辩期未满', en: 'The operator may still reply' },
      detail: { zh: '期满无陈述申辩的，结果自行确定。', en: 'Without a reply the result stands by itself.' },
    },
    orderDue: {
      status: 409,
      title: { zh: '应先载明整改期限', en: 'The order has to name the last day first' },
    },
    noOrderDue: {
      status: 409,
      title: { zh: '没有待载明期限的整改', en: 'No order waits for its day' },
    },
    selectionUnfit: {
      status: 422,
      title: { zh: '所填遴选案件不符', en: 'That is no selection begun after the termination' },
      detail: {
        zh: '请填写终止后启动的遴选案件。',
        en: 'Name a selection opened after the agreement ended.',
      },
    },
  }),
};
