/** An incident (安全事件, X2; 中卫 27–29, 朔州 十（六）, 乌海 十): from its declaration to its close. */
import { type IncidentFacts, incidentMachine, type IncidentState } from '@gongshu/shared/incident/machine';
import type { FrozenIncidentRules } from '@gongshu/shared/incident/rules';
import { type ProcedureInput, runProcedure } from './procedure.ts';

/** Completes when it was looked back on and everybody was told, or when it was a false alarm. */
export const incident = (
  input: ProcedureInput<FrozenIncidentRules, IncidentFacts, IncidentState>,
): Promise<{ outcome: string }> => runProcedure(incidentMachine, input);
