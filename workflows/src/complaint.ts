/** A complaint (投诉举报, S4; 国家 十八, 乌海 十一): from its receipt to its answer, and a review of it. */
import {
  type ComplaintFacts,
  complaintMachine,
  type ComplaintState,
} from '@gongshu/shared/complaint/machine';
import type { ComplaintRules } from '@gongshu/shared/complaint/rules';
import { type ProcedureInput, runProcedure } from './procedure.ts';

/** Completes when it was answered and no review is to come, or when it was withdrawn. */
export const complaint = (
  input: ProcedureInput<ComplaintRules, ComplaintFacts, ComplaintState>,
): Promise<{ outcome: string }> => runProcedure(complaintMachine, input);
