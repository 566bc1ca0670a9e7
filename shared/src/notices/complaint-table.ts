/** Who hears of complaints (S4), feedback on data quality (C6) and demands for data (C7). Who complained reads by number and code. */
import type { EventType } from '../events.ts';
import { type Hearer, line, type NoticeLine } from './line.ts';

const told = (kind: string, ...to: Hearer[]): NoticeLine => line(kind, to, 'event');
const replaced = [told('procedureBodyReplaced', 'data.by', 'authority')];

export const complaintLines = {
  'complaint.opened.v1': [told('complaintOpened', 'authority')],
  'complaint.factsSupplied.v1': [told('complaintFactsSupplied', 'authority')],
  'complaint.factsNotSupplied.v1': [told('complaintFactsMissing', 'authority')],
  'complaint.deemedAccepted.v1': [told('complaintDeemedAccepted', 'authority')],
  'complaint.bodyAsked.v1': [told('complaintBodyAsked', 'data.body')],
  'complaint.bodyAnswered.v1': [told('complaintBodyAnswered', 'authority')],
  'complaint.inquiryOverdue.v1': [told('complaintInquiryOverdue', 'data.body', 'authority')],
  'complaint.bodyReplaced.v1': replaced,
  'complaint.reviewRequested.v1': [told('complaintReviewRequested', 'waitedFor')],
  'complaint.reviewDecided.v1': [told('complaintReviewDecided', 'authority')],
  'complaint.closed.v1': [told('complaintClosed', 'bodies')],
  'complaint.withdrawn.v1': [told('procedureWithdrawn', 'authority', 'bodies')],
  // The government hears of what its bureau lets lie.
  'complaint.overdue.v1': [told('procedureOverdue', 'waitedFor', 'authority', 'government')],

  'qualityFeedback.opened.v1': [told('qualityFeedbackOpened', 'data.department')],
  'qualityFeedback.extended.v1': [told('qualityFeedbackExtended', 'data.givenBy')],
  'qualityFeedback.answered.v1': [
    line('qualityFeedbackCorrected', ['data.givenBy'], 'event', { where: { answer: 'corrected' } }),
    line('qualityFeedbackPromised', ['data.givenBy'], 'event', { where: { answer: 'willCorrect' } }),
    line('qualityFeedbackNoFault', ['data.givenBy'], 'event', { where: { answer: 'notAFault' } }),
  ],
  'qualityFeedback.disputed.v1': [told('qualityFeedbackDisputed', 'authority', 'data.department')],
  'qualityFeedback.directed.v1': [told('qualityFeedbackDirected', 'data.department', 'data.givenBy')],
  'qualityFeedback.closed.v1': [told('qualityFeedbackClosed', 'data.department', 'data.givenBy')],
  'qualityFeedback.bodyReplaced.v1': replaced,
  'qualityFeedback.overdue.v1': [told('procedureOverdue', 'data.department', 'data.givenBy', 'authority')],
  'qualityFeedback.directionOverdue.v1': [told('qualityFeedbackUndirected', 'authority', 'data.givenBy')],

  'demandResponse.opened.v1': [told('demandOpened', 'authority')],
  'demandResponse.accepted.v1': [told('demandAccepted', 'data.asker')],
  'demandResponse.declined.v1': [told('demandDeclined', 'data.asker')],
  'demandResponse.bodyAsked.v1': [told('demandBodyAsked', 'data.body')],
  'demandResponse.bodyAnswered.v1': [told('demandBodyAnswered', 'authority')],
  'demandResponse.answerOverdue.v1': [told('demandAnswerOverdue', 'data.body', 'authority')],
  'demandResponse.concluded.v1': [told('demandConcluded', 'data.asker', 'bodies')],
  'demandResponse.entryNamed.v1': [told('demandEntryNamed', 'data.asker')],
  'demandResponse.satisfied.v1': [told('demandSatisfied', 'data.asker')],
  'demandResponse.promiseOverdue.v1': [told('demandPromiseOverdue', 'data.body', 'authority', 'data.asker')],
  'demandResponse.promiseDropped.v1': [told('demandPromiseDropped', 'data.asker', 'data.body')],
  'demandResponse.closed.v1': [told('demandClosed', 'data.asker', 'authority')],
  'demandResponse.withdrawn.v1': [told('procedureWithdrawn', 'authority')],
  'demandResponse.bodyReplaced.v1': replaced,
  'demandResponse.overdue.v1': [told('procedureOverdue', 'waitedFor', 'authority', 'government')],
} as const satisfies Partial<Record<EventType, readonly NoticeLine[]>>;
