/** Who hears of a product’s egress (E1–E5): owner, operator, bureau, sources of its data, and who uses it. */
import type { EventType } from '../events.ts';
import { type Hearer, line, type NoticeLine } from './line.ts';

const told = (kind: string, ...to: Hearer[]): NoticeLine => line(kind, to, 'event');
const parties = ['productOwner', 'productOperator'] as const;
/** Everyone a product on the list matters to. */
const everyone = [...parties, 'authority', 'productSources', 'productHolders'] as const;
const overdue = [told('procedureOverdue', 'waitedFor', 'authority')];

/** That a checker has spoken is told to nobody, and how only by the result, once all have. */
export const productLines = {
  'productEgress.submitted.v1': [told('productSubmitted', 'productOperator')],
  'productEgress.artefactReplaced.v1': [told('artefactReplaced', 'productOperator')],
  'productEgress.evidenceRecorded.v1': [
    line('evidenceClean', parties, 'event', { where: { verdict: 'clean' } }),
    line('evidenceFindings', parties, 'event', { where: { verdict: 'findings' } }),
    line('evidenceRefused', parties, 'event', { where: { verdict: 'refused' } }),
  ],
  'productEgress.exceptionRequested.v1': [told('exceptionRequested', 'productOperator')],
  'productEgress.checkPassed.v1': [told('egressCheckPassed', ...parties)],
  'productEgress.checkFailed.v1': [told('egressCheckFailed', ...parties)],
  'productEgress.filed.v1': [told('productFiled', 'authority')],
  'productEgress.filingReturned.v1': [told('productFilingReturned', ...parties)],
  'productEgress.listed.v1': [told('productListed', ...parties, 'productSources')],
  'productEgress.released.v1': [told('productReleased', 'productOwner', 'authority', 'productSources')],
  'productEgress.suspended.v1': [told('productSuspended', ...everyone)],
  'productEgress.restored.v1': [told('productRestored', ...everyone)],
  'productEgress.recalled.v1': [told('productRecalled', ...everyone)],
  'productEgress.retired.v1': [told('productRetired', ...everyone)],
  'productEgress.reopened.v1': [
    told('productReopened', ...parties, 'authority'),
    line('productOffList', ['productSources', 'productHolders'], 'event', { where: { wasListed: true } }),
  ],
  'productEgress.withdrawn.v1': [told('procedureWithdrawn', 'productOperator')],
  'productEgress.lapsed.v1': [told('productLapsed', ...parties)],
  'productEgress.overdue.v1': overdue,

  'productFeedback.given.v1': [told('feedbackGiven', 'data.operator', 'data.owner')],
  'productFeedback.relayed.v1': [told('feedbackRelayed', 'data.departments')],
  'productFeedback.answered.v1': [told('feedbackAnswered', 'data.operator', 'data.givenBy')],
  'productFeedback.closed.v1': [told('feedbackClosed', 'data.givenBy', 'data.owner')],
  'trace.ledgerReported.v1': [told('ledgerReported', 'bureau', 'data.operator')],
  'spotCheck.opened.v1': [told('spotCheckOpened', 'data.owner')],
  'spotCheck.answered.v1': [told('spotCheckAnswered', 'data.inspector')],
  'spotCheck.concluded.v1': [told('spotCheckConcluded', 'data.owner', 'bureau')],
} as const satisfies Partial<Record<EventType, readonly NoticeLine[]>>;
