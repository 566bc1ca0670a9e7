/** Events of sanctions (X1): ids, codes, hashes, dates and counts. */
import { z } from 'zod';
import { supplyOrder } from '../supply-order.ts';
import { caseEvent, Code, Count, DateOn, Hash, Id } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) =>
  caseEvent('disclosure', zh, en, { ...procedureBase, ...shape });
const Codes = Code.array().max(50);
const decision = { reasonCodes: Codes, document: Hash };

export const sanctionEvents = {
  'sanction.opened.v1': c('惩戒已启动', 'A sanction was opened on grounds', {
    ...{ target: Id, targetRole: Code },
    grounds: z.array(z.object({ code: Code, case: Id.nullable() })).max(20),
  }),
  'sanction.replied.v1': c('已陈述申辩', 'The body replied', {
    ...{ document: Hash.nullable(), final: z.boolean(), number: Count },
  }),
  'sanction.replyClosed.v1': c('陈述申辩期满', 'The right of reply has passed', { replies: Count }),
  'sanction.heard.v1': c('已听取陈述申辩', 'The body was heard', { on: DateOn, document: Hash }),
  'sanction.decided.v1': c('已作出惩戒决定', 'A sanction was decided', {
    ...{ ...decision, target: Id, measures: Codes, handOverTo: Code.nullable(), replies: Count },
    ...{ hearings: Count, late: z.boolean() },
    // The last day that each measure counts; cases decided before it was told have none.
    lastDays: z
      .array(z.object({ measure: Code, lastDay: DateOn.nullable() }))
      .max(5)
      .optional(),
  }),
  'sanction.applied.v1': c('惩戒措施已生效', 'A measure that suspends stands', {
    ...{ ...supplyOrder, measure: Code, lastDay: DateOn.nullable() },
  }),
  'sanction.lifted.v1': c('惩戒措施已解除', 'A measure that suspended was lifted', {
    ...{ ...supplyOrder, measure: Code, why: Code },
  }),
  'sanction.measureEnded.v1': c('惩戒措施已终止', 'A measure has ended', { measure: Code, why: Code }),
  'sanction.liftDecided.v1': c('决定解除惩戒', 'It was decided to lift the sanction', decision),
  'sanction.terminationRecorded.v1': c('已登记终止授权', 'The end of the mandate was recorded', {
    document: Hash,
  }),
  'sanction.reviewRequested.v1': c('已申请复核', 'A review was asked for', { document: Hash.nullable() }),
  'sanction.reviewDecided.v1': c('复核已决定', 'The review was decided', { ...decision, result: Code }),
  'sanction.dropped.v1': c('决定不予惩戒', 'No sanction is taken', decision),
  'sanction.closed.v1': c('惩戒已办结', 'The sanction was closed', { measures: Count }),
  'sanction.overdue.v1': caseEvent('disclosure', '惩戒环节逾期', 'A step is overdue', overdueShape),
  'sanction.reminderDue.v1': caseEvent('disclosure', '期限将满催办', 'A period ends soon', reminderShape),
};
