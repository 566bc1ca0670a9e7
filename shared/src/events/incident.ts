/** Events of incidents, contingency plans and drills (X2): ids, codes, hashes, instants and counts. */
import { z } from 'zod';
import { supplyOrder, ToldScope } from '../supply-order.ts';
import { caseEvent, Code, Count, DateOn, Hash, Id, Instant, restsOn } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) =>
  caseEvent('disclosure', zh, en, shape);
const Codes = Code.array().max(50);
const late = z.boolean();
const document = Hash.nullable();
const workingDays = Count.optional().describe(
  'Working days of the step that follows, as the rules have them',
);
const personsConcerned = z
  .literal(true)
  .optional()
  .describe('It touches or may touch personal information: the persons concerned are told');
const plan = {
  ...{ plan: Id, body: Id, class: Code, scenario: Code.nullable(), version: Count },
  jointWith: Id.array().max(20).optional().describe('Who drew it up together with that body'),
  ...{ document: Hash, at: Instant, ...restsOn },
};
const drill = { drill: Id, body: Id, dueOn: DateOn, ...restsOn };

export const incidentEvents = {
  'incident.declared.v1': c('安全事件已申报', 'An incident was declared', {
    ...{ ...procedureBase, declarer: Id, declarerRole: Code, severity: Code, class: Code },
    ...{ knownAt: Instant, scope: ToldScope, operator: Id.nullable(), plan: Id.nullable() },
    personsConcerned,
  }),
  'incident.measured.v1': c('已采取处置措施', 'Measures were taken', {
    ...{ ...procedureBase, codes: Codes, document, number: Count, late },
  }),
  'incident.reported.v1': c('已报告主管部门或有关机关', 'A body was told of the incident', {
    ...{ ...procedureBase, to: Code, document: Hash, reportedAt: Instant, hours: Count, late },
  }),
  'incident.graded.v1': c('事件级别已调整', 'The severity was graded anew', {
    ...{ ...procedureBase, from: Code, to: Code },
  }),
  'incident.personsFound.v1': c('已认定涉及或者可能涉及个人信息', 'It was found that it may touch persons', {
    ...{ ...procedureBase },
  }),
  'incident.suspensionOrdered.v1': c('已责令暂停', 'Suspension was ordered', {
    ...{ ...procedureBase, ...supplyOrder, severity: Code, bound: Code, document: document.optional() },
  }),
  'incident.suspensionConfirmed.v1': c(
    '已认定现有暂停令足够',
    'The orders that stand were found to suffice',
    {
      ...{
        ...procedureBase,
        orders: Id.array().max(500),
        severity: Code,
        reasonCodes: Codes,
        document,
        late,
      },
    },
  ),
  'incident.suspensionOverdue.v1': c('逾期未责令暂停', 'Suspension was not ordered in its hours', {
    ...{ ...procedureBase, severity: Code, lastDay: DateOn },
    standing: Count.describe('Orders of the case that stand already, at a lower grade'),
    government: z.boolean().describe('The rules have the government told of it'),
  }),
  'incident.rectificationOrdered.v1': c('已责令整改', 'Rectification was ordered', {
    ...{ ...procedureBase, findings: Codes, document: Hash, workingDays },
  }),
  'incident.rectified.v1': c('已报送整改结果', 'The rectification was reported', {
    ...{ ...procedureBase, document: Hash, attempt: Count, late, workingDays },
  }),
  'incident.rectificationAccepted.v1': c('整改已验收', 'The rectification was accepted', {
    ...{ ...procedureBase, document, attempt: Count, workingDays },
  }),
  'incident.rectificationReturned.v1': c('整改未通过，退回', 'The rectification was returned', {
    ...{ ...procedureBase, reasonCodes: Codes, document, attempt: Count, workingDays },
  }),
  'incident.restorationOrdered.v1': c('已责令恢复', 'Restoration was ordered', {
    ...{ ...procedureBase, ...supplyOrder, document: Hash },
  }),
  'incident.reviewed.v1': c('事件已复盘', 'The incident was looked back on', {
    ...{ ...procedureBase, causes: Codes, document: Hash, late },
  }),
  'incident.dismissed.v1': c('事件属误报，已办结', 'It was a false alarm', {
    ...{ ...procedureBase, reasonCodes: Codes, document: Hash, lifted: Count },
  }),
  'incident.closed.v1': c('安全事件已办结', 'The incident was closed', {
    ...{ ...procedureBase, severity: Code, orders: Count, measures: Count, attempts: Count },
    lateReports: Count,
  }),
  'incident.overdue.v1': c('安全事件环节逾期', 'A step is overdue', overdueShape),
  'incident.reminderDue.v1': c('期限将满催办', 'A period ends soon', reminderShape),

  'contingencyPlan.submitted.v1': c('应急预案已报送', 'A contingency plan was handed in', plan),
  'contingencyPlan.inForce.v1': c('应急预案已生效', 'A contingency plan is in force', {
    ...{ ...plan, replaces: Id.nullable() },
  }),
  'contingencyPlan.returned.v1': c('应急预案已退回', 'A contingency plan was returned', {
    ...{ ...plan, reasonCodes: Codes },
  }),
  'drill.due.v1': c('应急演练到期提醒', 'A drill is due soon', drill),
  /** `missed`: periods without a drill, those that nobody looked at meanwhile counted. */
  'drill.overdue.v1': c('应急演练逾期未报', 'A drill is overdue', { ...drill, missed: Count.min(1) }),
  'drill.recorded.v1': c('应急演练已登记', 'A drill was recorded', {
    ...{ ...drill, heldOn: DateOn, document: Hash, findings: Codes, late },
  }),
};
