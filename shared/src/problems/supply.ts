import { problemRows } from './row.ts';

/** Refusals about supply to the platform. */
export const supplyProblems = problemRows({});
