/** Who hears of the authority's procedures and of what surrounds them (P, O, V, A0, M1, D3, X3, O11). */
import type { EventType } from '../events.ts';
import { type ProcedureKind, procedureKinds } from '../procedure/kinds.ts';
import { type Hearer, line, type NoticeLine } from './line.ts';
import { auditLines } from './audit-table.ts';
import { incidentLines } from './incident-table.ts';
import { evidenceLines } from './evidence-table.ts';
import { complaintLines } from './complaint-table.ts';
import { pricingLines } from './pricing-table.ts';
import { reportLines } from './report-table.ts';
import { productLines } from './product-table.ts';

/** Lines of procedures all rest on the article their event names. */
const told = (kind: string, ...to: Hearer[]): NoticeLine => line(kind, to, 'event');

type Shared = `${ProcedureKind}.${'reminderDue' | 'heldForIntake' | 'actStruckOut'}.v1`;
/** A period that ends soon, or is held back, is told to those it waits for. */
const shared = Object.fromEntries(
  procedureKinds.flatMap((kind) => [
    [`${kind}.reminderDue.v1`, [told('procedureReminder', 'waitedFor')]],
    [`${kind}.heldForIntake.v1`, [told('procedureHeld', 'waitedFor', 'authority')]],
    [`${kind}.actStruckOut.v1`, [told('actStruckOut', 'receiptOwner')]],
  ]),
) as unknown as Record<Shared, readonly NoticeLine[]>;

const overdue = [told('procedureOverdue', 'waitedFor', 'authority')];

/**
 * What one bidder may not know of another (bids, findings, sheets, votes) is in no line: a notice carries its event's
 * data to its addressee.
 */
