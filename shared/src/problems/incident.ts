import { problemRows } from './row.ts';

/** Refusals of incidents, contingency plans, drills (X2), and of orders that suspend (D1, X1, X2, X4). */
export const incidentProblems = problemRows({
  suspensionMissing: {
    status: 409,
    title: { zh: '该级别事件须先暂停供数', en: 'At this severity supply must be suspended first' },
    detail: { zh: '事件级别：{severity}。请先责令暂停。', en: 'Severity: {severity}. Order the suspension.' },
  },
  suspensionUnconfirmed: {
    status: 409,
    title: {
      zh: '事件级别已上调，须再次责令暂停或认定现有暂停令足够',
      en: 'It was graded higher: order more, or find that the orders that stand suffice',
    },
    detail: { zh: '事件级别：{severity}。', en: 'Severity: {severity}.' },
  },
  suspensionNotAsked: {
    status: 409,
    title: { zh: '该级别未要求重新认定暂停令', en: 'Nothing asks for such a finding at this severity' },
    detail: { zh: '事件级别：{severity}。', en: 'Severity: {severity}.' },
  },
  measuresMissing: {
    status: 409,
    title: { zh: '尚未登记处置措施', en: 'No measure is on record yet' },
    detail: { zh: '请先登记已采取的措施。', en: 'Record what was done at once.' },
  },
  reviewedBefore: { status: 409, title: { zh: '已复盘', en: 'It was looked back on before' } },
  reportNotInPack: {
    status: 422,
    title: { zh: '本地规定不向该部门报告', en: 'The rules here ask for no report to this body' },
    detail: { zh: '部门：{to}。', en: 'Body: {to}.' },
  },
  reportedBefore: {
    status: 409,
    title: { zh: '已向该部门报告', en: 'This body was told before' },
    detail: { zh: '部门：{to}。', en: 'Body: {to}.' },
  },
  instantOutside: {
    status: 422,
    title: { zh: '时刻不在允许范围', en: 'The instant lies outside what is possible' },
    detail: {
      zh: '不早于发现之时，不晚于现在。',
      en: 'No earlier than the discovery, no later than now.',
    },
  },
  severityUnchanged: {
    status: 422,
    title: { zh: '事件级别未变', en: 'The severity is the same' },
    detail: { zh: '现为 {severity}。', en: 'It is {severity}.' },
  },
  orderReachesNothing: {
    status: 422,
    title: { zh: '暂停范围为空', en: 'The order would reach nothing' },
    detail: {
      zh: '请列明资源、产品或单位，或选择全部。',
      en: 'Name resources, products or bodies, or choose all.',
    },
  },
  orderNotStanding: {
    status: 409,
    title: { zh: '该暂停令不存在或已解除', en: 'No such order stands in this case' },
    detail: { zh: '暂停令 {order}。', en: 'Order {order}.' },
  },
  heldByOrder: {
    status: 409,
    title: { zh: '暂停令尚未解除', en: 'An order that suspends it still stands' },
    detail: {
      zh: '暂停令 {order}；由作出单位解除。',
      en: 'Order {order}; whoever made it lifts it.',
    },
  },
  contingencyPlanMissing: {
    status: 409,
    title: { zh: '没有该类别的生效应急预案', en: 'No contingency plan of this class is in force' },
    detail: { zh: '请先报送并经审核。', en: 'Hand one in and have it approved.' },
  },
  contingencyPlanNotSubmitted: {
    status: 409,
    title: { zh: '该预案不在待审状态', en: 'This plan does not wait for a decision' },
    detail: { zh: '该预案已经答复或已被替换。', en: 'It was decided before, or replaced.' },
  },
  contingencyPlanWaits: {
    status: 409,
    title: { zh: '同类预案正待审核', en: 'A plan of this kind waits for its decision' },
    detail: {
      zh: '{plan} 审核通过或退回后可再报送。',
      en: 'After {plan} is approved or returned, another can be handed in.',
    },
  },
  contingencyPlanNotBy: {
    status: 403,
    title: {
      zh: '本地规定不由该单位编制应急预案',
      en: 'The rules here have other bodies draw up these plans',
    },
    detail: { zh: '应由：{by}。', en: 'Drawn up by: {by}.' },
  },
  contingencyPlanJointWith: {
    status: 422,
    title: {
      zh: '联合编制的单位与本地规定不符',
      en: 'Those named are not who draws up this plan together here',
    },
    detail: { zh: '应由：{by}。', en: 'Drawn up by: {by}.' },
  },
  contingencyPlanClass: {
    status: 422,
    title: { zh: '本地规定没有该预案类别', en: 'The rules here know no plan of this class' },
    detail: { zh: '类别：{class}。', en: 'Class: {class}.' },
  },
  drillNotDue: {
    status: 409,
    title: { zh: '该单位本期没有应办演练', en: 'No drill of this body is due for that period' },
    detail: { zh: '期间 {period}。', en: 'Period {period}.' },
  },
  drillRecordedBefore: { status: 409, title: { zh: '本期演练已登记', en: 'The drill is on record already' } },
});
