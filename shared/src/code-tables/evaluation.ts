import type { RunningState } from '../evaluation/machine-types.ts';
import type { Indicator, Source } from '../packs/topics/evaluation.ts';
import type { z } from 'zod';
import { codeTable } from './define.ts';

/** The yearly evaluation: what is marked, by which figures, and where it stands (V1, V2). */
export const evaluationTables = {
  evaluationIndicators: codeTable<Indicator>('评估指标', 'Indicators of an evaluation', {
    productDevelopment: ['产品开发', 'Product development'],
    applicationEffect: ['应用成效', 'Effect of applications'],
    securityManagement: ['安全管理', 'Security'],
    socialSatisfaction: ['社会满意度', 'Satisfaction'],
    performance: ['绩效', 'Performance'],
    scenarioBenefit: ['场景效益', 'Benefit of scenarios'],
    publicService: ['公益服务', 'Public service'],
    agreementKept: ['协议履行', 'The agreement kept'],
    serviceQuality: ['服务质量', 'Quality of service'],
  }),
  evaluationSources: codeTable<z.infer<typeof Source>>('评估数据来源', 'Sources of figures', {
    productsInUse: ['在用产品和服务', 'Products in use'],
    applicationsOnTime: ['按时核查的申请', 'Checks done in time'],
    accessesServed: ['已提供的访问', 'Accesses served'],
    incidents: ['安全事件', 'Incidents'],
    overreachReports: ['越权使用报告', 'Reports of overreach'],
    complaints: ['投诉', 'Complaints'],
    questionnaires: ['问卷', 'Questionnaires'],
    scenariosServed: ['支撑的应用场景', 'Scenarios served'],
    freeProducts: ['无偿产品和服务', 'Free products'],
    workReports: ['工作报告', 'Work reports'],
    costReportsOnTime: ['按时报送的成本报告', 'Cost reports in time'],
    revenueWithinCap: ['未超最高准许收入的年度', 'Years within the permitted revenue'],
    settlementsOnTime: ['按时办结的结算', 'Settlements in time'],
    tariffsPublished: ['已公示的收费标准', 'Tariffs published'],
    sanctions: ['惩戒', 'Sanctions'],
    evidenceInForce: ['有效的平台合规证明', 'Evidence in force'],
    drillsHeld: ['按时举行的应急演练', 'Drills held in time'],
    bulletinsIssued: ['按时印发的数源部门通报', 'Bulletins issued in time'],
    findingsRectified: ['按时整改的审计发现', 'Findings put right in time'],
    disclosuresOnTime: ['按时的年度披露', 'Disclosures in time'],
    qualityFeedback: ['数据质量反馈', 'Feedback on data quality'],
    demandResponses: ['数据需求响应', 'Responses to demands'],
  }),
  evaluationDimensions: codeTable('评估维度', 'Aspects added to the marks (Wuhai 八（五）)', {
    policyAndInstitutions: ['政策与制度', 'Policy and institutions'],
    operator: ['运营主体', 'The operator'],
    dataManagementAndQuality: ['数据管理与质量', 'Data management and quality'],
    scenariosAndBenefit: ['应用场景与效益', 'Scenarios and benefit'],
    ecosystem: ['生态建设与可持续性', 'Ecosystem'],
    toleranceAndInnovation: ['容错机制与创新激励', 'Tolerance and innovation'],
  }),
  evaluationStages: codeTable<RunningState['stage']>('年度评估环节', 'Stages of a running evaluation', {
    open: ['评估中', 'Under way'],
    reply: ['待运营机构陈述申辩', 'The operator may reply'],
    replied: ['已陈述申辩，待确认', 'Replied, to be confirmed'],
    toOrder: ['待载明整改期限', 'The order has to name its day'],
    rectifying: ['整改中', 'Being rectified'],
    overdue: ['整改逾期', 'Rectification overdue'],
    reported: ['整改已报告，待再次评估', 'Reported, to be evaluated again'],
    failed: ['未通过，待终止协议', 'Failed, to be terminated'],
    terminated: ['协议已终止，待重新选择', 'Terminated, a new selection follows'],
    done: ['已办结', 'Ended'],
  }),
  evaluationDue: codeTable('应评估年度状态', 'States of a year that is due', {
    ahead: ['尚未到期', 'Still ahead'],
    opened: ['已启动', 'Opened'],
    held: ['等待条件具备', 'Waits until it can be opened'],
    cancelled: ['已取消', 'Cancelled'],
  }),
  evaluationEnds: codeTable<NonNullable<RunningState['outcome']>>('年度评估办结', 'How an evaluation ends', {
    passed: ['通过评估', 'Passed'],
    newSelection: ['已重新选择运营机构', 'A new selection has begun'],
    agreementEnded: ['协议已终止', 'The agreement ended meanwhile'],
  }),
};
