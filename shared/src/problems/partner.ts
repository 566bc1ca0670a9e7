import { problemRows } from './row.ts';

/** Refusals. Partners of the operator (M1). */
export const partnerProblems = problemRows({});
