import { problemRows } from './row.ts';

/** Refusals about people, absences and parties that change. */
export const personProblems = problemRows({});
