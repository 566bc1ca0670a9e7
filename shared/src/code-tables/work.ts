import { codeTable } from './define.ts';

/** Intake, tasks, notices and documents: how work is handed round. */
export const workTables = {
  intakeStates: codeTable('收件状态', 'States of a receipt', {
    taken: ['已收件，待送达', 'Taken in'],
    delivered: ['已送达办理', 'Delivered'],
    refused: ['不予办理', 'Refused'],
    parked: ['待人工处理', 'Parked for a person'],
    struckOut: ['已注销', 'Struck out'],
  }),
  taskKinds: codeTable('待办类别', 'Kinds of tasks', {
    acceptance: ['受理', 'Acceptance'],
    check: ['合规性核查', 'Compliance check'],
    review: ['审核', 'Review'],
    checkDirection: ['督促限期核查', 'Direct an overdue check'],
    extensionAnswer: ['答复延期申请', 'Answer an extension request'],
    parkedAct: ['处理滞留收件', 'Settle a parked act'],
    correction: ['补正', 'Correction'],
    overreachDecision: ['处理超范围使用报告', 'Decide a report of overreach'],
    agreementSignature: ['签署协议', 'Sign an agreement'],
    agreementRendering: ['拟定协议', 'Render an agreement'],
    normDecision: ['审核规范', 'Decide a norm'],
    plan: ['实施方案', 'Implementation plan'],
    selection: ['运营机构遴选', 'Selection of the operator'],
    operatingAgreement: ['授权运营协议', 'Operating agreement'],
    evaluation: ['年度评估', 'Yearly evaluation'],
    productEgress: ['产品出域', 'Egress of a product'],
  }),
  noticeChannels: codeTable('告知渠道', 'Channels of notices', {
    inbox: ['站内收件箱', 'In-system inbox'],
    mail: ['电子邮件', 'Mail'],
    webhook: ['签名回调', 'Signed webhook'],
  }),
  deliveryStates: codeTable('送达状态', 'States of a delivery', {
    waiting: ['待送达', 'Waiting'],
    delivered: ['已送达', 'Delivered'],
    failed: ['送达失败', 'Failed'],
  }),
  documentStates: codeTable('文件状态', 'States of a document', {
    present: ['完好', 'Present'],
    missing: ['缺失', 'Missing'],
    altered: ['已被改动', 'Altered'],
  }),
  draftStates: codeTable('草稿状态', 'States of a draft', {
    open: ['编辑中', 'Open'],
    submitted: ['已提交', 'Submitted'],
    discarded: ['已废弃', 'Discarded'],
  }),
  checks: codeTable('运行检查', 'Checks of a part', { ok: ['正常', 'OK'], failed: ['不可用', 'Failed'] }),
  streamFindings: codeTable('事件流缺陷', 'Findings on a stream of events', {
    gap: ['缺失', 'Gap'],
    inversion: ['乱序', 'Inversion'],
  }),
  parkedEventAnswers: codeTable('滞留事件处理', 'Answers to a parked event', {
    retry: ['重试', 'Retry'],
    skip: ['跳过', 'Skip'],
  }),
};
