import { problemRows } from './row.ts';

/** Refusals about notices and their channels. */
export const noticeProblems = problemRows({});
