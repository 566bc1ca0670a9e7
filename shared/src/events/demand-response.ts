/** Events of demands for data and their response (C7): ids, codes, dates and counts; the words stay in the case. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Id } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

const what = { asker: Id, need: Code };
const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) =>
  caseEvent('catalog', zh, en, { ...procedureBase, ...shape });

export const demandResponseEvents = {
  'demandResponse.opened.v1': c('收到数据需求', 'A demand for data came in', {
    ...{ ...what, scenario: Id.nullable(), resource: Id.nullable() },
  }),
  'demandResponse.accepted.v1': c('数据需求已受理协调', 'A demand was taken up', {
    ...{ ...what, late: z.boolean() },
  }),
  'demandResponse.declined.v1': c('数据需求不予协调', 'A demand was not taken up', {
    ...{ ...what, ground: Code, days: Count, late: z.boolean() },
  }),
  'demandResponse.bodyAsked.v1': c('已向单位征询供数', 'A body was asked to supply', {
    ...{ ...what, body: Id, role: Code },
  }),
  'demandResponse.bodyAnswered.v1': c('单位已答复可否供数', 'A body said whether it can supply', {
    ...{ ...what, body: Id, answer: Code, late: z.boolean(), ground: Code.optional() },
    due: DateOn.optional().describe('The day by which it supplies'),
    resource: Id.nullable().optional().describe('The entry by which it does, where it is named'),
  }),
  'demandResponse.answerOverdue.v1': c('单位答复逾期', 'A body has not answered in its time', {
    ...{ ...what, body: Id, lastDay: DateOn },
  }),
  'demandResponse.concluded.v1': c('协调结果已反馈', 'The result was told to who asked', {
    ...{ ...what, result: Code, asked: Count, can: Count, days: Count, late: z.boolean() },
  }),
  'demandResponse.entryNamed.v1': c('已指明供数目录', 'A body named the entry by which it supplies', {
    ...{ ...what, body: Id, resource: Id },
  }),
  'demandResponse.satisfied.v1': c('所需数据已公布', 'The entry that satisfies it was published', {
    ...{ ...what, body: Id, resource: Id },
  }),
  'demandResponse.promiseOverdue.v1': c('承诺供数逾期', 'A day that was promised has passed', {
    ...{ ...what, body: Id, lastDay: DateOn },
  }),
  'demandResponse.promiseDropped.v1': c('不再等待承诺供数', 'A promise is no longer waited for', {
    ...{ ...what, body: Id, late: z.boolean() },
  }),
  'demandResponse.closed.v1': c('数据需求已办结', 'A demand was closed', {
    ...{ ...what, result: Code, days: Count },
    resources: z.array(Id).max(50).describe('Entries that satisfied it'),
  }),
  'demandResponse.withdrawn.v1': c('数据需求已撤回', 'A demand was withdrawn', what),
  'demandResponse.bodyReplaced.v1': c('单位由承接单位代替', 'A successor takes a body’s place', {
    ...{ body: Id, by: Id },
  }),
  'demandResponse.overdue.v1': caseEvent(
    'catalog',
    '数据需求响应环节逾期',
    'A step is overdue',
    overdueShape,
  ),
  'demandResponse.reminderDue.v1': caseEvent('catalog', '期限将满催办', 'A period ends soon', reminderShape),
};
