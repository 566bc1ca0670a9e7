/** Words of the notices of complaints, feedback on data quality and demands for data. */
import type { Sentence } from './sentences.ts';

const task = ['请在待办中办理', 'Act on it in your tasks'] as const;
const nothing = ['无需另行办理', 'Nothing is left for you to do'] as const;
const seeCase = ['详情见案件页', 'The case shows the rest'] as const;

export const complaintSentences: Readonly<Record<string, Sentence>> = {
  complaintOpened: ['收到投诉，事项 {about}', 'A complaint came in, about {about}', ...task],
  complaintFactsSupplied: ['投诉人已补充材料', 'The complainant supplied what was asked back', ...task],
  complaintFactsMissing: [
    '投诉人逾期未补充材料',
    'The complainant did not supply what was asked back',
    '请按现有材料决定是否受理',
    'Accept or refuse it on what there is',
  ],
  complaintDeemedAccepted: [
    '逾期未处理，视为受理',
    'Nobody spoke in time: the complaint counts as accepted',
    '请在答复期限内调查答复',
    'Look into it and answer within the limit',
  ],
  complaintBodyAsked: [
    '请贵单位协查投诉事项',
    'Your body is asked to look into a complaint',
    '请在期限内答复；不得打听投诉人身份',
    'Answer within the limit; who complained is not yours to ask',
  ],
  complaintBodyAnswered: ['{body} 已答复协查，结论 {finding}', '{body} answered: {finding}', ...task],
  complaintInquiryOverdue: [
    '{body} 协查逾期[，原最后一日 {lastDay}]',
    '{body} has not answered[; its last day was {lastDay}]',
    '仍可答复；主管部门可不待其意见作出答复',
    'It may answer still; the authority need not wait for it',
  ],
  complaintReviewRequested: ['投诉人申请复核', 'The complainant asks for a review', ...task],
  complaintReviewDecided: ['复核已有结论：{decision}', 'The review was decided: {decision}', ...seeCase],
  complaintClosed: ['协查的投诉已办结', 'A complaint you looked into was closed', ...nothing],
  procedureBodyReplaced: ['{body} 的事项由 {by} 承接', '{by} takes the place of {body}', ...task],

  qualityFeedbackOpened: [
    '数据资源 {resource} 收到质量反馈：{fault}',
    'Feedback on the quality of {resource}: {fault}',
    '请在期限内更正或者说明理由',
    'Correct it, or say why there is nothing to correct, within the limit',
  ],
  qualityFeedbackExtended: [
    '答复期限延长 {workingDays} 个工作日',
    'The answer was put off by {workingDays} working days',
    ...nothing,
  ],
  qualityFeedbackCorrected: [
    '数源部门已更正[，更正日期 {on}]',
    'The source department corrected it[ on {on}]',
    '请确认或者提出异议，逾期视为确认',
    'Confirm or dispute it; silence confirms',
  ],
  qualityFeedbackPromised: [
    '数源部门将予更正',
    'The source department will correct it',
    '更正后将再告知',
    'You will be told when it is done',
  ],
  qualityFeedbackNoFault: [
    '数源部门认为无需更正[，理由 {ground}]',
    'The source department finds nothing to correct[: {ground}]',
    '请确认或者提出异议，逾期视为确认',
    'Confirm or dispute it; silence confirms',
  ],
  qualityFeedbackDisputed: ['反馈人对答复有异议', 'The answer is disputed', ...seeCase],
  qualityFeedbackUndirected: [
    '主管部门逾期未督办',
    'The authority did not direct what follows in time',
    ...seeCase,
  ],
  qualityFeedbackDirected: [
    '主管部门已督办：{direction}[，更正期限 {due}]',
    'The authority directed: {direction}[, by {due}]',
    ...seeCase,
  ],
  qualityFeedbackClosed: [
    '数据质量反馈已办结，结果 {result}',
    'The feedback was closed: {result}',
    ...nothing,
  ],

  demandOpened: [
    '收到数据需求',
    'A demand for data came in',
    '请在期限内决定是否协调',
    'Decide within the limit whether it is taken up',
  ],
  demandAccepted: [
    '数据需求已受理协调',
    'The demand was taken up',
    '协调结果将在期限内告知',
    'Its result will be told within the limit',
  ],
  demandDeclined: ['数据需求不予协调，理由 {ground}', 'The demand was not taken up: {ground}', ...seeCase],
  demandBodyAsked: [
    '请贵单位答复可否供数',
    'Your body is asked whether it can supply',
    '请在期限内答复日期和目录，或者理由',
    'Say by when and by which entry, or why not, within the limit',
  ],
  demandBodyAnswered: ['{body} 已答复：{answer}', '{body} answered: {answer}', ...task],
  demandAnswerOverdue: [
    '{body} 答复逾期[，原最后一日 {lastDay}]',
    '{body} has not answered[; its last day was {lastDay}]',
    '仍可在协调结果作出前答复',
    'It may answer until the result is told',
  ],
  demandConcluded: ['协调结果：{result}', 'The result: {result}', ...seeCase],
  demandEntryNamed: [
    '{body} 将以目录 {resource} 供数',
    '{body} supplies by the entry {resource}',
    '公布后将再告知',
    'You will be told when it is published',
  ],
  demandSatisfied: [
    '所需数据已公布，目录 {resource}',
    'What was asked for is published: {resource}',
    '可按规定申请使用',
    'Apply for its use',
  ],
  demandPromiseOverdue: [
    '{body} 承诺供数逾期[，原最后一日 {lastDay}]',
    '{body} has not supplied as it promised[; the day was {lastDay}]',
    '请指明目录或者由主管部门决定',
    'Name the entry, or let the authority decide',
  ],
  demandPromiseDropped: ['不再等待 {body} 供数', '{body} is no longer waited for', ...seeCase],
  demandClosed: ['数据需求已办结：{result}', 'The demand was closed: {result}', ...nothing],
};
