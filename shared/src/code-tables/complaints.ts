import type {
  ComplaintFacts,
  ComplaintMeasure,
  ComplaintResult,
  ComplaintSubject,
  InquiryFinding,
} from '../complaint/types.ts';
import type { NoDepartmentGround } from '../packs/topics/complaint.ts';
import type { DemandGround, DemandNeed, SupplyGround } from '../demand-response/types.ts';
import type { DataFault, NoFaultGround } from '../quality-feedback/types.ts';
import { codeTable } from './define.ts';

/** Complaints (S4), feedback on data quality (C6), demands for data (C7). */
export const complaintTables = {
  complainantIdentities: codeTable<ComplaintFacts['identity']>('投诉人身份', 'How a complainant is known', {
    named: ['实名', 'Named'],
    anonymous: ['匿名', 'Anonymous'],
  }),
  complaintSubjects: codeTable<ComplaintSubject>('投诉事项', 'What a complaint is about', {
    refusal: ['无正当理由拒绝', 'An unjust refusal'],
    extraConditions: ['附加条件或者搭售', 'Extra conditions, or tying'],
    fees: ['收费', 'Fees'],
    misuse: ['超范围使用数据', 'Data used beyond what was granted'],
    personalInformation: ['个人信息', 'Personal information'],
    dataSecurity: ['数据安全', 'Security of data'],
    service: ['服务质量', 'Quality of the service'],
    official: ['工作人员履职', 'How officials do their duty'],
    other: ['其他', 'Something else'],
  }),
  inquiryFindings: codeTable<InquiryFinding>('协查结论', 'What an asked body found', {
    confirmed: ['属实', 'It is so'],
    partlyConfirmed: ['部分属实', 'It is so in part'],
    notConfirmed: ['不属实', 'It is not so'],
    notConcerned: ['与本单位无关', 'Not our matter'],
  }),
  noDepartmentGrounds: codeTable<NoDepartmentGround>('未征询部门的理由', 'Why no department was asked', {
    noDepartmentConcerned: ['不涉及有关部门', 'No department is concerned'],
    authorityAlone: ['仅涉及主管部门自身', 'The authority alone is concerned'],
  }),
  complaintResults: codeTable<ComplaintResult | 'notAccepted'>('投诉处理结果', 'What came of a complaint', {
    founded: ['投诉属实', 'Founded'],
    partlyFounded: ['部分属实', 'Founded in part'],
    unfounded: ['不属实', 'Unfounded'],
    notAccepted: ['不予受理', 'Not accepted'],
  }),
  complaintMeasures: codeTable<ComplaintMeasure>('投诉处理措施', 'What follows from a complaint', {
    corrected: ['已纠正', 'Put right'],
    rectification: ['责令整改', 'Rectification ordered'],
    formalTalk: ['约谈', 'A formal talk'],
    sanctionOpened: ['启动惩戒', 'A sanction was opened'],
    handedOver: ['移送有关机关', 'Handed over to who is competent'],
    explained: ['已作解释', 'Explained'],
    none: ['无需措施', 'Nothing'],
  }),
  complaintReviewDecisions: codeTable('投诉复核决定', 'What a review of a complaint decides', {
    upheld: ['维持', 'Upheld'],
    changed: ['变更', 'Changed'],
  }),
  complainantReadings: codeTable('查看投诉人信息的用途', 'Why a complainant’s particulars are read', {
    contact: ['联系答复', 'To answer them'],
    verify: ['核实情况', 'To look into the matter'],
    handOver: ['移送', 'To hand the complaint over'],
  }),
  dataFaults: codeTable<DataFault>('数据质量问题', 'What is wrong with data', {
    wrongValues: ['数值错误', 'Wrong values'],
    missingValues: ['数值缺失', 'Missing values'],
    missingFields: ['信息项缺失', 'Missing fields'],
    outdated: ['未按频率更新', 'Not renewed in time'],
    duplicates: ['重复', 'Duplicates'],
    format: ['格式不符', 'Another form than said'],
    unreachable: ['无法获取', 'Not to be had'],
    description: ['与目录说明不符', 'Not as the catalog says'],
  }),
  noFaultGrounds: codeTable<NoFaultGround>('无需更正的理由', 'Why there is nothing to correct', {
    asDescribed: ['与目录说明一致', 'As the catalog says'],
    notReproducible: ['未能重现', 'Could not be seen again'],
    ownProcessing: ['使用方加工所致', 'Made by the user’s own processing'],
    sourceUnchanged: ['源头数据如此', 'So in the source'],
  }),
  faultAnswers: codeTable('数据质量反馈答复', 'What a body answers to feedback on data', {
    corrected: ['已更正', 'Put right'],
    willCorrect: ['将更正', 'Will be put right'],
    notAFault: ['无需更正', 'Nothing to correct'],
  }),
  feedbackDirections: codeTable('数据质量争议处理', 'What is directed on disputed feedback', {
    correct: ['责成更正', 'It is to be put right'],
    dismiss: ['不予支持', 'Dismissed'],
  }),
  demandAnswers: codeTable('供数答复', 'What a body answers to a demand', {
    can: ['可以提供', 'Can supply'],
    cannot: ['不能提供', 'Cannot supply'],
  }),
  demandNeeds: codeTable<DemandNeed>('数据需求类别', 'What a demand is for', {
    newResource: ['新的数据资源', 'Data not in the catalog'],
    moreFields: ['增加信息项', 'More fields'],
    moreOften: ['提高更新频率', 'More often'],
    longerHistory: ['更长时段', 'A longer time'],
    otherForm: ['其他提供方式', 'Another form of supply'],
  }),
  demandGrounds: codeTable<DemandGround>('数据需求不予协调的理由', 'Why a demand is not taken up', {
    notReasonable: ['需求不合理', 'Not reasonable'],
    suppliedAlready: ['已在目录中', 'In the catalog already'],
    outsideScope: ['不在授权运营范围', 'Outside authorised operation'],
    notClear: ['需求不明确', 'Not clear'],
  }),
  supplyGrounds: codeTable<SupplyGround>('不能供数的理由', 'Why a body cannot supply', {
    notHeld: ['未持有', 'Not held'],
    lawForbids: ['法律法规禁止', 'Forbidden by law'],
    secret: ['涉及国家秘密、商业秘密', 'A secret'],
    noConsent: ['未获同意', 'No consent'],
    notReady: ['尚不具备条件', 'Not ready'],
  }),
};
