/** Events of the settlement of a period and the sharing of its surplus (F5): amounts in fen, ids, codes, hashes. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id, restsOn } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) => caseEvent('pricing', zh, en, shape);
const Fen = z.int().describe('Whole fen');
const Year = z.int().min(2000).max(2200);
const figures = {
  ...{ operator: Id, year: Year, attempt: Count, figures: Hash, revenueFen: Fen, permittedFen: Fen },
  ...{ excessFen: Fen, carriedFen: Fen, resourceFeeFen: Fen, surplusFen: Fen, terms: Id },
  pooledFen: Fen.optional(),
};
const late = z.boolean();
const terms = { terms: Id, operator: Id, year: Year, version: Count, hash: Hash, ...restsOn };
const position = {
  /** The case whose permitted revenue it is held against. */
  caseNo: Id,
  operator: Id,
  price: Id.nullable(),
  year: Year,
  revenueFen: Fen,
  permittedFen: Fen,
  ...restsOn,
};

export const settlementEvents = {
  'settlement.opened.v1': c('结算已启动，数据已锁定', 'A settlement was opened, its figures frozen', {
    ...{ ...procedureBase, ...figures },
  }),
  'settlement.operatorConfirmed.v1': c('运营机构已确认结算', 'The operator confirmed the settlement', {
    ...{ ...procedureBase, figures: Hash, late },
  }),
  'settlement.returned.v1': c('结算已退回', 'The settlement was returned with reasons', {
    ...{ ...procedureBase, side: Code, figures: Hash, reasonCodes: Code.array().max(50), late },
  }),
  'settlement.refrozen.v1': c('结算数据已重新锁定', 'The figures were frozen anew', {
    ...{ ...procedureBase, ...figures, late },
  }),
  'settlement.confirmed.v1': c('结算已确认', 'The settlement was confirmed', {
    ...{ ...procedureBase, ...figures, parties: Id.array().max(100), late },
  }),
  'settlement.paid.v1': c('结算款项已支付', 'A payment of the settlement was recorded', {
    ...{ ...procedureBase, what: Code, party: Id.nullable(), fen: Fen, paidOn: DateOn, document: Hash, late },
  }),
  'settlement.closed.v1': c('结算已办结', 'The settlement was closed: all is paid', {
    ...{ ...procedureBase, figures: Hash },
  }),
  'settlement.overdue.v1': c('结算环节逾期', 'A step is overdue', overdueShape),
  'settlement.reminderDue.v1': c('期限将满催办', 'A period ends soon', reminderShape),
  /** Once a year each: from the pack's share of the permitted revenue on, and at all of it. */
  'settlement.capApproached.v1': c('收入接近最高准许收入', 'Revenue comes near the cap', position),
  'settlement.capReached.v1': c('收入达到最高准许收入', 'Revenue has reached the cap', position),

  'sharingTerms.proposed.v1': c('收益分配约定已登记', 'Terms of sharing were recorded', {
    ...{ ...terms, agreement: Id, document: Hash, parties: Count },
  }),
  'sharingTerms.agreed.v1': c('收益分配约定已确认', 'The operator agreed to terms of sharing', terms),
};
