/** The lifecycles that stand with the registry: each is one workflow. */
export const procedures = {
  plan: { workflow: 'implementationPlan', title: '实施方案', series: 'FA', path: '/v1/plans' },
  selection: { workflow: 'operatorSelection', title: '运营机构遴选', series: 'LX', path: '/v1/selections' },
  operatingAgreement: {
    workflow: 'operatingAgreement',
    title: '授权运营协议',
    series: 'YY',
    path: '/v1/operating-agreements',
  },
  evaluation: { workflow: 'annualEvaluation', title: '年度评估', series: 'PG', path: '/v1/evaluations' },
  productEgress: { workflow: 'productEgress', title: '产品出域', series: 'CY', path: '/v1/egress-cases' },
} as const;

export type ProcedureKind = keyof typeof procedures;
export const procedureKinds = Object.keys(procedures) as ProcedureKind[];

/** The number of a case: area code, series, year, number in it (`640500-FA-2024-000001`). It is the workflow's id too. */
export const procedureNo = (kind: ProcedureKind, areaCode: string, year: number, number: number): string =>
  `${areaCode}-${procedures[kind].series}-${year}-${String(number).padStart(6, '0')}`;
