import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { Body, Party, WorkingDays, listOf, only } from '../values.ts';

/** Feedback on the quality of supplied data (数据质量反馈). Row C6. */
export const qualityFeedback = topic({
  /** Quality is kept up by handling what is fed back. */
  handled: { row: 'C6', value: z.literal(true) },
  answeredBy: { within: 'C6', value: Party },
  mayGive: { within: 'C6', value: listOf(Party) },
  /** From receipt to the department's answer: it corrects, or says why there is nothing to correct. */
  answerLimit: { within: 'C6', value: WorkingDays },
  onSilence: only('overdue'),
  extension: {
    within: 'C6',
    value: z.strictObject({ workingDays: z.int().min(1).max(366), times: z.int().min(0).max(5) }),
  },
  /** From the answer to the correction. */
  correctionLimit: { within: 'C6', value: WorkingDays },
  /** How long the giver has to confirm a correction or dispute it; silent is confirmed. */
  confirmationLimit: { within: 'C6', value: WorkingDays },
  /** Who is told of what is overdue or disputed. */
  escalation: { within: 'C6', value: Body },
  /** From then on until it directs what follows; silence directs nothing, late is overdue. */
  directionLimit: { within: 'C6', value: WorkingDays },
});

/** Values of the topic `qualityFeedback`, as a resolved pack carries them. */
export type QualityFeedbackRules = ValuesOf<typeof qualityFeedback>;
