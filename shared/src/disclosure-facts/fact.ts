/**
 * Facts that disclosures, bulletins and reports are counted from (S1–S3, M3–M5): what events said, kept as they came by
 * Kafka. Ids, codes, counts and instants; whoever reads the same events counts the same.
 */
import { type BusinessDate, addDays, businessDateOf, startOfDay } from '../business-date.ts';
import type { EventType } from '../events.ts';

/** One event, as far as anything is counted from it. `at` is when it happened, on the law's clock, in milliseconds. */
export type Fact = {
  id: string;
  type: string;
  subject: string;
  /** Its place among the events of its subject. */
  sequence: number;
  at: number;
  data: Readonly<Record<string, unknown>>;
};

/** Events that something is counted from; others are not kept. */
export const factTypes = [
  ...['operatingAgreement.inForce.v1', 'operatingAgreement.amended.v1', 'operatingAgreement.suspended.v1'],
  ...['operatingAgreement.restored.v1', 'operatingAgreement.ended.v1', 'evaluation.resultPublished.v1'],
  ...['evaluation.opened.v1', 'party.registered.v1', 'party.succeeded.v1'],
  ...['resource.compiled.v1', 'resource.changed.v1', 'resource.published.v1', 'resource.suspended.v1'],
  ...['resource.restored.v1', 'resource.closed.v1', 'supply.recorded.v1', 'supply.suspended.v1'],
  ...['supply.restored.v1', 'supply.ended.v1'],
  ...['application.submitted.v1', 'application.correctionRequested.v1', 'application.resubmitted.v1'],
  ...['application.checkPassed.v1', 'application.checkFailed.v1', 'application.checkOverdue.v1'],
  ...['application.accepted.v1', 'application.deemedAccepted.v1', 'application.notAccepted.v1'],
  ...['application.reviewStarted.v1', 'application.reviewApproved.v1', 'application.reviewRefused.v1'],
  ...['application.reviewDeemedApproved.v1', 'application.reviewDeemedRefused.v1'],
  ...['application.reviewOverdue.v1', 'application.extensionRequested.v1', 'application.extensionGranted.v1'],
  ...['application.extensionRefused.v1', 'application.extensionLapsed.v1'],
  ...['application.approved.v1', 'application.deemedApproved.v1'],
  ...['application.approvedWithDeemedReviews.v1', 'application.refused.v1', 'application.withdrawn.v1'],
  ...['application.lapsed.v1'],
  ...['onboarding.submitted.v1', 'onboarding.accepted.v1', 'onboarding.deemedAccepted.v1'],
  ...['onboarding.notAccepted.v1', 'onboarding.correctionRequested.v1', 'onboarding.resubmitted.v1'],
  ...['onboarding.checkPassed.v1', 'onboarding.checkFailed.v1', 'onboarding.checkOverdue.v1'],
  ...['onboarding.enrolled.v1', 'onboarding.notEnrolled.v1', 'onboarding.withdrawn.v1'],
  ...['onboarding.lapsed.v1'],
  ...['merchant.enrolled.v1', 'merchant.suspended.v1', 'merchant.restored.v1', 'merchant.exited.v1'],
  ...['grant.granted.v1', 'grant.expired.v1', 'grant.endedEarly.v1', 'grant.replaced.v1'],
  ...['trace.recorded.v1', 'trace.imported.v1'],
  ...['productEgress.submitted.v1', 'productEgress.listed.v1', 'productEgress.released.v1'],
  ...['productEgress.suspended.v1', 'productEgress.restored.v1', 'productEgress.recalled.v1'],
  ...['productEgress.retired.v1', 'productEgress.checkPassed.v1', 'productEgress.checkFailed.v1'],
  ...['ceilingPrice.set.v1', 'tariff.published.v1', 'tariff.ended.v1', 'tariff.cut.v1'],
  ...['serviceFee.published.v1', 'serviceFee.withdrawn.v1', 'serviceCharge.made.v1', 'bill.issued.v1'],
  ...['ownership.confirmed.v1', 'ownership.struck.v1', 'ownership.ended.v1'],
  ...['qualityFeedback.opened.v1', 'qualityFeedback.answered.v1', 'qualityFeedback.disputed.v1'],
  ...['qualityFeedback.directed.v1', 'qualityFeedback.closed.v1'],
  ...['spotCheck.concluded.v1', 'productFeedback.given.v1', 'complaint.opened.v1', 'incident.declared.v1'],
] as const satisfies readonly EventType[];

const known: ReadonlySet<string> = new Set(factTypes);
export const isFactType = (type: string): boolean => known.has(type);

/** First day to last day, both inclusive. */
export type Span = { from: BusinessDate; until: BusinessDate };

/** The first instant of a span, and the first after it, in milliseconds. */
export const spanInstants = ({ from, until }: Span): { start: number; end: number } => ({
  start: startOfDay(from),
  end: startOfDay(addDays(until, 1)),
});

/** As they happened: by instant, at one instant within a subject by their place; whatever order they arrived in. */
export const inOrder = (facts: readonly Fact[]): Fact[] =>
  facts.toSorted((a, b) => {
    if (a.at !== b.at) return a.at - b.at;
    if (a.subject !== b.subject) return a.subject < b.subject ? -1 : 1;
    return a.sequence - b.sequence || (a.id < b.id ? -1 : 1);
  });

/** What has been said by the end of a day, in order. */
export const saidBy = (facts: readonly Fact[], day: BusinessDate): Fact[] => {
  const end = startOfDay(addDays(day, 1));
  return inOrder(facts.filter(({ at }) => at < end));
};

/** What the end of a term brings about, and the decisions that silence may be the last word of. */
const byTime =
  /^(application|onboarding)\.(deemed\w+|\w+Deemed\w+|\w+Overdue|lapsed|extensionLapsed|refused)\.v1$/;

/**
 * The instant by which something is counted, in milliseconds. What a term's end brings about is told at 24:00 of its last
 * day, which is 00:00 of the next: it came about on that last day (民法典 二百零三), and is counted in its month and year.
 */
export const momentOf = ({ type, at }: Pick<Fact, 'type' | 'at'>): number =>
  byTime.test(type) && startOfDay(businessDateOf(at)) === at ? at - 1 : at;

/** The day something is counted on, Asia/Shanghai. */
export const dayOf = (fact: Pick<Fact, 'type' | 'at'>): BusinessDate => businessDateOf(momentOf(fact));

export const within = (span: Span): ((fact: Pick<Fact, 'type' | 'at'>) => boolean) => {
  const { start, end } = spanInstants(span);
  return (fact) => {
    const moment = momentOf(fact);
    return moment >= start && moment < end;
  };
};

/** A text of the event; empty where it says none. */
export const textOf = ({ data }: Fact, key: string): string => {
  const value = data[key];
  return typeof value === 'string' ? value : '';
};
export const numberOf = ({ data }: Fact, key: string): number => {
  const value = data[key];
  return typeof value === 'number' ? value : 0;
};
export const textsOf = ({ data }: Fact, key: string): string[] => {
  const value = data[key];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
};
