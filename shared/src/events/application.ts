import { z } from 'zod';
import { Article, Code, Count, caseEvent, Hash, Id, Instant, publicEvent } from './define.ts';

/** What every event of a data-use application says: which case, and under which pack version it runs. */
const base = { caseNo: Id, packVersion: Hash };
/** One reviewer's turn: `turn` is the step (acceptance, check, review …), `reviewer` the organisation's id. */
const turn = { ...base, turn: Code, reviewer: Id };
const limit = { deadline: Instant.nullable(), provisional: z.boolean() };
const limited = { ...turn, ...limit };
const reasons = { reasonCodes: z.array(Code).max(50), reasonsHash: Hash.nullable() };
const decided = { ...base, decidedAt: Instant, reviewers: z.array(Id), article: Article.optional() };
const silent = { ...limited, article: Article.optional(), calendarVersion: Id };

const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) => caseEvent('catalog', zh, en, shape);
const p = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) =>
  publicEvent('catalog', zh, en, shape);

/** Events of the data-use application (公共数据使用申请), from submission to decision or silence. */
export const applicationEvents = {
  'application.submitted.v1': c('申请已提交', 'An application was submitted', {
    ...base,
    applicant: Id,
    resources: z.array(Id).min(1),
    receivedAt: Instant,
    contentHash: Hash,
  }),
  'application.accepted.v1': c('申请已受理', 'The application was accepted; the clock starts', {
    ...base,
    acceptedAt: Instant,
  }),
  'application.deemedAccepted.v1': c('逾期未告知，视为受理', 'Not answered in time: deemed accepted', {
    ...base,
    acceptedAt: Instant,
    article: Article.optional(),
  }),
  'application.notAccepted.v1': c('不予受理', 'The application was not accepted, with reasons', {
    ...turn,
    ...reasons,
  }),
  'application.acceptanceOverdue.v1': c('受理逾期', 'Acceptance is overdue, still to be done', limited),
  'application.correctionRequested.v1': c(
    '一次性告知补正',
    'A correction was requested, everything at once',
    {
      ...base,
      turn: Code,
      reviewer: Id.nullable(),
      notice: Id,
      itemCodes: z.array(Code),
      itemsHash: Hash.nullable(),
      deadline: Instant.nullable(),
    },
  ),
  'application.resubmitted.v1': c('补正后重新提交', 'The corrected application came back', {
    ...base,
    notice: Id.nullable(),
    receivedAt: Instant,
    contentHash: Hash,
    changedFields: z.array(Code),
  }),
  'application.checkPassed.v1': c('合规性核查通过', 'The compliance check was passed', {
    ...turn,
    findingCodes: z.array(Code),
    late: z.boolean(),
  }),
  'application.checkFailed.v1': c('合规性核查未通过', 'The compliance check failed; the application ends', {
    ...turn,
    findingCodes: z.array(Code),
    ...reasons,
    late: z.boolean(),
  }),
  'application.checkOverdue.v1': c(
    '合规性核查逾期',
    'The compliance check is overdue, still to be done',
    limited,
  ),
  'application.checkDirected.v1': c('主管部门督促限期核查', 'The authority directed the check with a date', {
    ...turn,
    directedBy: Id,
    deadline: Instant,
  }),
  'application.reviewStarted.v1': c('审核开始', 'A review started', { ...limited, startedAt: Instant }),
  'application.reviewApproved.v1': c('审核同意', 'A reviewing body approved', {
    ...turn,
    late: z.boolean(),
    conditionCodes: z.array(Code),
    conditionsHash: Hash.nullable(),
  }),
  'application.reviewRefused.v1': c('审核不同意', 'A reviewing body refused, with reasons', {
    ...turn,
    late: z.boolean(),
    ...reasons,
  }),
  'application.reviewDeemedApproved.v1': c(
    '逾期未审核，视为同意',
    'Silence until the deadline: deemed approved',
    silent,
  ),
  'application.reviewDeemedRefused.v1': c(
    '逾期未审核，视为不同意',
    'Silence until the deadline: deemed refused',
    silent,
  ),
  'application.reviewOverdue.v1': c('审核逾期', 'A review is overdue and stays open', limited),
  'application.extensionRequested.v1': c('延期审核申请', 'A reviewing body asked for more time', {
    ...turn,
    extension: Id,
    workingDays: Count.min(1),
    receivedAt: Instant,
    documentHash: Hash.nullable(),
  }),
  'application.extensionGranted.v1': c('延期获准', 'The extension was granted', {
    ...limited,
    extension: Id,
    workingDays: Count.min(1),
  }),
  'application.extensionRefused.v1': c('延期未获准', 'The extension was refused; the old clock runs again', {
    ...limited,
    extension: Id,
    ...reasons,
  }),
  'application.extensionLapsed.v1': c('延期申请失效', 'The extension request lapsed', {
    ...limited,
    extension: Id,
  }),
  'application.reminderDue.v1': c('催办', 'A reminder is due', {
    ...limited,
    workingDaysLeft: Count,
    kind: Code,
    notice: Id.optional(),
  }),
  'application.escalated.v1': c('升级督办', 'The turn was escalated', {
    ...limited,
    escalatedTo: z.array(Id),
  }),
  'application.silenceCertified.v1': c('默示结果凭证', 'The certificate of silence was made', {
    ...turn,
    certificate: Id,
    certificateHash: Hash,
    outcome: Code,
    daysCounted: Count,
    daysSkipped: Count,
    deadline: Instant,
    calendarVersion: Id,
  }),
  'application.clockHeld.v1': c('期限暂缓生效', 'Silence was held back', {
    ...turn,
    holdCode: Code,
    deadline: Instant,
    heldUntil: Instant.nullable(),
  }),
  'application.clockRecomputed.v1': c('期限重新计算', 'The clock was computed anew', {
    ...limited,
    causeCode: Code,
    previousDeadline: Instant.nullable(),
    calendarVersion: Id,
  }),
  'application.bodySucceeded.v1': c('经办单位承继', 'The work of a body went to its successor', {
    ...turn,
    from: Id,
    to: Id,
  }),
  'application.taskAssigned.v1': c('事项指派', 'A turn was given to a person, or back to the office', {
    ...turn,
    assignee: Id.nullable(),
  }),
  'application.actStruckOut.v1': c('收件已注销', 'A parked act was struck out with a reason', {
    ...base,
    receipt: Id,
    act: Code,
  }),
  'application.approved.v1': p('申请获批准', 'The application was approved', decided),
  'application.deemedApproved.v1': p(
    '全部逾期，视为批准',
    'Every review was silent: deemed approved',
    decided,
  ),
  'application.approvedWithDeemedReviews.v1': p('批准（部分审核视为同意）', 'Approved, some reviews deemed', {
    ...decided,
    deemedReviewers: z.array(Id).min(1),
  }),
  'application.refused.v1': p('申请未获批准', 'The application was refused', {
    ...decided,
    refusedBy: z.array(Id),
    reasonCodes: z.array(Code),
  }),
  'application.withdrawn.v1': c('申请已撤回', 'The applicant withdrew', {
    ...base,
    stage: Code,
    receivedAt: Instant,
  }),
  'application.lapsed.v1': c('逾期未补正，申请终止', 'Not corrected in time: the application lapsed', {
    ...base,
    stage: Code,
    notice: Id.nullable(),
    deadline: Instant.nullable(),
  }),
};
