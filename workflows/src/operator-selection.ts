/** The selection of the operator (运营机构遴选, 国家规范 十二、十三): bids, assessment, decision, in the order of the pack's route. */
import { selectionMachine } from '@gongshu/shared/selection/machine';
import type { SelectionRules } from '@gongshu/shared/selection/rules';
import type { SelectionFacts, SelectionState } from '@gongshu/shared/selection/types';
import { type ProcedureInput, runProcedure } from './procedure.ts';

/** Completes when the operator is selected, the selection has failed, or it was withdrawn. */
export const operatorSelection = (
  input: ProcedureInput<SelectionRules, SelectionFacts, SelectionState>,
): Promise<{ outcome: string }> => runProcedure(selectionMachine, input);
