import { problemRows } from './row.ts';

/** Refusals of acts on a data-use application. */
export const applicationProblems = problemRows({
  alreadyDecided: {
    status: 409,
    title: { zh: '已办结', en: 'Already decided' },
    detail: { zh: '此环节已经办结，结果不再更改。', en: 'This step has ended; its outcome stands.' },
  },
});
