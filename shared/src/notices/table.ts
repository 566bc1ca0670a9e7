/** Who hears of what: one line a notice, by the event it tells of (中卫 17, 18, 20, 21). */
import type { EventType } from '../events.ts';
import { type ArticleSource, type Hearer, line, type NoticeLine } from './line.ts';
import { procedureLines } from './procedure-table.ts';

export type { ArticleSource, Hearer, NoticeLine, ProcedureHearer } from './line.ts';

/** What the turns of an application and of an onboarding have in common. */
const turns = {
  submitted: [line('acceptanceOpened', ['operator'], 'acceptance', { opens: 'acceptance' })],
  accepted: [
    line('accepted', ['applicant'], 'acceptance'),
    line('checkOpened', ['operator'], 'check', { opens: 'check' }),
  ],
  deemedAccepted: [
    line('deemedAccepted', ['applicant'], 'event'),
    line('checkOpened', ['operator'], 'check', { opens: 'check' }),
  ],
  notAccepted: [line('notAccepted', ['applicant'], 'acceptance')],
  acceptanceOverdue: [line('overdue', ['body', 'bureau'], 'turn')],
  correctionRequested: [line('correctionRequested', ['applicant'], 'turn')],
  resubmitted: [line('resubmitted', ['body'], 'turn')],
  checkPassed: [line('checkPassed', ['checkTold'], 'check')],
  checkFailed: [line('checkFailed', ['checkTold', 'applicant'], 'check')],
  checkOverdue: [line('overdue', ['body', 'bureau'], 'turn')],
  checkDirected: [line('checkDirected', ['body'], 'check')],
  reminderDue: [
    line('reminder', ['body'], 'turn', { where: { kind: 'reminder' } }),
    line('lapseWarning', ['applicant'], 'turn', { where: { kind: 'lapseWarning' } }),
  ],
  escalated: [line('escalated', ['data.escalatedTo'], 'turn')],
  silenceCertified: [line('silenceCertified', ['body', 'applicant', 'bureau'], 'silence')],
  clockRecomputed: [line('clockRecomputed', ['body'], 'turn')],
  bodySucceeded: [line('turnTakenOver', ['data.to'], 'turn')],
  actStruckOut: [line('actStruckOut', ['receiptOwner'], 'turn')],
  withdrawn: [line('withdrawn', ['applicant', 'operator', 'reviewers'], 'check')],
  lapsed: [line('lapsed', ['applicant', 'operator', 'reviewers'], 'check')],
} as const satisfies Record<string, readonly NoticeLine[]>;

type Shared = keyof typeof turns;
type Of<L extends string> = Record<`${L}.${Shared}.v1`, readonly NoticeLine[]>;
const of = <L extends string>(lifecycle: L): Of<L> =>
  Object.fromEntries(
    Object.entries(turns).map(([name, lines]) => [`${lifecycle}.${name}.v1`, lines]),
  ) as unknown as Of<L>;

/** A review's result goes to whom the pack names, and through the operator to the applicant (中卫 21). */
const result = (kind: string, article: ArticleSource): readonly NoticeLine[] => [
  line(kind, ['reviewTold', 'applicant'], article),
];
const ended = (kind: string): readonly NoticeLine[] => [
  line(kind, ['applicant', 'operator', 'reviewers'], 'review'),
];
/** Both parties to a grant, then whoever else hears (中卫 19, 22, 27). */
const grant = (kind: string, ...more: Hearer[]): readonly NoticeLine[] => [
  line(kind, ['data.merchant', 'data.operator', ...more], 'event'),
];

