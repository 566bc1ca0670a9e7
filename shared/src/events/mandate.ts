/** Events. Mandates: who operates what (O10–O12). */
import { Code, caseEvent, Id, Instant, restsOn } from './define.ts';

export const mandateEvents = {
  'mandate.transferRefused.v1': caseEvent(
    'registry',
    '转授权、分包或变相转让被拒绝',
    'A sub-licence, subcontract or disguised transfer of a mandate was asked for and refused',
    { transfer: Id, agreement: Id, operator: Id, kind: Code, at: Instant, ...restsOn },
  ),
};
