/** Events of feedback on data quality (C6): ids, codes, dates and counts; the words stay in the case. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

const what = { resource: Id, fault: Code, department: Id, givenBy: Id };
const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) =>
  caseEvent('catalog', zh, en, { ...procedureBase, ...shape });

export const qualityFeedbackEvents = {
  'qualityFeedback.opened.v1': c('收到数据质量反馈', 'Feedback on data quality came in', {
    ...what,
    sample: Hash.nullable().describe('A document that shows the fault'),
  }),
  'qualityFeedback.extended.v1': c('答复期限已延长', 'The answer was put off', {
    ...what,
    workingDays: Count,
  }),
  'qualityFeedback.answered.v1': c('数源部门已答复', 'The source department answered', {
    ...{ ...what, answer: Code, days: Count, late: z.boolean() },
    ...{ on: DateOn.optional().describe('The day it was corrected'), ground: Code.optional() },
  }),
  'qualityFeedback.disputed.v1': c('反馈人有异议', 'Who gave it disputes the answer', what),
  'qualityFeedback.directed.v1': c('主管部门已督办', 'The authority directed what follows', {
    ...{ ...what, direction: Code },
    due: DateOn.nullable().describe('The day by which it is corrected; null where the answer stands'),
  }),
  'qualityFeedback.closed.v1': c('数据质量反馈已办结', 'Feedback was closed', {
    ...{ ...what, result: Code, by: Code, disputed: z.boolean(), days: Count },
  }),
  'qualityFeedback.bodyReplaced.v1': c('单位由承接单位代替', 'A successor takes a body’s place', {
    ...{ body: Id, by: Id },
  }),
  'qualityFeedback.overdue.v1': caseEvent('catalog', '数据质量反馈环节逾期', 'A step is overdue', {
    ...overdueShape,
    ...what,
  }),
  'qualityFeedback.directionOverdue.v1': caseEvent('catalog', '逾期未督办', 'No direction in time', {
    ...overdueShape,
    ...what,
  }),
  'qualityFeedback.reminderDue.v1': caseEvent('catalog', '期限将满催办', 'A period ends soon', reminderShape),
};
