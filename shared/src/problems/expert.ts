import { problemRows } from './row.ts';

/** Refusals. Pool of experts and the standing committee (O3, X3); lists of debarment (O2). */
export const expertProblems = problemRows({
  expertDiffers: {
    status: 409,
    title: { zh: '专家已入库，内容不同', en: 'An expert of this id or account stands with other content' },
    detail: { zh: '更改已入库的专家请用修改。', en: 'Edit the expert’s entry to change it.' },
  },
  expertNotOutside: {
    status: 422,
    title: { zh: '政府部门人员不能作为第三方专家', en: 'Someone of a government body is no outside expert' },
    detail: { zh: '请登记为部门代表。', en: 'Register a representative of the department.' },
  },
  expertNotOfDepartment: {
    status: 422,
    title: {
      zh: '部门代表须来自已登记的政府部门',
      en: 'A representative comes from a registered department',
    },
    detail: { zh: '先登记单位，或登记为第三方专家。', en: 'Register the body, or an outside expert.' },
  },
  expertSuspended: {
    status: 409,
    title: { zh: '专家已暂停', en: 'The expert is suspended' },
    detail: { zh: '恢复后方可参加。', en: 'Restore the expert first.' },
  },
  expertStands: {
    status: 409,
    title: { zh: '专家在库，无需恢复', en: 'The expert is in the pool' },
  },
  conflictDeclared: {
    status: 409,
    title: { zh: '该利害关系已申报', en: 'This conflict is on record already' },
  },
  noExpertCommittee: {
    status: 422,
    title: { zh: '本地政策未设专家委员会', en: 'This city’s rules have no expert committee' },
    detail: {
      zh: '请按本地规定的其他程序办理。',
      en: 'Use the procedures that the city’s own rules have.',
    },
  },
  taskNotOfCommittee: {
    status: 422,
    title: { zh: '不属于专家委员会的任务', en: 'Not a task of the expert committee' },
    detail: { zh: '请选择政策所列任务。', en: 'Choose one of the tasks that the rules name.' },
  },
  membersUnfit: {
    status: 422,
    title: { zh: '所选专家不能参加本次论证', en: 'Experts chosen cannot take part' },
    detail: { zh: '请改选所列各位。', en: 'Choose others for those listed.' },
  },
  questionClosed: {
    status: 409,
    title: { zh: '本次论证已办结', en: 'The question is closed' },
  },
  opinionGiven: {
    status: 409,
    title: { zh: '每位专家只出具一次意见', en: 'Each member gives one opinion' },
    detail: { zh: '已出具的意见不再更改。', en: 'The one on record stands.' },
  },
  memberLeft: {
    status: 409,
    title: { zh: '有利害关系的专家已退出本次论证', en: 'A member with a conflict has left the question' },
  },
  opinionsMissing: {
    status: 409,
    title: { zh: '仍有专家未出具意见', en: 'Members have yet to give their opinions' },
    detail: {
      zh: '待所列专家出具意见或回避后再办结。',
      en: 'Close it once those listed have answered or left.',
    },
  },
  debarmentListOlder: {
    status: 409,
    title: { zh: '已有同日或更新的名单', en: 'A list of this day or a later one stands' },
    detail: { zh: '现有名单日期为 {asOf}。', en: 'The list at hand is of {asOf}.' },
  },
  debarmentFileRefused: {
    status: 422,
    title: { zh: '名单文件不能读取', en: 'A list’s file cannot be read' },
    detail: { zh: '请按所列位置更正后重新载入。', en: 'Correct the places listed and load it again.' },
  },
  debarmentSourceMissing: {
    status: 409,
    title: { zh: '未配置名单来源', en: 'No source of lists is set up' },
    detail: { zh: '请在本系统直接导入名单。', en: 'Import the lists here instead.' },
  },
});
