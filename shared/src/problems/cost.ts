import { problemRows } from './row.ts';

/** Refusals of the cost ledger (F4). */
export const costProblems = problemRows({
  costPeriodClosed: {
    status: 409,
    title: {
      zh: '该年度成本报告已报送，账期已关闭',
      en: 'The cost report of that year was filed: it is closed',
    },
    detail: {
      zh: '报告 {report} 退回后方可入账或冲销；否则由数据、价格或财政部门作审计调整。',
      en: 'Entries and reversals are taken again once report {report} is returned; else the bureau, the price or the finance office adjusts the item.',
    },
  },
  costYearWrong: {
    status: 422,
    title: {
      zh: '发生日期不在今日以前或与年度不符',
      en: 'The cost lies ahead, or its day is not of its year',
    },
    detail: { zh: '今日为 {today}。', en: 'Today is {today}.' },
  },
  costProductUnknown: {
    status: 422,
    title: { zh: '本市没有这个产品', en: 'The city has no such product' },
    detail: {
      zh: '由多个产品共同负担的，不填产品。',
      en: 'Leave it out where several products share the cost.',
    },
  },
  costVoucherDiffers: {
    status: 409,
    title: { zh: '同一凭证号内容不同', en: 'The same voucher with other content' },
    detail: {
      zh: '首次入账有效；更正请先冲销 {cost}，再以新凭证号入账。',
      en: 'The first stands; to correct it, reverse {cost} and enter it under a new voucher number.',
    },
  },
  costReversed: {
    status: 409,
    title: { zh: '该笔已冲销或本身即为冲销', en: 'It is reversed already, or is a reversal itself' },
    detail: { zh: '更正请另行入账。', en: 'Enter what is right as an item of its own.' },
  },
  costAdjusted: {
    status: 409,
    title: { zh: '该笔已作审计调整，不得冲销', en: 'An audit has adjusted it: it is not reversed' },
    detail: { zh: '由作出调整的部门再行调整。', en: 'The office that adjusted it adjusts it again.' },
  },
  operatorNeeded: {
    status: 422,
    title: { zh: '请指明运营机构', en: 'Say whose ledger' },
    detail: { zh: '请填写查询参数 operator。', en: 'Give the query parameter operator.' },
  },
  allocationKeyMissing: {
    status: 409,
    title: { zh: '共同成本尚未确定分摊方式', en: 'There is shared cost and no key to lay it on products' },
    detail: { zh: '请先确定该年度的分摊方式。', en: 'State the key of that year first.' },
  },
  costYearRunning: {
    status: 409,
    title: {
      zh: '年度尚未结束，不能报送成本报告',
      en: 'The year is not over: its cost report cannot be filed',
    },
    detail: { zh: '自 {from} 起可以报送。', en: 'It can be filed from {from} on.' },
  },
  costReportAnswered: {
    status: 409,
    title: { zh: '成本报告已答复', en: 'The cost report was answered already' },
    detail: { zh: '现状态为 {state}。', en: 'It stands as {state}.' },
  },
  costReportAudited: {
    status: 409,
    title: { zh: '审核结论已记录', en: 'The outcome of the audit is recorded already' },
  },
});
