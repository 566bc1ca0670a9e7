import type { AuditState } from '../audit/types.ts';
import type { BulletinState } from '../bulletin/machine.ts';
import type { ComplaintState } from '../complaint/types.ts';
import type { DemandResponseState } from '../demand-response/types.ts';
import type { IncidentState } from '../incident/types.ts';
import type { AgreementState } from '../operating-agreement/types.ts';
import type { RevenueState } from '../permitted-revenue/types.ts';
import type { PlanState } from '../plan/types.ts';
import type { ProcedureKind } from '../procedure/kinds.ts';
import type { QualityFeedbackState } from '../quality-feedback/types.ts';
import type { SanctionState } from '../sanction/types.ts';
import type { SelectionState } from '../selection/types.ts';
import type { SettlementState } from '../settlement/types.ts';
import type { YearlyState } from '../yearly-disclosure/types.ts';
import { codeTable } from './define.ts';

type Ends<S extends { outcome: string | null }> = NonNullable<S['outcome']>;

/** Where each kind of procedure can stand, and how it ends, where no other file has it: one code, a word for each kind. */
export const stageTables = {
  planStages: codeTable<PlanState['stage']>('实施方案环节', 'Stages of an implementation plan', {
    collectiveDecision: ['“三重一大”审议', 'Collective decision'],
    governmentApproval: ['报请政府审定', 'Approval by the government'],
    filing: ['备案', 'Filing'],
    done: ['已办结', 'Ended'],
  }),
  planEnds: codeTable<Ends<PlanState>>('实施方案办结', 'How a plan ends', {
    inForce: ['已生效', 'In force'],
    withdrawn: ['已撤回', 'Withdrawn'],
  }),
  selectionStages: codeTable<SelectionState['stage']>('运营机构遴选环节', 'Stages of a selection', {
    consultation: ['征求意见', 'Consultation'],
    announcement: ['发布公告或邀请', 'Announcement or invitation'],
    bidding: ['受理投标', 'Bidding'],
    opening: ['开标', 'Opening of bids'],
    examination: ['资格审查', 'Examination of bids'],
    assessment: ['评审', 'Assessment'],
    tieVote: ['同分复核', 'Vote on a tie'],
    negotiation: ['谈判', 'Negotiation'],
    collectiveDecision: ['“三重一大”审议', 'Collective decision'],
    governmentApproval: ['报请政府批准', 'Approval by the government'],
    publicNotice: ['公示', 'Public notice'],
    coreAnnex: ['确认核心附件', 'Core annex'],
    done: ['已办结', 'Ended'],
  }),
  selectionEnds: codeTable<Ends<SelectionState>>('运营机构遴选办结', 'How a selection ends', {
    selected: ['已选定', 'Selected'],
    failed: ['未选定', 'Nobody was selected'],
    withdrawn: ['已终止遴选', 'Withdrawn'],
  }),
  agreementStages: codeTable<AgreementState['stage']>(
    '授权运营协议环节',
    'Stages of an operating agreement',
    {
      drafting: ['拟定', 'Drafting'],
      signing: ['签署', 'Signing'],
      filing: ['备案', 'Filing'],
      inForce: ['履行中', 'In force'],
      suspended: ['暂停', 'Suspended'],
      handOver: ['移交', 'Hand-over'],
      done: ['已办结', 'Ended'],
    },
  ),
  agreementEnds: codeTable<Ends<AgreementState>>('授权运营协议办结', 'How an operating agreement ends', {
    withdrawn: ['已撤回', 'Withdrawn'],
    expired: ['期满', 'Expired'],
    exited: ['已退出', 'Left'],
    terminated: ['已终止', 'Terminated'],
    renewed: ['已续约', 'Renewed'],
    reauthorised: ['已重新授权', 'Authorised anew'],
  }),
  revenueStages: codeTable<RevenueState['stage']>('最高准许收入环节', 'Stages of a permitted revenue', {
    review: ['会同审核', 'Review'],
    determination: ['核定', 'Determination'],
    approval: ['批准', 'Approval'],
    done: ['已办结', 'Ended'],
  }),
  revenueEnds: codeTable<Ends<RevenueState>>('最高准许收入办结', 'How a permitted revenue ends', {
    inForce: ['已执行', 'In force'],
    withdrawn: ['已撤回', 'Withdrawn'],
  }),
  settlementStages: codeTable<SettlementState['stage']>('结算环节', 'Stages of a settlement', {
    operatorConfirmation: ['运营机构确认', 'Confirmation by the operator'],
    financeConfirmation: ['财政部门确认', 'Confirmation by the finance office'],
    returned: ['已退回，待重新核定', 'Returned, to be frozen anew'],
    payment: ['支付', 'Payment'],
    done: ['已办结', 'Ended'],
  }),
  settlementEnds: codeTable<Ends<SettlementState>>('结算办结', 'How a settlement ends', {
    closed: ['已结清', 'Settled'],
  }),
  complaintStages: codeTable<ComplaintState['stage']>('投诉环节', 'Stages of a complaint', {
    submitted: ['待受理', 'Submitted'],
    correction: ['待补充材料', 'More was asked for'],
    investigating: ['调查处理', 'Being looked into'],
    answered: ['已答复', 'Answered'],
    underReview: ['复核', 'Under review'],
    done: ['已办结', 'Ended'],
  }),
  complaintEnds: codeTable<Ends<ComplaintState>>('投诉办结', 'How a complaint ends', {
    closed: ['已办结', 'Closed'],
    withdrawn: ['已撤回', 'Withdrawn'],
  }),
  incidentStages: codeTable<IncidentState['stage']>('安全事件环节', 'Stages of an incident', {
    handling: ['处置', 'Being handled'],
    rectification: ['整改', 'Rectification'],
    acceptance: ['整改验收', 'Acceptance of what was put right'],
    restoration: ['恢复供给', 'Restoration of supply'],
    review: ['复盘', 'Review'],
    done: ['已办结', 'Ended'],
  }),
  incidentEnds: codeTable<Ends<IncidentState>>('安全事件办结', 'How an incident ends', {
    closed: ['已办结', 'Closed'],
    falseAlarm: ['误报', 'A false alarm'],
  }),
  sanctionStages: codeTable<SanctionState['stage']>('惩戒环节', 'Stages of a sanction', {
    reply: ['陈述申辩', 'Right of reply'],
    decision: ['决定', 'Decision'],
    standing: ['执行中', 'Standing'],
    done: ['已办结', 'Ended'],
  }),
  sanctionEnds: codeTable<Ends<SanctionState>>('惩戒办结', 'How a sanction ends', {
    dropped: ['不予惩戒', 'Dropped'],
    closed: ['已办结', 'Closed'],
  }),
  disclosureEnds: codeTable<Ends<YearlyState>>('年度披露办结', 'How a disclosure ends', {
    closed: ['已归档', 'Closed'],
  }),
  bulletinEnds: codeTable<Ends<BulletinState>>('通报办结', 'How a bulletin ends', {
    issued: ['已印发', 'Issued'],
  }),
  auditStages: codeTable<AuditState['stage']>('风险评估与内控审计环节', 'Stages of an audit', {
    opened: ['待制定计划', 'To be planned'],
    planned: ['待实施', 'To be carried out'],
    carriedOut: ['待列明问题', 'Findings to be recorded'],
    reply: ['被评估单位陈述', 'Reply of the body'],
    settling: ['认定问题', 'Findings to be settled'],
    rectifying: ['整改', 'Rectification'],
    done: ['已办结', 'Ended'],
  }),
  auditEnds: codeTable<Ends<AuditState>>('风险评估与内控审计办结', 'How an audit ends', {
    closed: ['已办结', 'Closed'],
    withdrawn: ['已取消', 'Withdrawn'],
  }),
  qualityFeedbackStages: codeTable<QualityFeedbackState['stage']>(
    '数据质量反馈环节',
    'Stages of feedback on data quality',
    {
      given: ['待答复', 'To be answered'],
      correcting: ['更正中', 'Being corrected'],
      answered: ['已答复，待确认', 'Answered, to be confirmed'],
      disputed: ['有异议，待督促', 'Disputed'],
      done: ['已办结', 'Ended'],
    },
  ),
  qualityFeedbackEnds: codeTable<Ends<QualityFeedbackState>>(
    '数据质量反馈办结',
    'How feedback on data quality ends',
    {
      corrected: ['已更正', 'Corrected'],
      notAFault: ['非质量问题', 'Not a fault'],
      withdrawn: ['已撤回', 'Withdrawn'],
    },
  ),
  demandStages: codeTable<DemandResponseState['stage']>('数据需求响应环节', 'Stages of a demand for data', {
    filed: ['待受理', 'Filed'],
    coordinating: ['协调中', 'Being co-ordinated'],
    promised: ['已承诺提供', 'Promised'],
    done: ['已办结', 'Ended'],
  }),
  demandEnds: codeTable<Ends<DemandResponseState>>('数据需求响应办结', 'How a demand for data ends', {
    supplied: ['已提供', 'Supplied'],
    partly: ['部分提供', 'Partly supplied'],
    notHeld: ['无此数据', 'Not held'],
    refused: ['不予提供', 'Refused'],
    declined: ['不予协调', 'Declined'],
    withdrawn: ['已撤回', 'Withdrawn'],
  }),
};

