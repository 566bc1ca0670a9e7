import type { Act } from '../may.ts';
import type { ProcedureKind } from './kinds.ts';

/** The act by which cases of a kind are read, on their own routes and as events. */
export const readActs: Readonly<Record<ProcedureKind, Act>> = {
  plan: 'readPlans',
  selection: 'readSelections',
  operatingAgreement: 'readOperatingAgreements',
  evaluation: 'readEvaluations',
  productEgress: 'readEgressCases',
  permittedRevenue: 'readRevenues',
  ceilingPrice: 'readCeilingCases',
  settlement: 'readSettlements',
  complaint: 'readComplaints',
  incident: 'readIncidents',
  sanction: 'readSanctions',
  yearlyDisclosure: 'readDisclosures',
  bulletin: 'readBulletins',
  audit: 'readAudits',
  qualityFeedback: 'readQualityFeedback',
  demandResponse: 'readDemands',
};
