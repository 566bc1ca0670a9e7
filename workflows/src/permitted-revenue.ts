/** The permitted revenue of a year (最高准许收入; 65号, 朔州 十（三）, 乌海 九（二）): decided by the pack's route. */
import {
  type RevenueFacts,
  type RevenueState,
  revenueMachine,
} from '@gongshu/shared/permitted-revenue/machine';
import type { RevenueRules } from '@gongshu/shared/permitted-revenue/rules';
import { type ProcedureInput, runProcedure } from './procedure.ts';

/** Completes when the figure is in force, or the case was withdrawn. */
export const permittedRevenue = (
  input: ProcedureInput<RevenueRules, RevenueFacts, RevenueState>,
): Promise<{ outcome: string }> => runProcedure(revenueMachine, input);
