import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { CheckField, Correction, None, Party, WorkingDays, listOf } from '../values.ts';

/** What Shuozhou s.6(2) has filed of each partner: mode of cooperation, qualification, division of duties. */
export const FilingPart = z.enum(['cooperationMode', 'qualification', 'divisionOfDuties']);
export type FilingPart = z.infer<typeof FilingPart>;

/** A merchant's onboarding (进驻) and the reports on merchants and work. Rows M1, M3, M5. */
export const merchantOnboarding = topic({
  /** `applied`: a merchant asks of itself (Zhongwei art. 18); `recruited`: the operator seeks them out (Shuozhou s.6(2)). */
  entry: { row: 'M1', value: z.enum(['applied', 'recruited']) },
  acceptanceLimit: { value: WorkingDays },
  acceptanceOnSilence: { value: z.enum(['accepted', 'overdue']) },
  checkFields: { row: 'M1', value: listOf(CheckField) },
  checkLimit: { within: 'M1', value: WorkingDays },
  outcomes: { within: 'M1', value: listOf(z.enum(['enrolled', 'notEnrolled'])) },
  applicantNotifiedBy: { within: 'M1', value: Party },
  /** What the operator files (备案) of each merchant it takes on, and with whom. */
  filing: {
    within: 'M1',
    value: z.union([
      None,
      z.strictObject({
        by: Party,
        to: Party,
        contents: listOf(FilingPart),
      }),
    ]),
  },
  refusalReasons: { within: 'M1', value: z.literal('required') },
  /** A late check is overdue, never deemed: deemed approval belongs to reviews alone. */
  onSilence: { value: z.literal('overdue') },
  overdueCheckDirection: { value: z.strictObject({ by: Party, dated: z.boolean() }) },
  correction: {
    value: z.strictObject({
      default: Correction,
      kinds: z.strictObject({ materialIncomplete: Correction, scopeChanged: Correction }),
      lapseWorkingDays: z.int().min(1).max(366),
    }),
  },
  /** Working days before the last day; 0 is the last day itself. */
  reminders: { value: z.strictObject({ workingDaysBefore: listOf(z.int().min(0).max(60)) }) },
  withdrawal: { value: z.literal('anyTime') },
  /** What becomes of a suspended merchant's open applications and running grants. */
  whileSuspended: {
    value: z.strictObject({
      applications: z.enum(['continue', 'withdrawn']),
      grants: z.enum(['continue', 'suspended']),
    }),
  },
  /** What becomes of those of a merchant that has exited. */
  onExit: {
    value: z.strictObject({
      applications: z.enum(['continue', 'withdrawn']),
      grants: z.enum(['continue', 'ended']),
    }),
  },
});

/** Values of the topic `merchantOnboarding`, as a resolved pack carries them. */
export type MerchantOnboardingRules = ValuesOf<typeof merchantOnboarding>;
