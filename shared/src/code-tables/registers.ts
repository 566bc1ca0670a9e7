import { codeTable } from './define.ts';

/** Registers of the authority's side: scenarios (A0), partners (M1), social data (D3), people who process data (D4). */
export const registerTables = {
  scenarioTreatments: codeTable('应用场景办理方式', 'How a city treats scenarios (A0)', {
    appraised: ['先论证', 'Appraised before data is asked for'],
    reported: ['收集报送', 'Collected and reported'],
  }),
  scenarioStates: codeTable('应用场景状态', 'States of a scenario', {
    proposed: ['已提出，待初审', 'Proposed'],
    firstReviewed: ['初审通过，待论证', 'First review passed'],
    returned: ['退回修改', 'Returned for changes'],
    approved: ['论证通过', 'Approved'],
    refused: ['未通过', 'Refused'],
    collected: ['已收集', 'Collected'],
    withdrawn: ['已撤回', 'Withdrawn'],
  }),
  scenarioSteps: codeTable('应用场景环节', 'Steps of a scenario', {
    firstReview: ['初审', 'First review'],
    appraisal: ['论证', 'Appraisal'],
  }),
  scenarioCapacities: codeTable('应用场景意见主体', 'Who gives an opinion on a scenario', {
    operator: ['运营机构', 'Operator'],
    authority: ['数据主管部门', 'Authority'],
    industryDepartment: ['行业主管部门', 'Industry department'],
  }),
  scenarioOutcomes: codeTable('应用场景意见', 'Opinions on a scenario', {
    approve: ['同意', 'In favour'],
    return: ['退回修改', 'Returned for changes'],
    refuse: ['不同意', 'Against'],
  }),
  accessViews: codeTable('数据呈现方式', 'How data is shown to a person (D4)', {
    raw: ['原始数据', 'Raw'],
    desensitised: ['脱敏数据', 'Desensitised'],
  }),
  partnerStates: codeTable('合伙人状态', 'States of a partner', {
    registered: ['已登记', 'Registered'],
    filed: ['已报备案', 'Filed'],
    noted: ['备案已收悉', 'Noted by the bureau'],
    returned: ['退回', 'Returned'],
    ended: ['已终止', 'Ended'],
  }),
  filingAnswers: codeTable('备案处理', 'What the bureau does with a filing', {
    note: ['收悉', 'Takes note'],
    return: ['退回', 'Returns it'],
  }),
  socialDataStates: codeTable('社会数据状态', 'States of social data', {
    submitted: ['待审核批准', 'Waits for approval'],
    usable: ['可使用', 'May be used'],
    refused: ['未获批准', 'Refused'],
    withdrawn: ['已撤出', 'Withdrawn'],
  }),
  socialDataGrounds: codeTable('社会数据取得依据', 'On what ground social data is held', {
    purchased: ['购买', 'Purchased'],
    licensed: ['许可使用', 'Licensed'],
    collected: ['自行依法采集', 'Collected lawfully'],
    exchanged: ['交换', 'Exchanged'],
    authorised: ['数据主体授权', 'Authorised by its subjects'],
  }),
  socialDataConditions: codeTable('社会数据接入条件', 'Conditions for bringing in social data (D3)', {
    securityKept: ['保证数据安全', 'Security is kept'],
    lawfullyObtained: ['依法合规获取', 'Lawfully obtained'],
    qualified: ['符合条件', 'Qualified'],
  }),
  staffStates: codeTable('数据加工人员状态', 'States of people who process data', {
    active: ['在岗', 'Active'],
    left: ['已离岗', 'Left'],
  }),
  staffRequirements: codeTable('数据加工人员要求', 'What people who process data need (D4)', {
    realName: ['实名认证', 'Identity verified'],
    filed: ['备案', 'Filed'],
    vetted: ['审查', 'Vetted'],
    confidentialitySigned: ['签订保密协议', 'Confidentiality signed'],
    actsRecorded: ['操作有记录', 'Acts recorded'],
  }),
  identityMeans: codeTable('实名认证方式', 'How an identity is verified', {
    idCard: ['居民身份证核验', 'Identity card'],
    passport: ['护照核验', 'Passport'],
    residencePermit: ['居留证件核验', 'Residence permit'],
  }),
  vettingResults: codeTable('审查结果', 'Results of vetting', {
    passed: ['通过', 'Passed'],
    failed: ['未通过', 'Failed'],
  }),
  assignmentKinds: codeTable('指派对象', 'What a person is assigned to', {
    resource: ['目录条目', 'Catalog entry'],
    grant: ['使用授权', 'Grant'],
    task: ['任务', 'Task'],
  }),
  staffActs: codeTable('数据加工操作', 'What a person did with data', {
    access: ['访问', 'Access'],
    processing: ['加工', 'Processing'],
    transfer: ['流转', 'Transfer'],
    destruction: ['销毁', 'Destruction'],
    maintenance: ['运维', 'Maintenance'],
  }),
};
