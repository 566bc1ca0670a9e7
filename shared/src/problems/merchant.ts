import { problemRows } from './row.ts';

/** Refusals about onboarding, merchants and norms. */
export const merchantProblems = problemRows({});
