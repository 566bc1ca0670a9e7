import type {
  ConflictGround,
  ConflictKind,
  DebarmentListCode,
  ExpertKind,
  ExpertState,
  ExpertTask,
  Institution,
  OpinionStance,
  OwnershipKind,
  OwnershipState,
  QuestionState,
} from '../experts/codes.ts';
import type { ConditionReason, IncidentGrade, IncidentKind, ViolationKind } from '../selection/conditions.ts';
import type { DrawFault, Seat } from '../selection/draw.ts';
import { codeTable } from './define.ts';

/** Experts, their questions, conditions of bidders, ownership between bodies (O2, O3, X3). */
export const expertTables = {
  expertKinds: codeTable<ExpertKind>('评审人员类别', 'Kinds of assessors', {
    outside: ['第三方专家', 'Expert from outside'],
    department: ['部门代表', 'Representative of a department'],
  }),
  institutions: codeTable<Institution>('专家来源', 'Where experts come from', {
    enterprise: ['企业', 'Enterprise'],
    researchInstitute: ['科研机构', 'Research institute'],
    university: ['高等院校', 'University'],
    association: ['行业协会', 'Association of the trade'],
    government: ['政府部门', 'Government body'],
    other: ['其他', 'Other'],
  }),
  expertStates: codeTable<ExpertState>('专家状态', 'States of an expert', {
    standing: ['在库', 'In the pool'],
    suspended: ['暂停', 'Suspended'],
  }),
  expertTasks: codeTable<ExpertTask>('专家委员会任务', 'Tasks of the expert committee', {
    hardQuestions: ['重大、疑难问题论证', 'Hard questions'],
    riskAssessment: ['运营风险评估', 'Assessment of risk'],
    advice: ['专业咨询', 'Advice'],
  }),
  questionStates: codeTable<QuestionState>('专家论证状态', 'States of a question to experts', {
    open: ['征求意见中', 'Open'],
    closed: ['已办结', 'Closed'],
  }),
  opinionStances: codeTable<OpinionStance>('专家意见', 'What an expert’s opinion comes to', {
    support: ['赞成', 'In favour'],
    supportOnConditions: ['附条件赞成', 'In favour on conditions'],
    oppose: ['反对', 'Against'],
    abstain: ['弃权', 'Abstains'],
  }),
  conflictGrounds: codeTable<ConflictGround>('利害关系事由', 'Grounds of a conflict of interest', {
    employment: ['任职', 'Employment'],
    ownership: ['持股', 'Ownership'],
    kinship: ['亲属', 'Kinship'],
    adviser: ['顾问或咨询关系', 'Adviser'],
    litigation: ['诉讼纠纷', 'Litigation'],
    other: ['其他', 'Other'],
  }),
  conflictKinds: codeTable<ConflictKind>('利害关系来源', 'How a conflict of interest is known', {
    declared: ['本人申报', 'Declared'],
    employment: ['任职单位', 'By employment'],
    ownership: ['股权或控制关系', 'By ownership or control'],
  }),
  ownershipKinds: codeTable<OwnershipKind>('股权与控制', 'Ownership and control', {
    share: ['持股', 'Share'],
    control: ['控制', 'Control'],
  }),
  ownershipStates: codeTable<OwnershipState>('股权关系登记状态', 'States of an ownership link', {
    recorded: ['已登记，待复核', 'Recorded, to be confirmed'],
    confirmed: ['已复核', 'Confirmed'],
    struck: ['已注销', 'Struck out'],
  }),
  debarmentLists: codeTable<DebarmentListCode>('失信名单', 'Debarment lists', {
    dishonestConduct: ['失信行为记录名单', 'Records of dishonest conduct'],
    dishonestDebtors: ['失信被执行人名单', 'Dishonest judgment debtors'],
    majorTaxViolations: ['重大税收违法案件当事人名单', 'Parties to major tax violations'],
    procurementViolations: [
      '政府采购严重违法失信行为记录名单',
      'Serious violations in government procurement',
    ],
    seriousDishonesty: ['严重失信名单', 'Serious dishonesty'],
  }),
  listAnswers: codeTable<'listed' | 'notListed' | 'unknown'>('名单查询结果', 'Answers of a list', {
    listed: ['在名单内', 'Listed'],
    notListed: ['不在名单内', 'Not listed'],
    unknown: ['不能确定', 'Not known'],
  }),
  conditionReasons: codeTable<ConditionReason>('条件审查结论', 'What judging a condition found', {
    met: ['符合', 'Met'],
    listed: ['被列入失信名单', 'On a debarment list'],
    listUnknown: ['名单缺失或过期，不能确定', 'A list is missing or out of date'],
    incidentWithinYears: ['期限内发生过安全事件', 'An incident within the years'],
    notSearched: ['尚未查询', 'Nobody has searched'],
    violationOnRecord: ['有违法记录', 'A violation on record'],
    levelTooLow: ['等级保护级别不足', 'The level of protection is too low'],
    certificateNotValid: ['等级保护证明不在有效期内', 'The certificate is not valid on the day'],
    documentMissing: ['未提交证明材料', 'No document was given'],
    findingMissing: ['材料尚待审查', 'The documents are yet to be read'],
    foundNotMet: ['审查认为不符合', 'Found not to be met'],
    notLegalPerson: ['不是独立法人', 'Not a legal person'],
  }),
  incidentGrades: codeTable<IncidentGrade>('安全事件等级', 'Grades of incidents', {
    general: ['一般', 'General'],
    larger: ['较大', 'Larger'],
    major: ['重大', 'Major'],
    extraordinary: ['特别重大', 'Extraordinary'],
  }),
  incidentKinds: codeTable<IncidentKind | ViolationKind>(
    '安全事件与违法种类',
    'Kinds of incidents and violations',
    {
      networkSecurity: ['网络安全', 'Network security'],
      dataSecurity: ['数据安全', 'Data security'],
      personalInformation: ['个人信息保护', 'Personal information'],
      majorOffences: ['重大违法', 'Major offences'],
    },
  ),
  drawFaults: codeTable<DrawFault['code']>('不能抽取的原因', 'Why no committee can be drawn', {
    sizeNotOdd: ['评审组人数须为单数', 'The size must be odd'],
    noSeatForDepartments: ['专家比例未给部门代表留席位', 'The share of experts leaves departments no seat'],
    tooFewExperts: ['可用专家不足', 'Too few experts'],
    tooFewDepartments: ['没有可用的部门代表', 'No representative of a department'],
  }),
  committeeSeats: codeTable<Seat>('评审组席位', 'Seats of a committee', {
    expert: ['专家', 'Expert'],
    department: ['部门代表', 'Representative of a department'],
  }),
};
