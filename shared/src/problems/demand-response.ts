import { problemRows } from './row.ts';

/** Refusals of the response to demands for data (C7). */
export const demandResponseProblems = problemRows({
  demandAskerNotAllowed: {
    status: 422,
    title: {
      zh: '本地规定未列此类单位提出数据需求',
      en: 'The pack names no such body among those who may ask',
    },
  },
  demandBodyNotAsked: {
    status: 422,
    title: { zh: '本地规定不向此类单位征询', en: 'The pack has no such body asked' },
    detail: {
      zh: '请选择本市在册的数源部门等单位。',
      en: 'Choose a registered source department of the city.',
    },
  },
  supplyDayPassed: {
    status: 422,
    title: { zh: '承诺供数的日期已过', en: 'The day promised has passed' },
    detail: { zh: '不早于 {today}。', en: '{today} or later.' },
  },
  demandResultNotInPack: {
    status: 422,
    title: { zh: '本地规定没有这一协调结果', en: 'The pack knows no such result' },
  },
  demandResultUnfounded: {
    status: 422,
    title: { zh: '协调结果与各单位的答复不符', en: 'The result says other than the bodies answered' },
    detail: {
      zh: '有单位可以供数的，结果为可供或部分可供；没有的，为未持有或不予供数。',
      en: 'Supplied, or partly, where a body can; not held, or refused, where none can.',
    },
  },
  demandEntryOfAnother: {
    status: 422,
    title: { zh: '该条目由其他单位提供', en: 'Another body supplies that entry' },
    detail: {
      zh: '请指明本单位编制的条目；尚未编制的，可先不指明。',
      en: 'Name an entry of your own, or leave it out until it is compiled.',
    },
  },
  demandEntryUnknown: {
    status: 422,
    title: { zh: '目录中没有这一条目', en: 'The catalog holds no such entry' },
    detail: {
      zh: '请核对目录编号；尚未编制的，可先不指明。',
      en: 'Check its number, or leave it out until it is compiled.',
    },
  },
  noPromise: {
    status: 409,
    title: { zh: '该单位没有尚待兑现的承诺', en: 'That body has no word left to keep' },
  },
});
