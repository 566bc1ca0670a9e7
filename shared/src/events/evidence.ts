/** Events of evidence with expiry (X4): submitted, accepted or returned; soon to expire, expired; supply ordered to rest. */
import { z } from 'zod';
import { supplyOrder } from '../supply-order.ts';
import { caseEvent, Code, Count, DateOn, Hash, Id, Instant, restsOn } from './define.ts';

const base = { operator: Id, kind: Code, at: Instant, ...restsOn };
const paper = {
  ...{ ...base, evidence: Id, version: Count, document: Hash, issuedOn: DateOn, validFrom: DateOn },
  validUntil: DateOn.nullable().describe('The last day it holds; null where it does not expire'),
};
const ending = { ...base, evidence: Id, until: DateOn };
const e = <S extends Parameters<typeof caseEvent>[3]>(zh: string, en: string, shape: S) =>
  caseEvent('disclosure', zh, en, shape);

export const evidenceEvents = {
  'evidence.submitted.v1': e('平台合规证明已报送', 'Evidence was submitted', {
    ...paper,
    dueOn: DateOn.nullable().describe('The last day for the bureau to answer'),
  }),
  'evidence.accepted.v1': e('平台合规证明已确认', 'Evidence was accepted', { ...paper, late: z.boolean() }),
  'evidence.returned.v1': e('平台合规证明已退回', 'Evidence was returned, with reasons', {
    ...{ ...paper, late: z.boolean() },
    reasonCodes: Code.array().max(50),
  }),
  'evidence.decisionOverdue.v1': e('平台合规证明逾期未答复', 'Evidence waits for its answer too long', {
    ...base,
    evidence: Id,
    lastDay: DateOn,
  }),
  'evidence.missing.v1': e('平台合规证明尚未报送', 'Evidence that a mandate asks for was never filed', {
    ...{ ...base, agreement: Id },
    dueOn: DateOn.nullable().describe('The last day to file it; null where the text names none'),
  }),
  'evidence.missingOverdue.v1': e('平台合规证明逾期未报送', 'Evidence was not filed by its last day', {
    ...{ ...base, agreement: Id, lastDay: DateOn },
  }),
  'evidence.expiresSoon.v1': e('平台合规证明即将到期', 'Evidence expires soon', {
    ...ending,
    daysLeft: Count.describe('Calendar days from the day of warning to the last day'),
    suspends: z.boolean().describe('Whether supply is suspended when it has expired'),
  }),
  'evidence.expired.v1': e('平台合规证明已到期', 'Evidence has expired', {
    ...ending,
    suspends: z.boolean(),
  }),
  'evidence.suspensionOrdered.v1': e('因证明到期暂停供数', 'Supply is suspended, for evidence has expired', {
    ...ending,
    ...supplyOrder,
  }),
  'evidence.restorationOrdered.v1': e('证明有效，恢复供数', 'Supply is restored, for evidence is in force', {
    ...{ ...ending, ...supplyOrder },
    by: Id.nullable().describe(
      'The evidence that is in force now; null where its operator is supplied with nothing any more',
    ),
  }),
};