export const procedureLines = {
  ...shared,
  ...productLines,
  ...pricingLines,
  ...complaintLines,
  ...reportLines,
  ...evidenceLines,
  ...incidentLines,
  ...auditLines,
  'plan.deliberated.v1': [told('planDeliberated', 'government')],
  'plan.approved.v1': [told('governmentApproved', 'authority')],
  'plan.notApproved.v1': [told('governmentRefused', 'authority')],
  'plan.inForce.v1': [told('planInForce', 'government', 'authority')],
  'plan.overdue.v1': overdue,
  'incident.overdue.v1': overdue,
  'sanction.overdue.v1': overdue,
  'bulletin.overdue.v1': overdue,
  'audit.overdue.v1': overdue,
  'plan.withdrawn.v1': [told('procedureWithdrawn', 'government')],

  'selection.invited.v1': [told('invited', 'invitees')],
  'selection.reminderDue.v1': [
    told('procedureReminder', 'waitedFor'),
    line('bidsClose', ['invitees'], 'event', { where: { period: 'bids' } }),
  ],
  'selection.committeeDrawn.v1': [told('panelDrawn', 'panel')],
  'selection.biddingClosed.v1': [told('biddingClosed', 'authority')],
  'selection.expertLeft.v1': [told('expertLeft', 'authority')],
  'selection.deliberated.v1': [told('selectionDeliberated', 'government')],
  'selection.approved.v1': [told('governmentApproved', 'authority')],
  'selection.notApproved.v1': [told('governmentRefused', 'authority')],
  'selection.noticePublished.v1': [told('resultNoticed', 'bidders')],
  'selection.objectionRaised.v1': [told('objectionRaised', 'authority')],
  'selection.objectionAnswered.v1': [told('objectionAnswered', 'objector')],
  'selection.objectionOverdue.v1': [told('objectionOverdue', 'authority')],
  'selection.reassessed.v1': [told('reassessed', 'bidders', 'panel')],
  'selection.failed.v1': [told('selectionFailed', 'bidders', 'invitees')],
  'selection.withdrawn.v1': [told('procedureWithdrawn', 'bidders', 'invitees')],
  'selection.selected.v1': [told('selected', 'bidders', 'data.winner')],

  'operatingAgreement.drafted.v1': [told('operatingAgreementDrafted', 'bodies')],
  'operatingAgreement.revised.v1': [told('operatingAgreementRevised', 'bodies')],
  'operatingAgreement.termConfirmed.v1': [told('termConfirmed', 'authority')],
  'operatingAgreement.signed.v1': [told('operatingAgreementSigned', 'bodies', 'authority')],
  'operatingAgreement.withdrawn.v1': [told('procedureWithdrawn', 'bodies')],
  'operatingAgreement.broughtIn.v1': [told('broughtIn', 'data.operator')],
  'operatingAgreement.inForce.v1': [told('mandateInForce', 'data.operator', 'bodies', 'authority')],
  'operatingAgreement.filingReceipted.v1': [told('agreementFiled', 'bodies.operator')],
  'operatingAgreement.filingReturned.v1': [told('agreementFilingReturned', 'bodies.operator')],
  'operatingAgreement.overdue.v1': overdue,
  'operatingAgreement.amendmentProposed.v1': [told('amendmentProposed', 'bodies')],
  'operatingAgreement.amendmentWithdrawn.v1': [told('amendmentWithdrawn', 'bodies')],
  'operatingAgreement.amended.v1': [told('mandateAmended', 'data.operator', 'bodies')],
  'operatingAgreement.suspended.v1': [
    told('mandateSuspended', 'data.operator', 'bodies', 'operatorMerchants'),
  ],
  'operatingAgreement.restored.v1': [told('mandateRestored', 'data.operator', 'bodies', 'operatorMerchants')],
  'operatingAgreement.renewalOpened.v1': [told('renewalOpened', 'bodies.operator')],
  'operatingAgreement.renewalClosed.v1': [told('renewalClosed', 'bodies.operator', 'authority')],
  'operatingAgreement.renewalRequested.v1': [told('renewalRequested', 'authority')],
  'operatingAgreement.renewalDecided.v1': [told('renewalDecided', 'bodies.operator')],
  'operatingAgreement.exitRequested.v1': [told('exitRequested', 'authority')],
  'operatingAgreement.exitRefused.v1': [told('exitRefused', 'bodies.operator')],
  'operatingAgreement.ended.v1': [
    told('mandateEnded', 'data.operator', 'bodies', 'authority', 'operatorMerchants'),
  ],
  'operatingAgreement.handedOver.v1': [told('handedOver', 'authority')],
  'operatingAgreement.closed.v1': [told('agreementClosed', 'bodies', 'authority')],

  'evaluation.opened.v1': [told('evaluationOpened', 'data.operator')],
  'evaluation.reminderDue.v1': [
    told('procedureReminder', 'waitedFor'),
    line('questionnaireCloses', ['asked'], 'event', { where: { period: 'questionnaires' } }),
  ],
  'evaluation.participantsNamed.v1': [told('participantNamed', 'data.participants')],
  'evaluation.questionnairesSent.v1': [told('questionnaireSent', 'asked')],
  'evaluation.questionnairesClosed.v1': [told('questionnairesClosed', 'authority')],
  'evaluation.resultProposed.v1': [told('resultProposed', 'bodies.evaluated')],
  'evaluation.replied.v1': [told('evaluationReplied', 'authority')],
  'evaluation.resultStands.v1': [told('resultStands', 'bodies.evaluated')],
  'evaluation.rectificationOrdered.v1': [told('rectificationOrdered', 'bodies.evaluated')],
  'evaluation.rectificationPlanned.v1': [told('rectificationPlanned', 'authority')],
  'evaluation.rectificationReported.v1': [told('rectificationReported', 'authority')],
  'evaluation.overdue.v1': [told('procedureOverdue', 'waitedFor', 'bodies.evaluated', 'authority')],
  'evaluation.terminated.v1': [told('evaluationTerminated', 'data.operator')],

  'scenario.proposed.v1': [told('scenarioProposed', 'operator', 'bureau')],
  'scenario.collected.v1': [told('scenarioCollected', 'operator')],
  'scenario.firstReviewPassed.v1': [told('scenarioReviewed', 'data.organisation', 'bureau')],
  'scenario.returned.v1': [told('scenarioReturned', 'data.organisation')],
  'scenario.revised.v1': [told('scenarioRevised', 'operator')],
  'scenario.appraised.v1': [told('scenarioAppraised', 'bureau')],
  'scenario.approved.v1': [told('scenarioApproved', 'data.organisation', 'operator')],
  'scenario.refused.v1': [told('scenarioRefused', 'data.organisation')],
  'scenario.withdrawn.v1': [told('scenarioWithdrawn', 'operator', 'bureau')],
  'scenario.reported.v1': [told('scenariosReported', 'bureau')],

  'partner.filed.v1': [told('partnerFiled', 'bureau')],
  'partner.noted.v1': [told('partnerNoted', 'data.operator', 'data.organisation')],
  'partner.returned.v1': [told('partnerReturned', 'data.operator')],
  'partner.ended.v1': [told('partnerEnded', 'data.operator', 'data.organisation', 'bureau')],

  'socialData.submitted.v1': [told('socialDataSubmitted', 'bureau')],
  'socialData.broughtIn.v1': [told('socialDataBroughtIn', 'bureau')],
  'socialData.approved.v1': [told('socialDataApproved', 'data.organisation')],
  'socialData.refused.v1': [told('socialDataRefused', 'data.organisation')],
  'socialData.withdrawn.v1': [told('socialDataWithdrawn', 'bureau')],

  'staff.vetted.v1': [told('staffVetted', 'data.organisation')],

  'expertQuestion.asked.v1': [told('expertsAsked', 'questionMembers')],
  'expertQuestion.memberLeft.v1': [told('questionMemberLeft', 'bureau')],
  'expertQuestion.answered.v1': [told('opinionGiven', 'bureau')],
  'expertQuestion.closed.v1': [told('questionClosed', 'questionMembers')],

  'supplyChannel.registered.v1': [told('channelRegistered', 'data.department', 'operator', 'bureau')],
  'supplyChannel.assessed.v1': [line('channelAssessed', ['bureau'], 'event', { where: { complete: true } })],
  'supplyChannel.merged.v1': [told('channelMerged', 'data.department', 'operator')],
  'supplyChannel.closed.v1': [told('channelClosed', 'data.department', 'operator')],

  'mandate.transferRefused.v1': [told('transferRefused', 'bureau')],
} as const satisfies Partial<Record<EventType, readonly NoticeLine[]>>;
