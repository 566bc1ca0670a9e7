import { problemRows } from './row.ts';

/** Refusals. What is published, and until when (O4, V2). */
export const publicationProblems = problemRows({});
