/** Feedback on the quality of published data (数据质量反馈, C6; 中卫 十一): answered, confirmed or disputed, directed, closed. */
import {
  type QualityFeedbackFacts,
  qualityFeedbackMachine,
  type QualityFeedbackState,
} from '@gongshu/shared/quality-feedback/machine';
import type { QualityFeedbackRules } from '@gongshu/shared/quality-feedback/rules';
import { type ProcedureInput, runProcedure } from './procedure.ts';

/** Completes when the answer was confirmed, stands, or the feedback was withdrawn. */
export const qualityFeedback = (
  input: ProcedureInput<QualityFeedbackRules, QualityFeedbackFacts, QualityFeedbackState>,
): Promise<{ outcome: string }> => runProcedure(qualityFeedbackMachine, input);
