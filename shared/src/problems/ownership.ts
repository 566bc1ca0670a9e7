import { problemRows } from './row.ts';

/** Refusals. Ownership and control links between parties (O3, O10). */
export const ownershipProblems = problemRows({});
