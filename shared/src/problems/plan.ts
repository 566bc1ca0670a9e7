import { problemRows } from './row.ts';

/** Refusals about implementation plans (P1, P2). */
export const planProblems = problemRows({
  planIncomplete: {
    status: 422,
    title: { zh: '实施方案内容不完整', en: 'The implementation plan lacks required items' },
    detail: { zh: '请补齐所列各项后再提交。', en: 'Add the items listed and send it again.' },
  },
  planOpen: {
    status: 409,
    title: { zh: '已有正在办理的实施方案', en: 'A version of this plan is under way' },
    detail: { zh: '案件 {caseNo} 办结或撤回后方可再次提出。', en: 'Go on once {caseNo} has ended.' },
  },
});
