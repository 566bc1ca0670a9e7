import { problemRows } from './row.ts';

/** Refusals. Documents made as PDF. */
export const paperProblems = problemRows({
  paperTooLarge: {
    status: 422,
    title: { zh: '文书篇幅超出可生成的范围', en: 'The document is too long to be made' },
    detail: {
      zh: '请缩小期间或者改以清单（CSV）导出。',
      en: 'Ask for a shorter period, or export the list as CSV.',
    },
  },
});
