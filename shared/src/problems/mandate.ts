import { problemRows } from './row.ts';

/** Refusals. Mandates: who operates what (O10–O12). */
export const mandateProblems = problemRows({});
