import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { CheckField, Party, Silence, WorkingDays, listOf } from '../values.ts';

/** A merchant's onboarding (进驻) and the reports on merchants and work. Rows M1, M3, M5. */
export const merchantOnboarding = topic({
  acceptanceLimit: { value: WorkingDays },
  acceptanceOnSilence: { value: z.enum(['accepted', 'overdue']) },
  checkFields: { row: 'M1', value: listOf(CheckField) },
  checkLimit: { row: 'M1', value: WorkingDays },
  outcomes: { row: 'M1', value: listOf(z.enum(['enrolled', 'notEnrolled'])) },
  applicantNotifiedBy: { row: 'M1', value: Party },
  refusalReasons: { within: 'M1', value: z.literal('required') },
  /** Deemed approval belongs to reviews alone. */
  onSilence: { value: Silence },
  merchantReport: {
    row: 'M3',
    value: z.strictObject({
      by: Party,
      to: Party,
      contents: listOf(z.enum(['dailyManagement', 'notEnrolled', 'exits'])),
    }),
  },
  merchantReportPeriod: { within: 'M3', value: z.strictObject({ months: z.int().min(1).max(12) }) },
  workReport: { row: 'M5', value: z.strictObject({ by: Party, to: Party }) },
  workReportPeriod: { within: 'M5', value: z.strictObject({ months: z.int().min(1).max(12) }) },
});

/** Values of the topic `merchantOnboarding`, as a resolved pack carries them. */
export type MerchantOnboardingRules = ValuesOf<typeof merchantOnboarding>;
