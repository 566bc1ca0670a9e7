import type { CaseOutcome, Step } from '../application/types.ts';
import type { ExtensionState, LedgerEntry } from '../clock/ledger.ts';
import type { TurnAct, TurnOutcome } from '../clock/turn.ts';
import { type Lifecycle, lifecycles } from '../lifecycle.ts';
import type { ReviewerKind } from '../resource.ts';
import { codeTable } from './define.ts';

/** Cases and the turns they pass through (A1–A6, M1). */
export const caseTables = {
  lifecycles: codeTable<Lifecycle>('办理事项', 'Lifecycles', {
    application: [lifecycles.application.title, 'Data-use application'],
    onboarding: [lifecycles.onboarding.title, 'Onboarding of a merchant'],
  }),
  steps: codeTable<Step>('环节', 'Steps', {
    acceptance: ['受理', 'Acceptance'],
    check: ['合规性核查', 'Compliance check'],
    review: ['审核', 'Review'],
  }),
  deadlineSteps: codeTable('可预览期限的环节', 'Steps whose deadline can be previewed', {
    'dataUseApplication.acceptance': ['使用申请受理', 'Acceptance of a data-use application'],
    'dataUseApplication.check': ['使用申请合规性核查', 'Check of a data-use application'],
    'dataUseApplication.review': ['使用申请审核', 'Review of a data-use application'],
  }),
  caseStates: codeTable('案件进度', 'Progress of a case', {
    open: ['办理中', 'Open'],
    ended: ['已办结', 'Ended'],
  }),
  caseOutcomes: codeTable<CaseOutcome | 'checkFailed' | 'enrolled' | 'notEnrolled'>(
    '案件结果',
    'Outcomes of a case',
    {
      approved: ['批准', 'Approved'],
      approvedWithDeemedReviews: ['批准（部分审核视为同意）', 'Approved, some reviews by silence'],
      deemedApproved: ['视为批准（全部审核逾期）', 'Deemed approved: every review by silence'],
      refused: ['未批准', 'Refused'],
      checkFailed: ['核查未通过', 'The check failed'],
      withdrawn: ['撤回', 'Withdrawn'],
      lapsed: ['逾期未补正终止', 'Lapsed: the correction never came'],
      enrolled: ['准予注册进驻', 'Enrolled'],
      notEnrolled: ['不予注册进驻', 'Not enrolled'],
    },
  ),
  turnOutcomes: codeTable<TurnOutcome>('环节结果', 'Outcomes of a turn', {
    open: ['办理中', 'Open'],
    approved: ['同意', 'Approved'],
    refused: ['不同意', 'Refused'],
    deemedApproved: ['逾期视为同意', 'Deemed approved: by silence'],
    deemedRefused: ['逾期视为不同意', 'Deemed refused: by silence'],
    withdrawn: ['申请人撤回', 'Withdrawn by the applicant'],
    lapsed: ['逾期未补正终止', 'Lapsed: the correction never came'],
  }),
  turnEnds: codeTable('环节如何结束', 'What ended a turn', {
    decision: ['作出决定', 'A decision'],
    silence: ['逾期未答复', 'Silence'],
    withdrawal: ['撤回', 'A withdrawal'],
    lapse: ['逾期未补正', 'A correction that never came'],
  }),
  decisions: codeTable('决定', 'Decisions', {
    approve: ['同意', 'Approve'],
    refuse: ['不同意', 'Refuse'],
  }),
  extensionAnswers: codeTable('延期答复', 'Answers to an extension request', {
    grant: ['准予', 'Grant'],
    refuse: ['不予', 'Refuse'],
  }),
  extensionStates: codeTable<ExtensionState>('延期申请状态', 'States of an extension request', {
    pending: ['待答复', 'Pending'],
    granted: ['已准予', 'Granted'],
    refused: ['不予延期', 'Refused'],
    lapsed: ['已失效', 'Lapsed'],
  }),
  findings: codeTable('核查结论', 'Findings of a check', {
    passed: ['符合', 'Passed'],
    failed: ['不符合', 'Failed'],
  }),
  reviewerKinds: codeTable<ReviewerKind>('审核主体类别', 'Kinds of reviewers (Zhongwei art. 21)', {
    sourceDepartment: ['数源部门', 'Source department'],
    countyAuthority: ['县区数据主管部门', 'County authority'],
    operator: ['运营机构', 'Operator'],
  }),
  contentParts: codeTable('申请内容', 'Parts of an application (Zhongwei art. 20)', {
    scenario: ['应用场景', 'Scenario'],
    fieldCode: ['所属领域代码', 'Code of the field'],
    scenarioCode: ['应用场景代码', 'Code of the registered scenario'],
    scope: ['使用范围', 'Scope'],
    manner: ['使用方式', 'Manner'],
    term: ['使用期限', 'Term'],
    securityMeasures: ['安全防护措施', 'Security measures'],
    documents: ['材料文件', 'Documents'],
  }),
  turnActs: codeTable<TurnAct['kind']>('环节中的行为', 'Acts on a turn', {
    return: ['退回补正', 'Return for correction'],
    resubmit: ['补正后提交', 'Resubmission'],
    requestExtension: ['申请延期', 'Extension request'],
    grantExtension: ['准予延期', 'Extension granted'],
    refuseExtension: ['不予延期', 'Extension refused'],
    decide: ['作出决定', 'Decision'],
    withdraw: ['撤回', 'Withdrawal'],
  }),
  ledgerEntries: codeTable<LedgerEntry['kind']>('期限台账事项', 'Entries of a clock’s ledger', {
    started: ['起算', 'Started'],
    returned: ['退回补正', 'Returned for correction'],
    resubmitted: ['补正后提交', 'Resubmitted'],
    extensionRequested: ['申请延期', 'Extension requested'],
    extensionGranted: ['准予延期', 'Extension granted'],
    extensionRefused: ['不予延期', 'Extension refused'],
    calendarChanged: ['节假日安排变更', 'Calendar changed'],
    heldForIntake: ['收件中断，期限顺延', 'Held: intake was down'],
    heldForActs: ['有收件在途，暂缓', 'Held: acts are on their way'],
    overdue: ['逾期', 'Overdue'],
    succeeded: ['由承继单位办理', 'Passed to the successor'],
  }),
  historyItems: codeTable('案件经过', 'Items of a case’s history', {
    act: ['收件', 'An act of a person'],
    event: ['事件', 'An event'],
  }),
};
