/** Who hears of risk assessments and audits (X5). */
import { type Hearer, line, type NoticeLine } from './line.ts';

const told = (kind: string, ...to: Hearer[]): readonly NoticeLine[] => [line(kind, to, 'event')];

export const auditLines = {
  'audit.opened.v1': told('auditOpened', 'authority', 'data.operator'),
  'audit.planned.v1': told('auditPlanned', 'bodies'),
  'audit.carriedOut.v1': told('auditCarriedOut', 'data.operator'),
  'audit.found.v1': told('auditFound', 'data.operator'),
  'audit.replied.v1': told('auditReplied', 'authority'),
  'audit.findingsStand.v1': told('auditFindingsStand', 'data.operator', 'data.responsible'),
  'audit.rectified.v1': told('auditRectified', 'authority'),
  'audit.rectificationAccepted.v1': told('auditRectificationAccepted', 'data.responsible'),
  'audit.rectificationReturned.v1': told('auditRectificationReturned', 'data.responsible'),
  'audit.escalated.v1': [
    line('auditEscalated', ['data.responsible', 'authority'], 'event'),
    line('auditEscalatedUp', ['government'], 'event', { where: { to: 'government' } }),
  ],
  'audit.closed.v1': told('auditClosed', 'bodies', 'authority'),
  'audit.withdrawn.v1': told('procedureWithdrawn', 'bodies'),
};
