import { problemRows } from './row.ts';

/** Refusals that a statutory clock or its calendar gives. */
export const clockProblems = problemRows({
  deadlinePassed: {
    status: 409,
    title: { zh: '期限已过', en: 'The deadline has passed' },
    detail: {
      zh: '期限为 {deadline}，此项办理在期限之后，不再计入。',
      en: 'The deadline was {deadline}; this act came after it and does not count.',
    },
  },
  yearNotPublished: {
    status: 404,
    title: { zh: '该年节假日安排尚未发布或载入', en: 'The year is not published, or not loaded' },
    detail: {
      zh: '{year} 年的放假通知发布后，用 gongshu calendar load 载入。',
      en: 'When the notice for {year} is out, load it with gongshu calendar load.',
    },
  },
  calendarYearGap: {
    status: 409,
    title: { zh: '年份之间有缺', en: 'A year is missing in between' },
    detail: {
      zh: '{year} 年的放假通知尚未载入：年份须依次载入，单日只能在已发布的年份内调整。',
      en: 'The notice for {year} is not loaded: years come one after the other, and days change only in a published year.',
    },
  },
  noSandbox: {
    status: 404,
    title: { zh: '不在沙箱中', en: 'No sandbox here' },
    detail: {
      zh: '正式环境按真实日期运行，时钟不能调整。',
      en: 'Production runs on the real date; its clock is not moved.',
    },
  },
  clockGoesForward: {
    status: 409,
    title: { zh: '时钟只能向前', en: 'The clock goes forward only' },
    detail: { zh: '现为 {now}，不能回到 {to}。', en: 'It stands at {now} and does not go back to {to}.' },
  },
  pastPublishedYears: {
    status: 409,
    title: { zh: '超出已发布的年份', en: 'Past the last published year' },
    detail: {
      zh: '时钟最远到 {endsAt}；先用 gongshu calendar load 载入 {year} 年的放假通知。',
      en: 'The clock goes as far as {endsAt}; load the notice for {year} first, with gongshu calendar load.',
    },
  },
  advanceUnderWay: {
    status: 409,
    title: { zh: '时钟正在推进', en: 'The clock is being advanced' },
    detail: {
      zh: '一次只进行一次推进，请稍后再试。',
      en: 'One advance at a time; try again when it is done.',
    },
  },
  notSettled: {
    status: 503,
    title: { zh: '到期事项尚未办结', en: 'What falls due has not settled' },
    detail: {
      zh: '时钟停在 {at}，该时刻到期的事项在 {seconds} 秒内没有办结；请查看工作进程，再推进一次。',
      en: 'The clock stands at {at}: what falls due there did not settle within {seconds} s. Look at the worker, then advance again.',
    },
  },
});
