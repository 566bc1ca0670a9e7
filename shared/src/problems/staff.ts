import { problemRows } from './row.ts';

/** Refusals. People who process data (D4). */
export const staffProblems = problemRows({});
