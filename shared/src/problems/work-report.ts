import { problemRows } from './row.ts';

/** Refusals about the operator's periodic reports (M3, M5). */
export const workReportProblems = problemRows({
  workReportFiled: {
    status: 409,
    title: { zh: '该报告已报送', en: 'The report was filed before' },
    detail: { zh: '退回后方可重新报送。', en: 'It can be filed again once it was returned.' },
  },
  workReportNotFiled: {
    status: 409,
    title: { zh: '该报告尚未报送或已答复', en: 'The report is not filed, or was answered before' },
  },
  fairnessSpan: {
    status: 422,
    title: {
      zh: '公平性报告只按已结束的完整期间出具',
      en: 'The fairness report is on a whole period that has ended',
    },
    detail: {
      zh: '每期{months}个月，最近一期为{from}至{until}。其他起止日期两相比较可推知个案，故不出具。',
      en: 'A period is {months} months; the last was from {from} to {until}. Other spans would give single cases away by their difference.',
    },
  },
  workReportContentNotAsked: {
    status: 422,
    title: { zh: '不得要求报告提供此项内容', en: 'This may not be asked for in a report' },
  },
  workReportDocumentsMissing: {
    status: 422,
    title: { zh: '报告须附材料', en: 'The report needs its documents' },
    detail: { zh: '须附：{contents}。', en: 'To be added: {contents}.' },
  },
});
