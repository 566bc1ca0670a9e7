/** Events of norms (M2): submitted, approved or refused; deposited; issued; replaced by a newer one. */
import { Code, caseEvent, Count, Hash, Id, Instant, restsOn } from './define.ts';

/** `organisation`: whose norm it is; each operator has its own. */
const base = {
  ...{ norm: Id, kind: Code, version: Count, document: Hash, at: Instant, ...restsOn },
  organisation: Id.nullable().optional(),
};
const n = <S extends Parameters<typeof caseEvent>[3]>(zh: string, en: string, shape: S) =>
  caseEvent('registry', zh, en, shape);

export const normEvents = {
  'norm.submitted.v1': n('规范已报送审核', 'A norm was submitted for approval', base),
  'norm.approved.v1': n('规范已审核同意', 'A norm was approved', base),
  'norm.refused.v1': n('规范未获同意', 'A norm was refused, with reasons', {
    ...base,
    reasonCodes: Code.array().max(50),
  }),
  'norm.deposited.v1': n('规范已报备', 'A norm was deposited', base),
  'norm.issued.v1': n('规范已印发', 'A norm was issued', base),
  'norm.replaced.v1': n('规范已由新版替代', 'A norm was replaced by a newer version', {
    ...base,
    by: Id,
  }),
};
