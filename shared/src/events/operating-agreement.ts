/** Events of the operating agreement and its mandate (O5–O9, O12). */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id, Instant, publicEvent } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

type Shape = Parameters<typeof caseEvent>[3];
const e = <S extends Shape>(zh: string, en: string, shape: S) =>
  caseEvent('registry', zh, en, { ...procedureBase, ...shape });
const open = <S extends Shape>(zh: string, en: string, shape: S) =>
  publicEvent('registry', zh, en, { ...procedureBase, ...shape });

const extent = { mode: Code, fields: Code.array().max(50), scenarios: Code.array().max(50) };
/** Who operates what, and until when; both days inclusive. */
const mandate = { agreement: Id, operator: Id, ...extent, from: DateOn, until: DateOn };
const version = { version: Count.min(1), document: Hash };
const reasonCodes = Code.array().max(50);
const origin = Code;
const filing = { filing: Id };

export const operatingAgreementEvents = {
  'operatingAgreement.drafted.v1': e('授权运营协议已拟定', 'An operating agreement was drafted', {
    ...{ origin, selection: Id.nullable(), predecessor: Id.nullable(), plan: Id.nullable(), operator: Id },
    ...version,
    ...extent,
    content: Hash,
    termMonths: Count,
    parties: Id.array().max(50),
  }),
  'operatingAgreement.broughtIn.v1': e(
    '既有授权运营协议已录入',
    'An agreement concluded on paper was brought in',
    {
      ...{ operator: Id, signedOn: DateOn, lastDay: DateOn },
      ...{ parties: Id.array().max(50), documents: Hash.array().max(50), content: Hash },
    },
  ),
  'operatingAgreement.revised.v1': e('协议文本已修改', 'The text was revised', {
    ...{ document: Hash, content: Hash, termMonths: Count, signaturesVoid: Count },
  }),
  'operatingAgreement.consulted.v1': e('协议内容已征求意见', 'The text was consulted on', {
    ...{ on: DateOn, document: Hash },
  }),
  'operatingAgreement.termConfirmed.v1': e('数源部门已确定期限', 'A source department set the term too', {
    ...{ party: Id, months: Count },
  }),
  'operatingAgreement.signed.v1': e('授权运营协议已签署（一方）', 'A party signed the operating agreement', {
    ...{ party: Id, ...version, complete: z.boolean() },
  }),
  'operatingAgreement.withdrawn.v1': e('授权运营协议已撤回', 'The draft was withdrawn', {}),
  'operatingAgreement.inForce.v1': open('授权运营协议生效', 'The operating agreement is in force', {
    ...{ ...mandate, ...version, origin, predecessor: Id.nullable() },
  }),
  'operatingAgreement.filed.v1': e('授权运营协议已报送备案', 'The agreement was sent to be filed', {
    ...{ ...filing, ...version, to: Code, late: z.boolean() },
  }),
  'operatingAgreement.filingReceipted.v1': e('备案已回执', 'The filing was receipted', {
    ...{ ...filing, on: DateOn, number: Id, document: Hash },
  }),
  'operatingAgreement.filingReturned.v1': e('备案被退回', 'The filing was returned', {
    ...{ ...filing, on: DateOn, document: Hash, reasonCodes },
  }),
  'operatingAgreement.overdue.v1': caseEvent('registry', '协议环节逾期', 'A step is overdue', overdueShape),
  'operatingAgreement.reminderDue.v1': caseEvent(
    'registry',
    '协议期限将满催办',
    'A period of the agreement ends soon',
    reminderShape,
  ),
  'operatingAgreement.amendmentProposed.v1': e('协议变更已提出', 'An amendment was proposed', {
    ...{ ...version, content: Hash, differences: Code.array().max(100) },
  }),
  'operatingAgreement.amendmentWithdrawn.v1': e('协议变更已撤回', 'The amendment was withdrawn', {
    version: Count,
  }),
  'operatingAgreement.amended.v1': open('授权运营协议已变更', 'The agreement was amended', {
    ...{ ...mandate, ...version },
  }),
  'operatingAgreement.suspended.v1': open('授权运营已暂停', 'The mandate was suspended', {
    ...{ ...mandate, reasonCodes, document: Hash.nullable(), order: Id.optional() },
  }),
  'operatingAgreement.restored.v1': open('授权运营已恢复', 'The mandate was restored', {
    ...{ ...mandate, document: Hash.nullable(), order: Id.optional() },
  }),
  'operatingAgreement.heldByOrder.v1': e('又有暂停令，继续暂停', 'A further order holds the agreement', {
    ...{ order: Id, ground: Code },
  }),
  'operatingAgreement.terminationOrdered.v1': e('惩戒决定终止授权', 'A sanction ends the mandate', {
    ...{ order: Id, ground: Code },
  }),
  'operatingAgreement.orderLifted.v1': e('一项暂停令已解除', 'An order that held the agreement was lifted', {
    ...{ order: Id, left: Count },
  }),
  'operatingAgreement.suspensionLifted.v1': e(
    '自行暂停已解除，暂停令仍有效',
    'Restored by hand; orders hold it still',
    { document: Hash, left: Count },
  ),
  'operatingAgreement.renewalOpened.v1': e('可提交续期材料', 'The renewal window is open', {
    ...{ from: DateOn, until: DateOn },
  }),
  'operatingAgreement.renewalClosed.v1': e('续期材料提交期已过', 'The renewal window has closed', {
    ...{ from: DateOn, until: DateOn },
  }),
  'operatingAgreement.renewalRequested.v1': e('运营机构提出续期', 'The operator asked for renewal', {
    ...{ material: Code.array().max(20), from: DateOn, until: DateOn },
  }),
  'operatingAgreement.renewalDecided.v1': e('续期已经评估决定', 'Renewal was decided by evaluation', {
    ...{ result: Code, evaluation: Id },
  }),
  'operatingAgreement.exitRequested.v1': e('运营机构申请提前终止', 'The operator asked to leave early', {
    ...{ ground: Code, document: Hash },
  }),
  'operatingAgreement.exitRefused.v1': e('提前终止未获同意', 'Early exit was refused', {
    ...{ ground: Code, document: Hash, reasonCodes },
  }),
  'operatingAgreement.ended.v1': open('授权运营终止', 'The mandate ended', {
    ...mandate,
    ...{ ground: Code, kind: Code, evaluation: Id.nullable() },
    /** What becomes of merchants' grants that still run: passToSuccessor or ended. */
    runningGrants: Code,
    successor: Id.nullable(),
    document: Hash.optional(),
  }),
  'operatingAgreement.handedOver.v1': e('移交事项已完成一项', 'An item was handed over', {
    ...{ item: Code, document: Hash, party: Id.nullable(), left: Count },
  }),
  'operatingAgreement.succeeded.v1': e('后续协议已生效', 'The agreement that follows is in force', {
    successor: Id,
  }),
  'operatingAgreement.closed.v1': e('授权运营协议已办结', 'The agreement is closed', {
    ...{ result: Code, successor: Id.nullable() },
  }),
  'product.broughtIn.v1': caseEvent('registry', '既有产品已录入', 'A product let out on paper was entered', {
    ...{ product: Id, operator: Id, checkedOn: DateOn, document: Hash, at: Instant },
  }),
};
