import { problemRows } from './row.ts';

/** Refusals about scenarios before data is asked for (A0). */
export const scenarioProblems = problemRows({
  scenarioNotAppraised: {
    status: 409,
    title: { zh: '须先有论证通过的应用场景', en: 'An approved scenario comes first' },
    detail: {
      zh: '数据需求须依据论证通过的应用场景提出：请写明本单位的应用场景代码；该场景现为 {state}。',
      en: 'Data is asked for on an approved scenario: name your own by its code. It is {state}.',
    },
  },
  scenarioUnknown: {
    status: 422,
    title: { zh: '没有此应用场景', en: 'There is no such scenario' },
    detail: { zh: '如写明应用场景代码，须是已登记的。', en: 'A scenario that is named must be registered.' },
  },
  scenarioCodeTaken: {
    status: 409,
    title: { zh: '应用场景代码已被使用', en: 'The scenario’s code is taken' },
    detail: { zh: '请换用其他代码。', en: 'Choose another code.' },
  },
  scenarioStepNotReached: {
    status: 409,
    title: { zh: '应用场景当前状态不能作此办理', en: 'The scenario does not stand at this step' },
    detail: { zh: '当前状态：{state}。', en: 'It is {state}.' },
  },
  scenarioByOther: {
    status: 403,
    title: { zh: '应用场景需求不由本单位提出', en: 'Scenarios are not for this body to bring' },
    detail: {
      zh: '由运营机构收集、汇总，来自：{from}。',
      en: 'The operator collects them, from: {from}.',
    },
  },
  scenarioAppraisedAlready: {
    status: 409,
    title: { zh: '本单位已对此版本提出论证意见', en: 'Your body has appraised this version already' },
  },
  scenarioBodyUnknown: {
    status: 422,
    title: { zh: '所列主体未登记', en: 'A body named is not registered' },
    detail: { zh: '请写明本市已登记的主体。', en: 'Name a registered body of the city.' },
  },
  industryDepartmentUnknown: {
    status: 422,
    title: { zh: '行业主管部门未登记', en: 'The industry department is not registered' },
    detail: {
      zh: '请写明参加论证的行业主管部门，须是本市已登记的数源部门。',
      en: 'Name the department that appraises it: a registered source department of the city.',
    },
  },
});
