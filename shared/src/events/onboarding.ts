/** Events of a merchant's onboarding (进驻): those of the turns it shares with an application, and its own ends. */
import { applicationEvents } from './application.ts';
import { Code, Count, caseEvent, type EventDefinition, Hash, Id, Instant, restsOn } from './define.ts';
import { z } from 'zod';

/** What an onboarding's turns say in the words of an application's: the same shapes, told by the registry. */
const shared = [
  'accepted',
  'deemedAccepted',
  'notAccepted',
  'acceptanceOverdue',
  'correctionRequested',
  'resubmitted',
  'checkPassed',
  'checkFailed',
  'checkOverdue',
  'checkDirected',
  'reminderDue',
  'escalated',
  'silenceCertified',
  'clockHeld',
  'clockRecomputed',
  'bodySucceeded',
  'taskAssigned',
  'actStruckOut',
  'withdrawn',
  'lapsed',
] as const;
type Shared = (typeof shared)[number];

type Of<K extends Shared> = (typeof applicationEvents)[`application.${K}.v1`];
type Turns = { [K in Shared as `onboarding.${K}.v1`]: Of<K> };

const turns = Object.fromEntries(
  shared.map((name): [string, EventDefinition] => [
    `onboarding.${name}.v1`,
    { ...applicationEvents[`application.${name}.v1`], service: 'registry' },
  ]),
) as Turns;

const base = { caseNo: Id, packVersion: Hash, applicant: Id };

export const onboardingEvents = {
  ...turns,
  'onboarding.submitted.v1': caseEvent(
    'registry',
    '进驻申请已提交',
    'An application for onboarding was submitted',
    {
      ...base,
      receivedAt: Instant,
      contentHash: Hash,
      /** As it states it: micro, small, medium or large; most say nothing (M4). */
      size: Code.optional(),
      /** Whom it was sent to; events of before do not say it. */
      operator: Id.optional(),
    },
  ),
  'onboarding.draftSaved.v1': caseEvent(
    'registry',
    '进驻申请草稿已保存',
    'A draft of an onboarding was saved',
    { draft: Id, version: Count, contentHash: Hash },
  ),
  'onboarding.draftClosed.v1': caseEvent(
    'registry',
    '进驻申请草稿已关闭',
    'A draft was submitted as an onboarding, or discarded',
    { draft: Id, endCode: z.enum(['submitted', 'discarded']), caseNo: Id.nullable() },
  ),
  'onboarding.enrolled.v1': caseEvent('registry', '予以注册', 'The applicant was enrolled as a merchant', {
    ...base,
    decidedAt: Instant,
    late: z.boolean(),
    ...restsOn,
  }),
  'onboarding.notEnrolled.v1': caseEvent(
    'registry',
    '不予注册',
    'The applicant was not enrolled, with reasons',
    {
      ...base,
      decidedAt: Instant,
      late: z.boolean(),
      reasonCodes: z.array(Code),
      ...restsOn,
    },
  ),
};
