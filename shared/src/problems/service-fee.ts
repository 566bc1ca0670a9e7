import { problemRows } from './row.ts';

/** Refusals of services to merchants and their fees (F6, M4). */
export const serviceFeeProblems = problemRows({
  serviceFeeNotAhead: {
    status: 422,
    title: { zh: '价目须先公布后执行', en: 'A fee is published before it applies' },
    detail: {
      zh: '执行日期须晚于 {after}。',
      en: 'Its first day must be after {after}.',
    },
  },
  serviceCostUnknown: {
    status: 422,
    title: { zh: '所列成本不在本机构账上', en: 'A cost it rests on is not in your ledger' },
    detail: { zh: '请列未冲销的成本编号。', en: 'Name items that stand and were not reversed.' },
  },
  serviceCostStated: {
    status: 409,
    title: { zh: '已有成本报告，收费须以成本账册为据', en: 'Cost was reported: a fee rests on the ledger' },
    detail: {
      zh: '{year} 年度成本报告已报送，请列明账册中的成本编号。',
      en: 'The cost report of {year} was filed: name items of the ledger.',
    },
  },
  serviceCostCarried: {
    status: 409,
    title: { zh: '该笔成本已由其他服务项目分摊', en: 'Other services carry this cost already' },
    detail: {
      zh: '同一笔成本由各服务项目分摊的份额合计不得超过一；请约定份额，或先调整其他项目。',
      en: 'What services carry of one cost is one at most together: state shares, or change the other service first.',
    },
  },
  serviceOrderStepNotReached: {
    status: 409,
    title: { zh: '订单当前状态不允许此操作', en: 'The order does not stand where this can be done' },
    detail: { zh: '现状态为 {state}。', en: 'It stands as {state}.' },
  },
  serviceNotOrdered: {
    status: 422,
    title: { zh: '数商未订购，不得收费', en: 'The merchant did not order it: no charge' },
    detail: {
      zh: '服务由数商自愿订购，所收数量不得超过订购数量（剩余 {left}）。',
      en: 'A merchant orders of its own will; no more is charged than was ordered (left: {left}).',
    },
  },
  serviceChargeDiffers: {
    status: 409,
    title: { zh: '同一收费编号内容不同', en: 'The same charge number with other content' },
    detail: { zh: '首次计收有效。', en: 'The first stands.' },
  },
  serviceChargeDateWrong: {
    status: 422,
    title: { zh: '收费日期不成立', en: 'The day of the charge does not hold' },
    detail: {
      zh: '不得早于订购日，也不得晚于今日（{today}）。',
      en: 'It is neither before the order nor after today ({today}).',
    },
  },
});
