/** A sanction (惩戒, X1; 中卫 27, 朔州 十（七）, 乌海 八（六）): heard, decided, lifted. */
import { type SanctionFacts, sanctionMachine, type SanctionState } from '@gongshu/shared/sanction/machine';
import type { FrozenSanctionRules } from '@gongshu/shared/sanction/rules';
import { type ProcedureInput, runProcedure } from './procedure.ts';

/** Completes when it is dropped, or nothing of it stands any more. */
export const sanction = (
  input: ProcedureInput<FrozenSanctionRules, SanctionFacts, SanctionState>,
): Promise<{ outcome: string }> => runProcedure(sanctionMachine, input);
