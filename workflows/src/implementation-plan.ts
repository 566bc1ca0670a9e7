/** The implementation plan (实施方案, 国家规范 九至十一): collective decision, government, filing, by the pack's route. */
import { planMachine, type PlanFacts, type PlanState } from '@gongshu/shared/plan/machine';
import type { PlanRules } from '@gongshu/shared/plan/rules';
import { type ProcedureInput, runProcedure } from './procedure.ts';

/** Completes when the plan is in force and its filing receipted, or it was withdrawn. */
export const implementationPlan = (
  input: ProcedureInput<PlanRules, PlanFacts, PlanState>,
): Promise<{ outcome: string }> => runProcedure(planMachine, input);
