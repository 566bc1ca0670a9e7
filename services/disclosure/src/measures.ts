import type { EventType } from '@gongshu/shared/events';

/** What is counted, in the order it is shown. A decision and a silence are never counted as one. */
export const measures = [
  'submitted',
  'approved',
  'approvedWithDeemedReviews',
  'deemedApproved',
  'refused',
  'checkFailed',
  'withdrawn',
  'lapsed',
  'deemedReviews',
  'checksOverdue',
  'reviewsOverdue',
  'resourcesPublished',
] as const;
export type Measure = (typeof measures)[number];

/** Which event counts as what. */
export const countedAs: Readonly<Partial<Record<EventType, Measure>>> = {
  'application.submitted.v1': 'submitted',
  'application.approved.v1': 'approved',
  'application.approvedWithDeemedReviews.v1': 'approvedWithDeemedReviews',
  'application.deemedApproved.v1': 'deemedApproved',
  'application.refused.v1': 'refused',
  'application.checkFailed.v1': 'checkFailed',
  'application.withdrawn.v1': 'withdrawn',
  'application.lapsed.v1': 'lapsed',
  'application.reviewDeemedApproved.v1': 'deemedReviews',
  'application.checkOverdue.v1': 'checksOverdue',
  'application.reviewOverdue.v1': 'reviewsOverdue',
  'resource.published.v1': 'resourcesPublished',
};

/** Which event opens a resource to application, and which closes it. */
export const opens: Readonly<Partial<Record<EventType, boolean>>> = {
  'resource.published.v1': true,
  'resource.restored.v1': true,
  'resource.suspended.v1': false,
  'resource.closed.v1': false,
};
