import type { BulletinFigure } from '../packs/topics/bulletin.ts';
import type { Complainant, ComplaintRefusal } from '../packs/topics/complaint.ts';
import type { DemandResult } from '../packs/topics/demand-response.ts';
import type { DisclosureItem } from '../packs/topics/disclosure.ts';
import type { PlanClass, ToldOfIncident, ScenarioClassSource } from '../packs/topics/incident.ts';
import type { SanctionRules, SanctionGround, SanctionKind } from '../packs/topics/sanction.ts';
import type { MerchantsContent, WorkContent } from '../packs/topics/work-report.ts';
import { codeTable } from './define.ts';

/** What the rules of the public side name: disclosure, bulletins, complaints, incidents, sanctions, audits, reports. */
export const publicSideTables = {
  disclosureItems: codeTable<DisclosureItem>('披露事项', 'What is disclosed', {
    ownParticulars: ['单位基本信息', 'Who the body is'],
    grantee: ['授权对象', 'Who is authorised'],
    subject: ['授权内容', 'What for'],
    scope: ['授权范围', 'The scope'],
    term: ['授权时限', 'The term'],
    feeCeilings: ['公共数据运营服务费上限收费标准', 'Ceilings of fees'],
    evaluationResults: ['评估结果', 'Results of evaluations'],
    authorisedResources: ['已获授权的公共数据资源', 'Resources authorised'],
    productList: ['公共数据产品和服务清单', 'The product list'],
    actualFees: ['产品和服务具体收费标准', 'Fees as charged'],
    resourceUse: ['公共数据资源使用情况', 'Use of resources'],
    operation: ['授权运营情况', 'How operation goes'],
  }),
  bulletinFigures: codeTable<BulletinFigure>('通报内容', 'What a bulletin tells', {
    catalogCompiled: ['授权运营目录编制', 'Entries compiled'],
    dataAttached: ['数据挂接', 'Data attached'],
    reviewTimeliness: ['使用申请审核及时性', 'Timeliness of reviews'],
    dataQuality: ['公共数据质量', 'Quality of data'],
  }),
  complainants: codeTable<Complainant>('投诉人类别', 'Who complains', {
    public: ['社会公众', 'The public'],
    merchant: ['数商', 'A merchant'],
  }),
  complaintRefusals: codeTable<ComplaintRefusal>('投诉不予受理事由', 'Why a complaint is not taken in', {
    outsideRemit: ['不属于受理范围', 'Not a matter of authorised operation here'],
    noFacts: ['没有具体事实或者线索', 'Neither a fact nor a place to look for one'],
    repeated: ['已经答复，没有新的事实', 'Answered already, and nothing new'],
    underLitigation: ['已进入复议或者诉讼', 'Before a court, or in reconsideration'],
  }),
  reportRecipients: codeTable<ToldOfIncident>('安全事件报告、告知对象', 'Who is told of an incident', {
    authority: ['市级数据主管部门', 'The authority'],
    cyberspaceOffice: ['网信部门', 'The cyberspace office'],
    police: ['公安机关', 'The police'],
    personsConcerned: ['个人信息主体（告知）', 'The persons concerned'],
  }),
  planClasses: codeTable<PlanClass>('应急预案类别', 'What a contingency plan is for', {
    leak: ['数据泄露', 'Leak'],
    tampering: ['数据篡改', 'Tampering'],
    damage: ['数据损毁', 'Damage'],
    platform: ['平台', 'The platform'],
    scenario: ['场景', 'A class of scenarios'],
  }),
  scenarioClassSources: codeTable<ScenarioClassSource>(
    '场景类别的依据',
    'By what classes of scenarios are known',
    {
      authorised: ['依场景授权所列的场景', 'Scenarios that a mandate is given for'],
      registered: ['已收集或者论证通过的场景', 'Scenarios collected or approved'],
    },
  ),
  sanctionKinds: codeTable<SanctionKind>('惩戒措施', 'Measures', {
    formalTalk: ['约谈', 'Formal talk'],
    suspension: ['暂停运营', 'Suspension'],
    termination: ['终止授权', 'Termination'],
    creditRecord: ['纳入信用记录', 'Credit record'],
    handOver: ['移送', 'Hand-over'],
  }),
  sanctionGrounds: codeTable<SanctionGround>('惩戒事由', 'Grounds of measures', {
    unlawfulUse: ['违规使用数据', 'Unlawful use of data'],
    beyondScope: ['超范围经营', 'Beyond the scope'],
    weakSecurity: ['安全防护不力', 'Weak security'],
    publicInterestHarmed: ['损害公共利益', 'The public interest harmed'],
    agreementBroken: ['违反协议', 'The agreement broken'],
    evaluationFailed: ['未通过评估', 'An evaluation failed'],
    rectificationOverdue: ['逾期未完成整改', 'Rectification overdue'],
    lawBroken: ['违反法律法规', 'The law broken'],
  }),
  handOverRecipients: codeTable<SanctionRules['handOverTo']>('移送对象', 'To whom a case is handed over', {
    justice: ['司法机关', 'Justice'],
    competentAuthority: ['有权处理的单位', 'Whose matter it is by law'],
  }),
  demandResults: codeTable<DemandResult>('数据需求协调结果', 'What comes of a demand for data', {
    supplied: ['提供', 'Supplied'],
    partly: ['部分提供', 'Supplied in part'],
    notHeld: ['无此数据', 'Not held'],
    refused: ['不予提供', 'Refused'],
  }),
  merchantsReportContents: codeTable<MerchantsContent>(
    '数商情况报告内容',
    'What a report on merchants tells',
    {
      dailyManagement: ['日常管理', 'Daily management'],
      refusals: ['不予注册', 'Refusals'],
      exits: ['退出', 'Exits'],
    },
  ),
  workReportContents: codeTable<WorkContent>('运营工作报告内容', 'What a work report tells', {
    operation: ['运营工作情况', 'How operation goes'],
    operatingData: ['运营数据', 'Operating data'],
    usageLogs: ['数据使用日志', 'Logs of use'],
    financialStatements: ['财务报表', 'Financial statements'],
    securityAudits: ['安全审计报告', 'Reports of security audits'],
  }),
};
