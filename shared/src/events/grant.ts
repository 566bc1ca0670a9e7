/** Events of the standard agreement (格式协议) and of the grant (使用授权) that its two signatures make. */
import { z } from 'zod';
import { Code, Count, caseEvent, DateOn, Hash, Id, Instant, restsOn } from './define.ts';

const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) => caseEvent('catalog', zh, en, shape);

const agreement = {
  agreementNo: Id,
  caseNo: Id,
  packVersion: Hash,
  merchant: Id,
  operator: Id,
  agreementHash: Hash,
  ...restsOn,
};
/** Whom a grant concerns: both parties, the bureau, and the bodies that reviewed its resources. */
const grant = {
  grantNo: Id,
  caseNo: Id,
  merchant: Id,
  operator: Id,
  authority: Id,
  reviewers: z.array(Id),
  ...restsOn,
};
const scope = z.object({
  resource: Id,
  reviewer: Id,
  fields: z.array(z.object({ field: Id, grade: Code.nullable(), kind: Code.nullable() })),
});
const reasonCodes = z.array(Code).max(50);
const report = { ...grant, report: Id, reportedBy: Id };

export const grantEvents = {
  'agreement.rendered.v1': c('格式协议已拟定', 'The standard agreement was rendered', {
    ...agreement,
    version: Count.min(1),
  }),
  'agreement.signed.v1': c('格式协议已签署（一方）', 'A party signed the standard agreement', {
    ...agreement,
    party: Code,
    complete: z.boolean(),
  }),
  'grant.granted.v1': c('使用授权生效', 'Both parties signed: the grant was made', {
    ...grant,
    agreementNo: Id,
    agreementHash: Hash,
    kind: Code,
    replaces: Id.nullable(),
    resources: z.array(Id).min(1),
    /** Fields by marks that stand for their names, each with its grade; not told before 0.4.0. */
    scope: z.array(scope).optional(),
    purpose: Code,
    fromOn: DateOn,
    untilOn: DateOn,
    /** Made on paper before: `caseNo` and `agreementNo` are its own number, the hash is the paper's. */
    broughtIn: z.literal(true).optional(),
  }),
  'grant.expiring.v1': c('使用授权将到期', 'The grant will expire', {
    ...grant,
    untilOn: DateOn,
    calendarDaysLeft: Count,
  }),
  'grant.expired.v1': c('使用授权到期', 'The grant expired', { ...grant, endedAt: Instant }),
  'grant.endedEarly.v1': c('使用授权提前终止', 'The grant was ended early', {
    ...grant,
    endedAt: Instant,
    endKind: Code,
    reasonCodes,
  }),
  'grant.suspended.v1': c('使用授权暂停', 'The grant was suspended', {
    ...grant,
    suspension: Id,
    cause: Code,
    /** What it rests on: a report, a case, a body; by id. */
    about: Id.nullable(),
    reasonCodes,
  }),
  'grant.restored.v1': c('使用授权恢复', 'The grant was restored: no suspension is left', {
    ...grant,
    reasonCodes,
  }),
  'grant.suspensionLifted.v1': c('一项暂停解除，仍有其他暂停', 'One suspension was lifted, others stand', {
    ...grant,
    suspensions: z.array(Id).min(1),
    left: Count.min(1),
    reasonCodes,
  }),
  'grant.replaced.v1': c('使用授权由新授权替代', 'The grant was replaced by another', {
    ...grant,
    endedAt: Instant,
    by: Id,
  }),
  'grant.overreachReported.v1': c('数源部门报告超范围使用', 'Overreach was reported', {
    ...report,
    resources: z.array(Id).min(1),
    factsHash: Hash,
    documentHash: Hash.nullable(),
  }),
  'grant.overreachDecided.v1': c('超范围使用报告已处理', 'A report of overreach was decided', {
    ...report,
    outcome: Code,
    reasonCodes,
  }),
};
