import { problemRows } from './row.ts';

/** Refusals. The yearly evaluation (V1, V2). */
export const evaluationProblems = problemRows({});
