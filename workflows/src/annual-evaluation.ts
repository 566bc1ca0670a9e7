/** The yearly evaluation (年度评估, V1, V2; 中卫 三十三, 朔州 十（七）, 乌海 十二). */
import { proxyActivities } from '@temporalio/workflow';
import { evaluationMachine } from '@gongshu/shared/evaluation/machine';
import type { EvaluationFacts, RunningState } from '@gongshu/shared/evaluation/machine-types';
import type { EvaluationOpeningActivities, Opening } from '@gongshu/shared/evaluation/opening';
import type { FrozenEvaluationRules } from '@gongshu/shared/evaluation/rules';
import { shownAs } from './options.ts';
import { type ProcedureInput, runProcedure } from './procedure.ts';

const { openEvaluation } = proxyActivities<EvaluationOpeningActivities>(shownAs('启动年度评估'));

/** Completes when the year is passed, a new selection has begun, or the agreement ended meanwhile. */
export const annualEvaluation = (
  input: ProcedureInput<FrozenEvaluationRules, EvaluationFacts, RunningState>,
): Promise<{ outcome: string }> => runProcedure(evaluationMachine, input);

/** What the Schedule of an agreement and a year starts. The year is its argument's, never now's. */
export const evaluationOpening = (opening: Opening): Promise<{ opened: string }> => openEvaluation(opening);
