import { problemRows } from './row.ts';

/** Refusals about the permitted revenue of a year (F2). */
export const permittedRevenueProblems = problemRows({
  figuresUnchanged: {
    status: 409,
    title: { zh: '测算结果与现有一致', en: 'The figures are those that stand' },
    detail: { zh: '台账或参数有变化后再修订。', en: 'Revise once the ledger or a parameter has changed.' },
  },
  figuresChanged: {
    status: 409,
    title: { zh: '测算已修订', en: 'The figures were revised meanwhile' },
    detail: { zh: '请查看最新测算后再作决定。', en: 'Read the newest figures, then decide.' },
  },
  notTheDecider: {
    status: 403,
    title: { zh: '本环节由其他部门决定', en: 'Another body decides this step' },
    detail: { zh: '决定部门：{by}。', en: 'It is for: {by}.' },
  },
  jointOpinionMissing: {
    status: 422,
    title: { zh: '缺少会同部门的意见', en: 'The opinion of a body that decides together is missing' },
    detail: { zh: '请附上 {with} 的意见文件。', en: 'Give the document of {with}.' },
  },
  revenueOpen: {
    status: 409,
    title: { zh: '该年度已有正在办理的核定', en: 'A determination for this year is under way' },
    detail: { zh: '案件 {caseNo} 办结或撤回后方可再次提出。', en: 'Go on once {caseNo} has ended.' },
  },
  costReportMissing: {
    status: 409,
    title: { zh: '缺少上一年度成本报告', en: 'The cost report of the year before is missing' },
    detail: {
      zh: '请运营机构先报送 {year} 年度成本报告。',
      en: 'The operator files the cost report of {year} first.',
    },
  },
  revenueYearSettled: {
    status: 409,
    title: { zh: '该年度已结算', en: 'The year is settled' },
    detail: {
      zh: '结算以现行最高准许收入为准，差额在下一年度核定时处理。',
      en: 'It rests on the figure in force; what differs belongs into the next year’s.',
    },
  },
  overrunTakenMeanwhile: {
    status: 409,
    title: { zh: '往期超收已在其他年度扣减', en: 'The overrun was taken off another year meanwhile' },
    detail: {
      zh: '请退回并重新测算后再作决定。',
      en: 'Send the figures back and compute them anew, then decide.',
    },
  },
  noSuchOperator: {
    status: 422,
    title: { zh: '本市没有该运营机构', en: 'The city has no such operator' },
  },
});
