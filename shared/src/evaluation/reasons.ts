/** Why a step of a yearly evaluation is refused: code → words, and the rule of the topic `evaluation` it rests on. */
import type { EvaluationRules } from '../packs/topics/evaluation.ts';

export const evaluationReasons = {
  notOpened: { zh: '年度评估尚未启动', en: 'no evaluation has been opened', rule: 'period' },
  evaluationOpen: { zh: '年度评估正在进行', en: 'the evaluation is under way', rule: 'outcomes' },
  yearEvaluated: { zh: '该年度已经评估', en: 'that year, or a later one, was evaluated', rule: 'period' },
  inputsMissing: { zh: '评估指标缺项', en: 'a mark is missing', rule: 'indicators' },
  indicatorUnknown: { zh: '政策包没有这一指标', en: 'the pack has no such indicator', rule: 'indicators' },
  scoreOutOfScale: { zh: '评分须在 0 至 100 之间', en: 'a mark lies between 0 and 100', rule: 'indicators' },
  outcomeNotInPack: { zh: '此地没有这一评估结果', en: 'there is no such result here', rule: 'outcomes' },
  dueDayMissing: { zh: '责令整改须载明期限', en: 'the order names the last day', rule: 'rectification' },
  dueDayFixed: { zh: '整改期限由规定确定', en: 'the limit is fixed by the text', rule: 'rectification' },
  dueDayPassed: {
    zh: '整改期限须在责令之后',
    en: 'the last day lies after the order',
    rule: 'rectification',
  },
  planIn: { zh: '整改方案已经提交', en: 'the plan is in already', rule: 'rectificationPlan' },
  planMissing: {
    zh: '尚未提交整改方案',
    en: 'a plan of rectification comes first',
    rule: 'rectificationPlan',
  },
  deadlinePassed: { zh: '整改期限已过', en: 'the limit of rectification has passed', rule: 'lateReport' },
  notReported: { zh: '整改情况尚未报告', en: 'rectification has not been reported', rule: 'noReport' },
  notRectifying: { zh: '不在整改期内', en: 'no rectification is under way', rule: 'rectification' },
  reEvaluationDue: {
    zh: '整改已报告，应再次评估',
    en: 're-evaluation is what follows',
    rule: 'rectification',
  },
  passed: { zh: '本年度已通过评估', en: 'this year’s evaluation was passed', rule: 'outcomes' },
  failed: { zh: '未通过评估，应终止协议', en: 'it failed; the agreement is terminated', rule: 'onFail' },
  notFailed: { zh: '没有终止协议的事由', en: 'there is no ground to terminate', rule: 'onFail' },
  terminated: { zh: '协议已经终止', en: 'the agreement has been terminated', rule: 'onFail' },
  notTerminated: {
    zh: '协议尚未终止',
    en: 'the agreement has not been terminated',
    rule: 'afterTermination',
  },
  newSelection: { zh: '已重新选择运营机构', en: 'a new selection has begun', rule: 'afterTermination' },
} as const satisfies Record<string, { zh: string; en: string; rule: keyof EvaluationRules }>;

export type EvaluationReason = keyof typeof evaluationReasons;
