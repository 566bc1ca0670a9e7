/** A ceiling price (上限收费标准, 乌海 九（二）; 65号 二): set by the implementing body, reported in writing, receipted. */
import { ceilingMachine, type CeilingFacts, type CeilingState } from '@gongshu/shared/ceiling/machine';
import type { CeilingRules } from '@gongshu/shared/pricing/rules';
import { type ProcedureInput, runProcedure } from './procedure.ts';

/** Completes when the report was receipted, or the ceiling was withdrawn before it was set. */
export const ceilingPrice = (
  input: ProcedureInput<CeilingRules, CeilingFacts, CeilingState>,
): Promise<{ outcome: string }> => runProcedure(ceilingMachine, input);
