/** Events of what users say of products (E5) and of checks on developers (A9): ids and codes, never the words. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id, restsOn } from './define.ts';

const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) => caseEvent('registry', zh, en, shape);
const feedback = { feedback: Id, product: Id, owner: Id, operator: Id, kind: Code, ...restsOn };
const spotCheck = { spotCheck: Id, product: Id.nullable(), owner: Id, inspector: Id, ...restsOn };
const items = z.array(Code).min(1).max(20);

export const productUseEvents = {
  'productFeedback.given.v1': c('收到产品使用反馈', 'Feedback on a product came in', {
    ...feedback,
    givenBy: Id,
  }),
  'productFeedback.relayed.v1': c('产品反馈已转数源部门', 'Feedback was relayed to its sources', {
    ...feedback,
    departments: z.array(Id).min(1).max(20),
    lastDay: DateOn.nullable(),
  }),
  'productFeedback.answered.v1': c('数源部门已答复产品反馈', 'A source department answered', {
    ...feedback,
    givenBy: Id,
    department: Id,
    outcome: Code,
    late: z.boolean(),
    left: Count,
  }),
  'productFeedback.closed.v1': c('产品反馈已办结', 'Feedback was closed', {
    ...feedback,
    givenBy: Id,
    closedAs: Code,
  }),
  'spotCheck.opened.v1': c('抽查已发起', 'A spot check was opened', {
    ...spotCheck,
    items,
    notice: Hash,
    lastDay: DateOn.nullable(),
  }),
  'spotCheck.answered.v1': c('抽查对象已答复', 'Who is checked has answered', {
    ...spotCheck,
    late: z.boolean(),
  }),
  'spotCheck.concluded.v1': c('抽查已有结论', 'A spot check was concluded', {
    ...spotCheck,
    outcome: Code,
    findings: z.array(Code).max(50),
    rectifyBy: DateOn.nullable(),
  }),
  'selfCheck.recorded.v1': c('开发主体自查已登记', 'A developer recorded its own check', {
    ...{ selfCheck: Id, product: Id.nullable(), owner: Id, items, outcome: Code, report: Hash },
    ...{ from: DateOn, until: DateOn },
    ...restsOn,
  }),
};
