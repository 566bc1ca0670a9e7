/** Events of complaints (S4): codes, dates, counts and the bodies that look into them; never who complained, nor a word of it. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Id } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) =>
  caseEvent('disclosure', zh, en, { ...procedureBase, ...shape });
const result = { about: Code, result: Code };

export const complaintEvents = {
  'complaint.opened.v1': c('收到投诉', 'A complaint came in', {
    ...{ about: Code, from: Code, identity: Code, ownWords: z.boolean(), linked: z.boolean() },
    attachments: Count,
  }),
  'complaint.factsRequested.v1': c('已要求补充材料', 'What is lacking was asked for', {}),
  'complaint.factsSupplied.v1': c('投诉人已补充材料', 'It was supplied', { attachments: Count }),
  'complaint.factsNotSupplied.v1': c('逾期未补充材料', 'It was not supplied in time', { lastDay: DateOn }),
  'complaint.accepted.v1': c('投诉已受理', 'A complaint was accepted', {}),
  'complaint.deemedAccepted.v1': c('逾期未处理，视为受理', 'A complaint counts as accepted', {
    lastDay: DateOn,
  }),
  'complaint.notAccepted.v1': c('投诉不予受理', 'A complaint was not accepted', {
    about: Code,
    ground: Code,
  }),
  'complaint.bodyAsked.v1': c('已请有关单位协查', 'A body was asked to look into it', {
    ...{ body: Id, role: Code },
    ownWords: z.boolean().describe('The complainant allowed its own words to be passed on'),
  }),
  'complaint.bodyAnswered.v1': c('协查单位已答复', 'A body that was asked has answered', {
    ...{ body: Id, finding: Code, left: Count, late: z.boolean() },
  }),
  'complaint.inquiryOverdue.v1': c('协查逾期', 'A body has not answered in its time', {
    body: Id,
    lastDay: DateOn,
  }),
  'complaint.bodyReplaced.v1': c('协查单位由承接单位代替', 'A successor answers for a body', {
    body: Id,
    by: Id,
  }),
  'complaint.extended.v1': c('答复期限已延长', 'The answer was put off', { workingDays: Count }),
  'complaint.answered.v1': c('投诉已答复', 'A complaint was answered', {
    ...{ ...result, measures: z.array(Code).max(7) },
    days: Count.describe('Days from receipt to the answer'),
    unheard: Count.describe('Bodies that let their time pass'),
    noDepartment: Code.optional().describe('Why no department was asked, where none was'),
    late: z.boolean(),
  }),
  'complaint.reviewRequested.v1': c('投诉人申请复核', 'A review was asked for', {}),
  'complaint.reviewDecided.v1': c('复核已有结论', 'A review was decided', {
    ...{ decision: Code, before: Code, result: Code, late: z.boolean() },
  }),
  'complaint.closed.v1': c('投诉已办结', 'A complaint was closed', { ...result, reviewed: z.boolean() }),
  'complaint.withdrawn.v1': c('投诉已撤回', 'A complaint was withdrawn', { about: Code }),
  'complaint.overdue.v1': caseEvent('disclosure', '投诉环节逾期', 'A step is overdue', overdueShape),
  'complaint.reminderDue.v1': caseEvent('disclosure', '期限将满催办', 'A period ends soon', reminderShape),
  'complaint.identityRead.v1': caseEvent('disclosure', '投诉人身份已查阅', 'Who complained was read', {
    ...{ caseNo: Id, purpose: Code },
  }),
};
