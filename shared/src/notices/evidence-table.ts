/** Who hears of evidence with expiry (X4): the operator whose platform it is, and the bureau. */
import { type Hearer, line, type NoticeLine } from './line.ts';

const told = (kind: string, ...to: Hearer[]): readonly NoticeLine[] => [line(kind, to, 'event')];

export const evidenceLines = {
  'evidence.submitted.v1': told('evidenceSubmitted', 'bureau'),
  'evidence.accepted.v1': told('evidenceAccepted', 'data.operator'),
  'evidence.returned.v1': told('evidenceReturned', 'data.operator'),
  'evidence.decisionOverdue.v1': told('evidenceDecisionOverdue', 'bureau'),
  'evidence.missing.v1': told('evidenceMissing', 'data.operator', 'bureau'),
  'evidence.missingOverdue.v1': told('evidenceMissingOverdue', 'data.operator', 'bureau'),
  'evidence.expiresSoon.v1': told('evidenceExpiresSoon', 'data.operator', 'bureau'),
  'evidence.expired.v1': told('evidenceExpired', 'data.operator', 'bureau'),
  'evidence.suspensionOrdered.v1': told('evidenceSuspended', 'data.operator', 'bureau'),
  'evidence.restorationOrdered.v1': told('evidenceRestored', 'data.operator', 'bureau'),
};