/** The tables of words for the stages and the outcomes of a kind of procedure, by their names. */
export const standingTables: Readonly<Record<ProcedureKind, { stages: string; ends: string }>> = {
  plan: { stages: 'planStages', ends: 'planEnds' },
  selection: { stages: 'selectionStages', ends: 'selectionEnds' },
  operatingAgreement: { stages: 'agreementStages', ends: 'agreementEnds' },
  evaluation: { stages: 'evaluationStages', ends: 'evaluationEnds' },
  productEgress: { stages: 'egressStages', ends: 'productStates' },
  permittedRevenue: { stages: 'revenueStages', ends: 'revenueEnds' },
  ceilingPrice: { stages: 'ceilingStages', ends: 'ceilingOutcomes' },
  settlement: { stages: 'settlementStages', ends: 'settlementEnds' },
  complaint: { stages: 'complaintStages', ends: 'complaintEnds' },
  incident: { stages: 'incidentStages', ends: 'incidentEnds' },
  sanction: { stages: 'sanctionStages', ends: 'sanctionEnds' },
  yearlyDisclosure: { stages: 'disclosureStages', ends: 'disclosureEnds' },
  bulletin: { stages: 'bulletinStages', ends: 'bulletinEnds' },
  audit: { stages: 'auditStages', ends: 'auditEnds' },
  qualityFeedback: { stages: 'qualityFeedbackStages', ends: 'qualityFeedbackEnds' },
  demandResponse: { stages: 'demandStages', ends: 'demandEnds' },
};
