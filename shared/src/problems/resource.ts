import { problemRows } from './row.ts';

/** Refusals about public data resources and their catalog. */
export const resourceProblems = problemRows({
  resourceNotOpen: {
    status: 409,
    title: { zh: '该资源未开放申请', en: 'The resource is not open to application' },
  },
});
