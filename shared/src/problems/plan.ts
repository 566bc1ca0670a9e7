import { problemRows } from './row.ts';

/** Refusals about implementation plans (P1, P2). */
export const planProblems = problemRows({
  planIncomplete: {
    status: 422,
    title: { zh: '实施方案内容不完整', en: 'The implementation plan lacks required items' },
    detail: { zh: '请补齐所列各项后再提交。', en: 'Add the items listed and send it again.' },
  },
  planUnchanged: {
    status: 409,
    title: { zh: '内容与现有版本相同', en: 'The contents are those that stand' },
    detail: { zh: '请修改内容后再提交。', en: 'Send contents that differ.' },
  },
  dateOutside: {
    status: 422,
    title: { zh: '日期不在允许的范围内', en: 'The date lies outside what it can be' },
    detail: { zh: '日期须在 {from} 至 {until} 之间。', en: 'It must lie between {from} and {until}.' },
  },
  planNotInForce: {
    status: 404,
    title: { zh: '本市没有生效的实施方案', en: 'No implementation plan is in force in this city' },
  },
  planOpen: {
    status: 409,
    title: { zh: '已有正在办理的实施方案', en: 'A version of this plan is under way' },
    detail: { zh: '案件 {caseNo} 办结或撤回后方可再次提出。', en: 'Go on once {caseNo} has ended.' },
  },
});
