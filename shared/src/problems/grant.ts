import { problemRows } from './row.ts';

/** Refusals about agreements, grants and accesses. */
export const grantProblems = problemRows({});
