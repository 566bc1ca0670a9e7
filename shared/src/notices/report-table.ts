/** Who hears of disclosures, bulletins and the operator's reports (S1–S3, M3, M5). */
import { type Hearer, line, type NoticeLine } from './line.ts';

const told = (kind: string, ...to: Hearer[]): NoticeLine => line(kind, to, 'event');

export const reportLines = {
  'yearlyDisclosure.opened.v1': [told('disclosureOpened', 'data.body')],
  'yearlyDisclosure.itemsAsked.v1': [told('disclosureItemsAsked', 'data.body')],
  'yearlyDisclosure.itemSupplied.v1': [told('disclosureItemSupplied', 'authority')],
  'yearlyDisclosure.itemStatedEmpty.v1': [told('disclosureItemEmpty', 'authority')],
  'yearlyDisclosure.published.v1': [told('disclosurePublished', 'data.body', 'authority')],
  'yearlyDisclosure.escalated.v1': [
    told('disclosureOverdue', 'data.body'),
    line('disclosureEscalated', ['bureau'], 'event', { where: { to: 'authority' } }),
    line('disclosureEscalated', ['government'], 'event', { where: { to: 'government' } }),
  ],
  'yearlyDisclosure.corrected.v1': [told('disclosureCorrected', 'data.body', 'authority')],
  'bulletin.drafted.v1': [told('bulletinDrafted', 'data.departments')],
  'bulletin.redrafted.v1': [told('bulletinRedrafted', 'data.departments')],
  'bulletin.replied.v1': [told('bulletinReplied', 'authority')],
  'bulletin.replyEnded.v1': [told('bulletinReplyEnded', 'authority')],
  'bulletin.issued.v1': [told('bulletinIssued', 'data.departments', 'authority')],
  'workReport.asked.v1': [told('workReportAsked', 'data.operator')],
  'workReport.filed.v1': [told('workReportFiled', 'bureau')],
  'workReport.received.v1': [told('workReportReceived', 'data.operator')],
  'workReport.returned.v1': [told('workReportReturned', 'data.operator')],
  'workReport.overdue.v1': [told('workReportOverdue', 'data.operator', 'bureau')],
  'reportPublication.waits.v1': [told('publicationWaits', 'bureau')],
  'reportPeriods.missed.v1': [told('periodsMissed', 'bureau')],
} as const satisfies Record<string, readonly NoticeLine[]>;
