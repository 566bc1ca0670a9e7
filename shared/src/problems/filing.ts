import { problemRows } from './row.ts';

/** Refusals. Packages filed with a body above (P2, O7). */
export const filingProblems = problemRows({
  filingNotSent: {
    status: 409,
    title: { zh: '备案件尚未送出', en: 'The filing has not gone out yet' },
    detail: {
      zh: '备案件 {filing} 送出后方可登记回执或退回。',
      en: 'Record its receipt or return once {filing} has been sent.',
    },
  },
});
