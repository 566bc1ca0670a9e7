import { problemRows } from './row.ts';

/** Refusals. Packages filed with a body above (P2, O7). */
export const filingProblems = problemRows({});
