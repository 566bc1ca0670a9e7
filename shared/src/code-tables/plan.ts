import type { FeasibilityTopic, PlanItem } from '../packs/topics/implementation-plan.ts';
import type { MandateMode } from '../packs/topics/mandate.ts';
import type { Difference } from '../plan/differences.ts';
import type { MemberVote } from '../procedure/deliberation.ts';
import { codeTable } from './define.ts';

/** The implementation plan, filings and publications (P1, P2, O7). */
export const planTables = {
  planItems: codeTable<PlanItem>('实施方案内容', 'Items of an implementation plan', {
    name: ['授权运营名称', 'Name of the authorised operation'],
    necessityAndFeasibility: ['必要性和可行性论证', 'Necessity and feasibility'],
    operatorConditions: ['运营机构选择条件', 'Conditions of the operator'],
    mode: ['授权运营模式', 'Mode of authorised operation'],
    dataResources: ['数据资源范围', 'Scope of data resources'],
    termAndProgress: ['期限、建设内容和进度', 'Term, construction and progress'],
    products: ['拟提供的产品和服务清单', 'Products and services intended'],
    accounting: ['成本和收入核算机制', 'Accounting of cost and income'],
    security: ['数据安全、个人信息保护和应急措施', 'Security, personal information, contingencies'],
    rightsAndDuties: ['各方权利义务', 'Rights and duties'],
    supervisionAndEvaluation: ['监督管理及考核评价要求', 'Supervision and evaluation'],
    other: ['其他事项', 'Other matters'],
    economicAndSocialBenefit: ['经济和社会效益', 'Economic and social benefit'],
    implementingBody: ['实施机构', 'Implementing body'],
    selectionProcess: ['选择流程', 'Process of selection'],
    term: ['授权运营期限', 'Term'],
    management: ['授权运营管理', 'Management'],
  }),
  feasibilityTopics: codeTable<FeasibilityTopic>('可行性论证内容', 'Topics of feasibility', {
    dataLifecycleService: ['数据全生命周期管理服务', 'Services over the data’s life cycle'],
    socialDemand: ['社会（市场）需求', 'Demand'],
    marketSize: ['市场规模', 'Size of the market'],
    expectedEffect: ['预期成效', 'Expected effect'],
    riskControl: ['风险防控', 'Control of risks'],
    policySupport: ['政策支持', 'Support by policy'],
    technicalBasis: ['技术基础', 'Technical basis'],
    dataBasis: ['数据资源基础', 'Basis in data resources'],
  }),
  mandateModes: codeTable<MandateMode>('授权运营模式', 'Modes of authorised operation', {
    whole: ['整体授权', 'Whole'],
    byField: ['分领域授权', 'By field'],
    byScenario: ['依场景授权', 'By scenario'],
  }),
  votes: codeTable<MemberVote['vote']>('集体决策表决', 'Votes in a collective decision', {
    for: ['同意', 'For'],
    against: ['反对', 'Against'],
    abstained: ['弃权', 'Abstained'],
    absent: ['缺席', 'Absent'],
  }),
  differences: codeTable<Difference['change']>('版本差异', 'How a version differs', {
    added: ['新增', 'Added'],
    removed: ['删除', 'Removed'],
    changed: ['修改', 'Changed'],
    same: ['未变', 'The same'],
  }),
  filingStates: codeTable('备案件状态', 'States of a filing', {
    pending: ['待送出', 'To be sent'],
    sent: ['已送出', 'Sent'],
    receipted: ['已回执', 'Receipted'],
    returned: ['被退回', 'Returned'],
  }),
  publicationStates: codeTable('公布状态', 'States of a publication', {
    current: ['公布中', 'Current'],
    ahead: ['尚未开始', 'Still ahead'],
    expired: ['已期满', 'Expired'],
    withdrawn: ['已撤回', 'Withdrawn'],
    all: ['全部', 'All of them'],
  }),
};
