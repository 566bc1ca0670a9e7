import { problemRows } from './row.ts';

/** Refusals. Social data brought in (D3). */
export const socialDataProblems = problemRows({});
