import { problemRows } from './row.ts';

/** Refusals about feedback on products (E5) and checks on developers (A9). */
export const productUseProblems = problemRows({
  feedbackStepNotReached: {
    status: 409,
    title: { zh: '该反馈当前状态不能作此办理', en: 'The feedback does not stand at this step' },
    detail: { zh: '当前状态：{state}。', en: 'It is {state}.' },
  },
  notAskedForAnswer: {
    status: 403,
    title: { zh: '该反馈未转给本单位', en: 'The feedback was not relayed to your body' },
  },
  departmentUnknown: {
    status: 422,
    title: { zh: '没有该数源部门', en: 'There is no such source department' },
    detail: { zh: '请填写在册的数源部门或县区主管部门。', en: 'Name bodies that are registered as such.' },
  },
  spotCheckStepNotReached: {
    status: 409,
    title: { zh: '该抽查当前状态不能作此办理', en: 'The spot check does not stand at this step' },
    detail: { zh: '当前状态：{state}。', en: 'It is {state}.' },
  },
  inspectorNotAllowed: {
    status: 403,
    title: { zh: '本地不由该单位开展抽查', en: 'This body makes no spot checks here' },
  },
  checkDayWrong: {
    status: 422,
    title: { zh: '日期不符合要求', en: 'The date cannot be' },
    detail: { zh: '请按所列说明改正。', en: 'Correct it as the place says.' },
  },
  developerUnknown: {
    status: 422,
    title: { zh: '没有该开发主体', en: 'There is no such developer' },
    detail: { zh: '请填写在册数商或产品编号。', en: 'Name a merchant on the register, or its product.' },
  },
});
