import { problemRows } from './row.ts';

/** Refusals about documents. */
export const documentProblems = problemRows({});