/** An event without a line is told to nobody. */
export const noticeTable: Readonly<Partial<Record<EventType, readonly NoticeLine[]>>> = {
  ...of('application'),
  'application.reviewStarted.v1': [line('reviewOpened', ['body'], 'review', { opens: 'review' })],
  'application.reviewApproved.v1': result('reviewApproved', 'review'),
  'application.reviewRefused.v1': result('reviewRefused', 'review'),
  'application.reviewDeemedApproved.v1': result('reviewDeemedApproved', 'event'),
  'application.reviewDeemedRefused.v1': result('reviewDeemedRefused', 'event'),
  'application.reviewOverdue.v1': [line('overdue', ['body', 'bureau'], 'turn')],
  'application.extensionRequested.v1': [line('extensionRequested', ['bureau'], 'review')],
  'application.extensionGranted.v1': [line('extensionGranted', ['body', 'applicant'], 'review')],
  'application.extensionRefused.v1': [line('extensionRefused', ['body', 'applicant'], 'review')],
  'application.extensionLapsed.v1': [line('extensionLapsed', ['body', 'applicant'], 'review')],
  'application.approved.v1': ended('approved'),
  'application.deemedApproved.v1': ended('deemedApproved'),
  'application.approvedWithDeemedReviews.v1': ended('approvedWithDeemedReviews'),
  'application.refused.v1': ended('refused'),

  ...of('onboarding'),
  'onboarding.enrolled.v1': [line('enrolled', ['applicant'], 'check')],
  'onboarding.notEnrolled.v1': [line('notEnrolled', ['applicant'], 'check')],

  'merchant.suspended.v1': [line('merchantSuspended', ['data.merchant', 'operator', 'bureau'], 'event')],
  'merchant.restored.v1': [line('merchantRestored', ['data.merchant', 'operator', 'bureau'], 'event')],
  'merchant.exited.v1': [line('merchantExited', ['data.merchant', 'operator', 'bureau'], 'event')],

  'norm.submitted.v1': [line('normSubmitted', ['bureau'], 'event')],
  'norm.approved.v1': [line('normApproved', ['operator'], 'event')],
  'norm.refused.v1': [line('normRefused', ['operator'], 'event')],

  'agreement.rendered.v1': [line('agreementRendered', ['data.merchant'], 'event')],
  'agreement.signed.v1': [
    line('agreementAwaitsYou', ['data.operator'], 'event', { where: { party: 'merchant', complete: false } }),
    line('agreementAwaitsYou', ['data.merchant'], 'event', { where: { party: 'operator', complete: false } }),
  ],
  'grant.granted.v1': grant('granted', 'data.authority', 'data.reviewers'),
  'grant.expiring.v1': grant('grantExpiring'),
  'grant.expired.v1': grant('grantExpired', 'data.authority'),
  'grant.endedEarly.v1': grant('grantEndedEarly', 'data.authority', 'data.reviewers'),
  'grant.suspended.v1': grant('grantSuspended', 'data.authority'),
  'grant.restored.v1': grant('grantRestored', 'data.authority'),
  'grant.replaced.v1': grant('grantReplaced'),
  'grant.overreachReported.v1': [line('overreachReported', ['data.operator', 'data.authority'], 'event')],
  'grant.overreachDecided.v1': [
    line('overreachDecided', ['data.reportedBy', 'data.authority', 'data.merchant'], 'event'),
  ],

  'supply.recorded.v1': [line('supplyRecorded', ['operator'], 'event')],
  'supply.suspended.v1': [
    line('supplySuspended', ['data.department', 'operator', 'bureau', 'grantMerchants'], 'event'),
  ],
  'supply.restored.v1': [
    line('supplyRestored', ['data.department', 'operator', 'bureau', 'grantMerchants'], 'event'),
  ],
  'supply.ended.v1': [line('supplyEnded', ['operator', 'bureau', 'grantMerchants'], 'event')],

  ...procedureLines,
};

/** The lines of an event with these data. */
export const linesOf = (type: EventType, data: Readonly<Record<string, unknown>>): readonly NoticeLine[] =>
  (noticeTable[type] ?? []).filter(({ where }) =>
    Object.entries(where ?? {}).every(([key, value]) => data[key] === value),
  );

/** A clock counts as told to its body when one of these has been delivered to it; a successor hears of it anew. */
export const openingKinds = ['acceptanceOpened', 'checkOpened', 'reviewOpened', 'turnTakenOver'] as const;

/** How a case ended, as its applicant hears it. */
export const outcomeKinds = [
  'approved',
  'deemedApproved',
  'approvedWithDeemedReviews',
  'refused',
  'withdrawn',
  'lapsed',
  'enrolled',
  'notEnrolled',
] as const;
