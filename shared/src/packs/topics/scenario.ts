import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { Body, Party, listOf } from '../values.ts';

/** A scenario (应用场景) before data is asked for. Row A0. */
export const scenario = topic({
  /** `appraised`: nothing may be asked for before; `reported`: collected and reported periodically. */
  treatment: {
    row: 'A0',
    value: z.discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('reported'), by: Party, to: Party, collectedFrom: listOf(Party) }),
      z.strictObject({ mode: z.literal('appraised'), firstReviewBy: Party, appraisedBy: listOf(Body) }),
    ]),
  },
  reportPeriod: {
    within: 'A0',
    value: z.union([z.literal('none'), z.strictObject({ months: z.int().min(1).max(12) })]),
  },
});

/** Values of the topic `scenario`, as a resolved pack carries them. */
export type ScenarioRules = ValuesOf<typeof scenario>;
