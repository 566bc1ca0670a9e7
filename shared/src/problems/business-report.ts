import { problemRows } from './row.ts';

/** Refusals about the yearly business report (65号). */
export const businessReportProblems = problemRows({
  businessYearRunning: {
    status: 409,
    title: { zh: '年度尚未结束，不能报送经营情况报告', en: 'The year is not over yet' },
    detail: { zh: '自 {from} 起可以报送。', en: 'The report can be filed from {from} on.' },
  },
  businessUnchanged: {
    status: 409,
    title: { zh: '内容与已报送的报告一致', en: 'The books say what the report filed last says' },
    detail: { zh: '账目有变化后再报送新版。', en: 'File a new version once the books have changed.' },
  },
});
