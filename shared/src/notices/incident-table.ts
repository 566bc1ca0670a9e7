/** Who hears of incidents, contingency plans, drills (X2) and sanctions (X1): who acts on them, and whom they reach. */
import { type Hearer, line, type NoticeLine } from './line.ts';

const told = (kind: string, ...to: Hearer[]): readonly NoticeLine[] => [line(kind, to, 'event')];

export const incidentLines = {
  'incident.declared.v1': [
    line('incidentDeclared', ['data.operator', 'bureau'], 'event'),
    line('incidentUnforeseen', ['data.operator', 'bureau'], 'event', { where: { plan: null } }),
  ],
  'incident.measured.v1': told('incidentMeasured', 'authority'),
  'incident.reported.v1': told('incidentReported', 'authority'),
  'incident.graded.v1': told('incidentGraded', 'bodies.operator'),
  'incident.personsFound.v1': told('incidentPersonsFound', 'bodies.operator'),
  'incident.suspensionOrdered.v1': told('incidentSuspended', 'bodies.operator', 'bureau'),
  'incident.suspensionConfirmed.v1': told('incidentSuspensionConfirmed', 'bodies.operator', 'authority'),
  // The government hears where the rules name it (suspensionOverdueTo).
  'incident.suspensionOverdue.v1': [
    line('incidentSuspensionOverdue', ['authority'], 'event'),
    line('incidentSuspensionOverdueUp', ['government'], 'event', { where: { government: true } }),
  ],
  'incident.rectificationOrdered.v1': told('incidentRectification', 'bodies.operator'),
  'incident.rectified.v1': told('incidentRectified', 'authority'),
  'incident.rectificationAccepted.v1': told('incidentAccepted', 'bodies.operator'),
  'incident.rectificationReturned.v1': told('incidentReturned', 'bodies.operator'),
  'incident.restorationOrdered.v1': told('incidentRestored', 'bodies.operator', 'bureau'),
  'incident.dismissed.v1': told('incidentDismissed', 'bodies.operator'),
  'incident.closed.v1': told('incidentClosed', 'bodies.operator', 'authority'),

  'sanction.opened.v1': told('sanctionOpened', 'data.target'),
  'sanction.replied.v1': told('sanctionReplied', 'authority'),
  'sanction.replyClosed.v1': told('sanctionReplyClosed', 'authority'),
  'sanction.decided.v1': told('sanctionDecided', 'data.target', 'authority'),
  'sanction.dropped.v1': told('sanctionDropped', 'bodies', 'authority'),
  'sanction.liftDecided.v1': told('sanctionLifted', 'bodies', 'authority'),
  'sanction.reviewRequested.v1': told('sanctionReviewAsked', 'authority'),
  'sanction.reviewDecided.v1': told('sanctionReviewDecided', 'bodies', 'authority'),
  'sanction.closed.v1': told('sanctionClosed', 'bodies', 'authority'),

  'contingencyPlan.submitted.v1': told('contingencyPlanSubmitted', 'bureau', 'data.jointWith'),
  'contingencyPlan.inForce.v1': told('contingencyPlanInForce', 'data.body', 'data.jointWith'),
  'contingencyPlan.returned.v1': told('contingencyPlanReturned', 'data.body', 'data.jointWith'),
  'drill.due.v1': told('drillDue', 'data.body'),
  'drill.overdue.v1': told('drillOverdue', 'data.body', 'bureau'),
  'drill.recorded.v1': told('drillRecorded', 'bureau'),

  // What an order could not reach is the bureau's to see to.
  'supplyOrder.obeyed.v1': told('orderObeyed', 'bureau'),
  'listOrder.obeyed.v1': told('orderObeyed', 'bureau'),
  'operatingAgreement.terminationOrdered.v1': told('terminationOrdered', 'authority'),
};
