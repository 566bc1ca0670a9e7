/** Events of the implementation plan (P1, P2). */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id, publicEvent } from './define.ts';
import { deliberationShape, overdueShape, procedureBase, reminderShape } from './procedure.ts';

type Shape = Parameters<typeof caseEvent>[3];
const e = <S extends Shape>(zh: string, en: string, shape: S) => caseEvent('registry', zh, en, shape);
const version = { version: Count, replaces: Id.nullable(), contentHash: Hash };
const late = { late: z.boolean() };
const filing = { ...procedureBase, filing: Id };

export const planEvents = {
  'plan.opened.v1': e('实施方案已启动', 'An implementation plan was opened', {
    ...procedureBase,
    ...version,
  }),
  'plan.revised.v1': e('实施方案已修改', 'The plan was revised', { ...procedureBase, contentHash: Hash }),
  'plan.deliberated.v1': e('集体决策通过', 'The plan was carried by collective decision', {
    ...deliberationShape,
    ...late,
  }),
  'plan.notCarried.v1': e('集体决策未通过', 'The plan was not carried', { ...deliberationShape, ...late }),
  'plan.approved.v1': e('政府审定通过', 'The government approved the plan', {
    ...procedureBase,
    document: Hash,
    ...late,
  }),
  'plan.notApproved.v1': e('政府审定未通过', 'The government did not approve the plan', {
    ...procedureBase,
    document: Hash,
    ...late,
    reasonCodes: Code.array().max(50),
  }),
  'plan.inForce.v1': publicEvent('registry', '实施方案已生效', 'The plan is in force', {
    ...procedureBase,
    ...version,
  }),
  'plan.filed.v1': e('实施方案已报送备案', 'The plan was sent to be filed', {
    ...filing,
    to: Code.nullable(),
    ...late,
  }),
  'plan.filingReceipted.v1': e('备案已回执', 'The filing was receipted', {
    ...filing,
    on: DateOn,
    document: Hash,
  }),
  'plan.filingReturned.v1': e('备案被退回', 'The filing was returned', {
    ...filing,
    on: DateOn,
    document: Hash,
    reasonCodes: Code.array().max(50),
  }),
  'plan.overdue.v1': e('环节逾期', 'A step of the plan is overdue', overdueShape),
  'plan.reminderDue.v1': e('期限将满催办', 'A period of the plan ends soon', reminderShape),
  'plan.withdrawn.v1': e('实施方案已撤回', 'The plan was withdrawn', procedureBase),
};
