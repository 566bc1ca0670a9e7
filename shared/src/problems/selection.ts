import { problemRows } from './row.ts';

/** Refusals. Selection of the operator (O1–O4). */
export const selectionProblems = problemRows({});
