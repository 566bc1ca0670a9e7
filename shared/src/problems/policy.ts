import { problemRows } from './row.ts';

/** Refusals that rest on the policy packs. */
export const policyProblems = problemRows({
  jurisdictionUnknown: {
    status: 404,
    title: { zh: '没有该地区的规则包', en: 'No policy pack of that jurisdiction' },
  },
});
