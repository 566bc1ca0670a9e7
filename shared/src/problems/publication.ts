import { problemRows } from './row.ts';

/** Refusals. What is published, and until when (O4, V2). */
export const publicationProblems = problemRows({
  publicationWithdrawn: {
    status: 409,
    title: { zh: '该公布件已撤回', en: 'This publication was withdrawn already' },
  },
});
