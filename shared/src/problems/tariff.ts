import { problemRows } from './row.ts';

/** Refusals about ceilings and tariffs as they are set, filed, published and ended (F1, F3). */
export const tariffProblems = problemRows({
  ceilingDayPassed: {
    status: 422,
    title: { zh: '上限收费标准不得溯及既往', en: 'A ceiling applies from today or later' },
    detail: {
      zh: '执行日 {from} 早于今日 {today}，请另行拟制。',
      en: '{from} lies before {today}: draft it with a later day.',
    },
  },
  tariffNoticeTooShort: {
    status: 422,
    title: { zh: '执行日早于公示期满', en: 'The first day lies before the notice ends' },
    detail: { zh: '最早自 {earliest} 起执行。', en: 'It may apply from {earliest} at the earliest.' },
  },
  tariffNotFiled: {
    status: 409,
    title: { zh: '该收费标准没有待答复的备案', en: 'No filing of this tariff waits for an answer' },
  },
  tariffNotPublished: {
    status: 409,
    title: { zh: '该收费标准未在公示或执行', en: 'The tariff is neither announced nor in force' },
  },
  tariffDayPassed: {
    status: 422,
    title: { zh: '停止执行日不得早于今日', en: 'A tariff ends today or later' },
    detail: { zh: '最后执行日不早于 {today}。', en: 'Its last day is {today} at the earliest.' },
  },
  tariffEndsEarlier: {
    status: 409,
    title: { zh: '该收费标准在此之前已停止执行', en: 'The tariff ends before that day already' },
    detail: { zh: '最后执行日为 {until}。', en: 'Its last day is {until}.' },
  },
});
