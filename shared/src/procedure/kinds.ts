/** The lifecycles that go from act to act: each is one workflow, its cases stand with one service. */
import type { ServiceName } from '../events/define.ts';

export const procedures = {
  plan: {
    ...{ service: 'registry', workflow: 'implementationPlan', title: '实施方案' },
    ...{ series: 'FA', path: '/v1/plans' },
  },
  selection: {
    ...{ service: 'registry', workflow: 'operatorSelection', title: '运营机构遴选' },
    ...{ series: 'LX', path: '/v1/selections' },
  },
  operatingAgreement: {
    ...{ service: 'registry', workflow: 'operatingAgreement', title: '授权运营协议' },
    ...{ series: 'YY', path: '/v1/operating-agreements' },
  },
  evaluation: {
    ...{ service: 'registry', workflow: 'annualEvaluation', title: '年度评估' },
    ...{ series: 'PG', path: '/v1/evaluations' },
  },
  productEgress: {
    ...{ service: 'registry', workflow: 'productEgress', title: '产品出域' },
    ...{ series: 'CY', path: '/v1/egress-cases' },
  },
  permittedRevenue: {
    ...{ service: 'pricing', workflow: 'permittedRevenue', title: '最高准许收入' },
    ...{ series: 'ZS', path: '/v1/permitted-revenues' },
  },
  ceilingPrice: {
    ...{ service: 'pricing', workflow: 'ceilingPrice', title: '上限收费标准' },
    ...{ series: 'SX', path: '/v1/ceiling-prices' },
  },
  settlement: {
    ...{ service: 'pricing', workflow: 'settlement', title: '结算' },
    ...{ series: 'JS', path: '/v1/settlements' },
  },
  complaint: {
    ...{ service: 'disclosure', workflow: 'complaint', title: '投诉' },
    ...{ series: 'TS', path: '/v1/complaints' },
  },
  incident: {
    ...{ service: 'disclosure', workflow: 'incident', title: '安全事件' },
    ...{ series: 'AQ', path: '/v1/incidents' },
  },
  sanction: {
    ...{ service: 'disclosure', workflow: 'sanction', title: '惩戒' },
    ...{ series: 'CJ', path: '/v1/sanctions' },
  },
  yearlyDisclosure: {
    ...{ service: 'disclosure', workflow: 'yearlyDisclosure', title: '年度披露' },
    ...{ series: 'PL', path: '/v1/yearly-disclosures' },
  },
  bulletin: {
    ...{ service: 'disclosure', workflow: 'bulletin', title: '数源部门通报' },
    ...{ series: 'TB', path: '/v1/bulletins' },
  },
  audit: {
    ...{ service: 'disclosure', workflow: 'audit', title: '风险评估与内控审计' },
    ...{ series: 'SN', path: '/v1/audits' },
  },
  qualityFeedback: {
    ...{ service: 'catalog', workflow: 'qualityFeedback', title: '数据质量反馈' },
    ...{ series: 'ZL', path: '/v1/quality-feedback' },
  },
  demandResponse: {
    ...{ service: 'catalog', workflow: 'demandResponse', title: '数据需求响应' },
    ...{ series: 'XQ', path: '/v1/demands' },
  },
} as const satisfies Record<
  string,
  { service: ServiceName; workflow: string; title: string; series: string; path: string }
>;

export type ProcedureKind = keyof typeof procedures;
export const procedureKinds = Object.keys(procedures) as ProcedureKind[];

/** The number of a case: area code, series, year, number in it (`640500-FA-2024-000001`). It is the workflow's id too. */
export const procedureNo = (kind: ProcedureKind, areaCode: string, year: number, number: number): string =>
  `${areaCode}-${procedures[kind].series}-${year}-${String(number).padStart(6, '0')}`;
