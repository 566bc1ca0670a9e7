import { problemRows } from './row.ts';

/** Refusals. Scenarios before data is asked for (A0). */
export const scenarioProblems = problemRows({});
