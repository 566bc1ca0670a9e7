import { problemRows } from './row.ts';

/** Refusals that a statutory clock or its calendar gives. */
export const clockProblems = problemRows({
  deadlinePassed: {
    status: 409,
    title: { zh: '期限已过', en: 'The deadline has passed' },
    detail: {
      zh: '期限为 {deadline}，此后不再受理。',
      en: 'The deadline was {deadline}; nothing is taken after it.',
    },
  },
});
