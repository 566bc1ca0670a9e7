// 民法典 二百零三: what 24:00 of a last day brings about is counted on that day, in its month, quarter and year.
import { dayOf, type Fact, isFactType, within } from './fact.ts';

const fact = (type: string, at: string): Fact => {
  if (!isFactType(type)) throw new Error(`${type} is not kept`);
  return { id: 'f', type, subject: 's', sequence: 1, at: Date.parse(`${at}+08:00`), data: {} };
};
const year = { from: '2024-01-01', until: '2024-12-31' };

it.each([
  'application.reviewDeemedApproved.v1',
  'application.reviewDeemedRefused.v1',
  'application.deemedApproved.v1',
  'application.approvedWithDeemedReviews.v1',
  'application.refused.v1',
  'application.deemedAccepted.v1',
  'application.reviewOverdue.v1',
  'application.checkOverdue.v1',
  'application.lapsed.v1',
  'application.extensionLapsed.v1',
  'onboarding.checkOverdue.v1',
  'onboarding.deemedAccepted.v1',
  'onboarding.lapsed.v1',
])('%s told at 24:00 is of the day that ended', (type) => {
  const told = fact(type, '2025-01-01T00:00:00');
  expect([dayOf(told), within(year)(told)]).toEqual(['2024-12-31', true]);
  expect(within({ from: '2025-01-01', until: '2025-12-31' })(told)).toBe(false);
  // Any later, and it is a deed of the day it is told on.
  const later = fact(type, '2025-01-01T00:00:01');
  expect([dayOf(later), within(year)(later)]).toEqual(['2025-01-01', false]);
});

it.each(['application.reviewApproved.v1', 'application.approved.v1', 'merchant.enrolled.v1'])(
  '%s is a deed: at 00:00 it is of the day that begins',
  (type) => {
    const told = fact(type, '2025-01-01T00:00:00');
    expect([dayOf(told), within(year)(told)]).toEqual(['2025-01-01', false]);
  },
);
