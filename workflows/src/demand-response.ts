/** A demand for data and its response (数据需求响应, C7; 中卫 九, 朔州 十一（一）4): co-ordinated, told, kept. */
import {
  type DemandResponseFacts,
  demandResponseMachine,
  type DemandResponseState,
} from '@gongshu/shared/demand-response/machine';
import type { DemandResponseRules } from '@gongshu/shared/demand-response/rules';
import { type ProcedureInput, runProcedure } from './procedure.ts';

/** Completes when the result was told and what was promised is published, or given up. */
export const demandResponse = (
  input: ProcedureInput<DemandResponseRules, DemandResponseFacts, DemandResponseState>,
): Promise<{ outcome: string }> => runProcedure(demandResponseMachine, input);
