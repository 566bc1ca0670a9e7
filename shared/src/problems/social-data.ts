import { problemRows } from './row.ts';

/** Refusals about social data brought in (D3). */
export const socialDataProblems = problemRows({
  socialDataConditionUnmet: {
    status: 422,
    title: { zh: '社会数据接入条件不具备', en: 'A condition for bringing in social data is not met' },
    detail: { zh: '所列各项须有佐证材料。', en: 'Each condition named needs its evidence.' },
  },
  socialDataNotApproved: {
    status: 409,
    title: { zh: '社会数据未经审核批准，不得使用', en: 'The social data are not approved for use' },
    detail: { zh: '当前状态：{state}。', en: 'They are {state}.' },
  },
  socialDataStepNotReached: {
    status: 409,
    title: { zh: '社会数据当前状态不能作此办理', en: 'The social data do not stand at this step' },
    detail: { zh: '当前状态：{state}。', en: 'They are {state}.' },
  },
});
