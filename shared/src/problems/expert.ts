import { problemRows } from './row.ts';

/** Refusals. Pool of experts and the standing committee (O3, X3). */
export const expertProblems = problemRows({});
