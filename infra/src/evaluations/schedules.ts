/** The Schedules of evaluations: one for an agreement and a year (V1). */
import type { Opening } from '@gongshu/shared/evaluation/opening';
import type { Selectable } from 'kysely';
import type { Dues } from '../schedules.ts';
import type { EvaluationDueTable } from './tables.ts';

type Due = Selectable<EvaluationDueTable>;

export const evaluationDues: Dues<Due> = {
  table: 'evaluation_due',
  keys: ['agreement', 'year'],
  scheduleId: ({ agreement, year }) => `evaluation-${agreement}-${year}`,
  starts: ({ agreement, jurisdiction, year }) => ({
    workflowType: 'evaluationOpening',
    workflowId: `evaluation-opening-${agreement}-${year}`,
    args: [{ agreement, jurisdiction, year } satisfies Opening],
    summary: `启动年度评估 ${agreement} ${year}`,
  }),
};
