import { problemRows } from './row.ts';

/** Refusals of the risk assessment or audit procedure (X5). */
export const auditProblems = problemRows({
  auditKindUnknown: {
    status: 422,
    title: { zh: '本地规则未规定此类评估或审计', en: 'The pack knows no assessment or audit of this kind' },
    detail: { zh: '可办理的类别：{kinds}。', en: 'It knows: {kinds}.' },
  },
  auditPeriodTaken: {
    status: 409,
    title: { zh: '该期间已启动同类评估或审计', en: 'One of this kind covers the period already' },
    detail: { zh: '见案件 {caseNo}。', en: 'See case {caseNo}.' },
  },
  auditPeriodUnsound: {
    status: 422,
    title: { zh: '评估期间不成立', en: 'The period does not hold together' },
    detail: {
      zh: '末日不早于首日，且不晚于 {today}。',
      en: 'It ends no earlier than it begins, and no later than {today}.',
    },
  },
  auditDayPassed: {
    status: 422,
    title: { zh: '计划实施日已过', en: 'The day planned has passed' },
    detail: { zh: '计划日 {on}，今日 {today}。', en: 'Planned on {on}; today is {today}.' },
  },
  auditPartnersMissing: {
    status: 422,
    title: { zh: '会同单位不全', en: 'Bodies that take part are missing' },
    detail: { zh: '尚缺：{roles}。', en: 'Still missing: {roles}.' },
  },
  auditParticipantUnknown: {
    status: 422,
    title: { zh: '会同单位未登记', en: 'A body that is to take part is not registered here' },
    detail: { zh: '请填写本市已登记的单位。', en: 'Name bodies registered in this city.' },
  },
  auditsItself: {
    status: 422,
    title: { zh: '被评估单位不得会同评估自身', en: 'Nobody takes part in assessing itself' },
  },
  auditScheduled: {
    status: 409,
    title: { zh: '定期评估或审计不得撤回', en: 'What falls due by the text is not withdrawn' },
    detail: { zh: '请按期实施。', en: 'Carry it out.' },
  },
  auditFindingUnknown: {
    status: 422,
    title: { zh: '没有该项发现', en: 'There is no such finding' },
    detail: { zh: '编号 {finding}。', en: 'Its number is {finding}.' },
  },
  findingNotOpen: {
    status: 409,
    title: { zh: '该项发现当前无须整改', en: 'The finding is not open' },
    detail: { zh: '第 {finding} 项：{state}。', en: 'Finding {finding} is {state}.' },
  },
  findingNotReported: {
    status: 409,
    title: { zh: '该项发现尚未报告整改', en: 'Nothing was put right on the finding yet' },
    detail: { zh: '第 {finding} 项。', en: 'Finding {finding}.' },
  },
  findingOfAnother: {
    status: 403,
    title: { zh: '该项发现由其他单位负责', en: 'Another body answers for the finding' },
    detail: { zh: '第 {finding} 项。', en: 'Finding {finding}.' },
  },
});
