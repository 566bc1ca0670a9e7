import { problemRows } from './row.ts';

/** Refusals of the feedback on data quality (C6). */
export const qualityFeedbackProblems = problemRows({
  feedbackGiverNotAllowed: {
    status: 422,
    title: {
      zh: '本地规定未列此类单位反馈数据质量',
      en: 'The pack names no such body among those who give feedback',
    },
  },
  resourceNotPublished: {
    status: 409,
    title: { zh: '该数据资源不存在或未公布', en: 'No such published resource' },
    detail: { zh: '请核对目录编号。', en: 'Check the entry’s number in the catalog.' },
  },
  departmentMissing: {
    status: 409,
    title: { zh: '该资源没有登记数源部门', en: 'The resource has no source department on record' },
    detail: { zh: '请先由主管部门补登提供部门。', en: 'The bureau records its provider first.' },
  },
  correctionPromised: {
    status: 409,
    title: { zh: '已答复将更正，请在更正后答复', en: 'A correction was promised: answer when it is done' },
  },
  directedToCorrect: {
    status: 409,
    title: { zh: '主管部门已责成更正', en: 'A correction was directed' },
    detail: { zh: '请更正后答复日期。', en: 'Correct it, and answer with the date.' },
  },
  disputedAlready: {
    status: 409,
    title: { zh: '异议只能提出一次', en: 'An answer is disputed once' },
  },
  feedbackUnanswered: {
    status: 409,
    title: { zh: '尚无答复，不能维持答复', en: 'There is no answer yet that could stand' },
    detail: { zh: '请责令限期更正。', en: 'Direct that it is corrected by a day.' },
  },
  nothingToDirect: {
    status: 409,
    title: { zh: '既无逾期，也无异议，无需督办', en: 'Nothing is overdue or disputed' },
  },
});
