import { problemRows } from './row.ts';

/** Refusals that every procedure of the authority's side has. */
export const procedureProblems = problemRows({
  bureauUnknown: {
    status: 409,
    title: { zh: '尚未登记本市数据主管部门', en: 'No bureau is registered for this city' },
    detail: { zh: '请先登记主管部门。', en: 'Register the bureau first.' },
  },
  stepNotReached: {
    status: 409,
    title: { zh: '当前环节不能作此办理', en: 'This act has no place at the present step' },
    detail: { zh: '当前环节：{stage}。', en: 'The case stands at: {stage}.' },
  },
  quorumNotMet: {
    status: 422,
    title: { zh: '到会人数不足，集体决策无效', en: 'Too few members were present for a collective decision' },
    detail: {
      zh: '应到 {members} 人，实到 {present} 人。',
      en: '{present} of {members} members were present.',
    },
  },
  filingPending: {
    status: 409,
    title: { zh: '已报送备案，等待回执', en: 'A filing was sent and waits for its receipt' },
    detail: { zh: '备案件 {filing}。', en: 'Filing {filing}.' },
  },
  noFilingPending: {
    status: 409,
    title: { zh: '没有待回执的备案', en: 'No filing waits for a receipt' },
  },
});
