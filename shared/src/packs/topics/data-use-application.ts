import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { CheckField, Correction, Party, Silence, WorkingDays, listOf } from '../values.ts';

const Reviewer = z.enum(['sourceDepartment', 'countyAuthority', 'operator']);

/** The data-use application (使用申请): from submission to decision, or to silence. Rows A1–A6. */
export const dataUseApplication = topic({
  applicationContents: {
    row: 'A1',
    value: listOf(z.enum(['scenario', 'scope', 'manner', 'term', 'securityMeasures'])),
  },
  acceptanceLimit: { value: WorkingDays },
  /** `accepted`: as of the day of receipt. */
  acceptanceOnSilence: { value: z.enum(['accepted', 'overdue']) },
  checkFields: { row: 'A2', value: listOf(CheckField) },
  checkLimit: { within: 'A2', value: WorkingDays },
  /** A late check is overdue, never deemed: deemed approval belongs to reviews alone. */
  checkOnSilence: { value: z.literal('overdue') },
  checkReportsTo: { within: 'A2', value: listOf(Party) },
  checkFailed: { value: z.literal('ends') },
  overdueCheckDirection: { value: z.strictObject({ by: Party, dated: z.boolean() }) },
  reviewLimit: { row: 'A3', value: WorkingDays },
  reviewers: { row: 'A3', value: listOf(Reviewer) },
  /** Whom each kind of reviewer tells its result, the applicant aside. */
  reviewReportsTo: { row: 'A3', value: z.partialRecord(Reviewer, listOf(Party)) },
  applicantNotifiedBy: { row: 'A3', value: Party },
  refusalReasons: { row: 'A4', value: z.literal('required') },
  onSilence: { row: 'A5', value: Silence },
  extensionHoldsOffSilence: { row: 'A6', value: z.boolean() },
  /** `limitDays`: working days, each request; `unanswered`: the request holds until the date it asked for. */
  extension: {
    value: z.strictObject({
      max: z.int().min(0).max(10),
      limitDays: z.int().min(1).max(366),
      decidedBy: Party,
      unanswered: z.literal('requestedDate'),
    }),
  },
  correction: {
    value: z.strictObject({
      default: Correction,
      kinds: z.strictObject({ materialIncomplete: Correction, scopeChanged: Correction }),
      lapseWorkingDays: z.int().min(1).max(366),
    }),
  },
  reviewClockStarts: { value: z.literal('checkResultReached') },
  partialApproval: { value: z.boolean() },
  /** Working days before the last day; 0 is the last day itself. */
  reminders: { value: z.strictObject({ workingDaysBefore: listOf(z.int().min(0).max(60)) }) },
  /** Asia/Shanghai. */
  endOfDay: { value: z.literal('24:00') },
  withdrawal: { value: z.literal('anyTime') },
});

/** Values of the topic `dataUseApplication`, as a resolved pack carries them. */
export type DataUseApplicationRules = ValuesOf<typeof dataUseApplication>;
