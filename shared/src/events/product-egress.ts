/** Events of a product's egress (E1–E5, O10): hashes, codes and counts; never a vote before both are cast. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id, publicEvent } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

type Shape = Parameters<typeof caseEvent>[3];
const e = <S extends Shape>(zh: string, en: string, shape: S) =>
  caseEvent('registry', zh, en, { ...procedureBase, ...shape });
const open = <S extends Shape>(zh: string, en: string, shape: S) =>
  publicEvent('registry', zh, en, { ...procedureBase, ...shape });
const version = { product: Id, version: Count };
const listed = { ...version, registrationCode: Id, artefact: Hash };
const reasons = { reasonCodes: Code.array().max(50), document: Hash };
const verdict = z.enum(['clean', 'findings', 'refused']);
const check = {
  ...{ attempt: Count, round: Count, late: z.boolean(), verdict },
  ...{ refusedFields: Code.array().max(20), uncovered: Count },
};

export const productEgressEvents = {
  'productEgress.submitted.v1': e('产品已提交出域', 'A version of a product was submitted', {
    ...version,
    ...{ owner: Id, class: Code, purpose: Code, grants: Id.array().max(100), artefact: Hash, contents: Hash },
  }),
  'productEgress.artefactReplaced.v1': e(
    '产品文件已更换',
    'The artefact was replaced; its votes are dropped',
    {
      ...{ attempt: Count, artefact: Hash, contents: Hash, votesDropped: Count },
    },
  ),
  'productEgress.evidenceRecorded.v1': e('自动检测已完成', 'The engine has judged the artefact', {
    ...{ attempt: Count, verdict, report: Hash, items: Count },
  }),
  'productEgress.exceptionRequested.v1': e('已申请例外', 'An exception was requested', {
    ...{
      exception: Count,
      items: Count.array().max(1000),
      ground: Code,
      document: Hash,
      votesDropped: Count,
    },
  }),
  'productEgress.checkersNamed.v1': e('已指定核查人员', 'The checkers were named', {
    ...{ number: Count, votesDropped: Count },
  }),
  'productEgress.voteCast.v1': e('一名核查人员已表决', 'A checker has spoken', {
    ...{ attempt: Count, round: Count, spoken: Count },
  }),
  'productEgress.checkPassed.v1': e('出域核查通过', 'The product passed the egress check', check),
  'productEgress.checkFailed.v1': e('出域核查未通过', 'The product did not pass the egress check', check),
  'productEgress.filed.v1': e('产品已报送备案', 'The product was sent to the authority', {
    ...{ attempt: Count, artefact: Hash, late: z.boolean() },
  }),
  'productEgress.filingReturned.v1': e('产品备案被退回', 'The authority returned the product', reasons),
  'productEgress.agreed.v1': e('产品备案已同意', 'The authority agreed', {
    document: Hash,
    late: z.boolean(),
  }),
  'productEgress.registered.v1': open('产品已登记编码', 'The product was registered', {
    ...version,
    registrationCode: Id,
  }),
  'productEgress.listed.v1': open('产品已列入清单', 'The product is on the list', listed),
  'productEgress.released.v1': open('产品已发布', 'The product was released', listed),
  'productEgress.suspended.v1': open('产品已暂停', 'The product was suspended', {
    ...version,
    ...{ ground: Code, document: Hash.nullable(), order: Id.optional() },
  }),
  'productEgress.restored.v1': open('产品已恢复', 'The product was restored', {
    ...{ ...version, document: Hash.nullable(), order: Id.optional() },
  }),
  'productEgress.heldByOrder.v1': e('又有暂停令，继续暂停', 'A further order holds the product', {
    ...{ ...version, order: Id, ground: Code },
  }),
  'productEgress.orderLifted.v1': e('一项暂停令已解除', 'An order that held the product was lifted', {
    ...{ ...version, order: Id, left: Count },
  }),
  'productEgress.suspensionLifted.v1': e(
    '自行暂停已解除，暂停令仍有效',
    'Restored by hand; orders hold it still',
    {
      ...{ ...version, document: Hash, left: Count },
    },
  ),
  'productEgress.recalled.v1': open('产品已召回', 'The product was recalled', { ...version, ...reasons }),
  'productEgress.retired.v1': open('产品已下架', 'The product was retired', { ...version, ground: Code }),
  'productEgress.reopened.v1': e('产品重新核查', 'The product is checked anew', {
    ...version,
    ...{ link: Id, wasListed: z.boolean() },
  }),
  'productEgress.withdrawn.v1': e('产品已撤回', 'The product was withdrawn', version),
  'productEgress.lapsed.v1': e('逾期未修改，产品案件终结', 'The case lapsed', {
    ...version,
    lastDay: DateOn,
  }),
  'productEgress.overdue.v1': caseEvent('registry', '产品环节逾期', 'A step is overdue', overdueShape),
  'productEgress.reminderDue.v1': caseEvent('registry', '期限将满催办', 'A period ends soon', reminderShape),
};
