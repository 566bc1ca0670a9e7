/** The settlement of a year (结算, 朔州 十（四）, 乌海 九（三）, 中卫 25): frozen, confirmed twice, paid. */
import type { SettlementRules } from '@gongshu/shared/pricing/rules';
import {
  type SettlementFacts,
  settlementMachine,
  type SettlementState,
} from '@gongshu/shared/settlement/machine';
import { type ProcedureInput, runProcedure } from './procedure.ts';

/** Completes when the resource fee and every share are paid. */
export const settlement = (
  input: ProcedureInput<SettlementRules, SettlementFacts, SettlementState>,
): Promise<{ outcome: string }> => runProcedure(settlementMachine, input);
