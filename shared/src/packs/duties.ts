/** What a text gives each role to do (G1), and the acts of `may()` by which that is done. */
import type { Act } from '../may.ts';
import type { Duty, LawRole } from './topics/roles.ts';

export type DutyDone = {
  /** The role must be allowed each of these in its own city. */
  readonly acts: readonly Act[];
  /** Of a role that does it by other acts than the rest. */
  readonly by?: Readonly<Partial<Record<LawRole, readonly Act[]>>>;
  /** A duty to refrain: the role must not be allowed any of these. */
  readonly never?: readonly Act[];
  /** The lifecycle that is still to carry it out, or the rest of it; or why none ever will. */
  readonly later?: string;
};

const done = (...acts: Act[]): DutyDone => ({ acts });

/** Every duty that a text may name; one without acts says which lifecycle brings them. */
export const dutyActs: Readonly<Record<Duty, DutyDone>> = {
  lead: done('readPlans', 'readOperatingAgreements', 'readEvaluations'),
  approvePlan: done('approveByGovernment'),
  organise: {
    acts: ['managePlan', 'manageEvaluation', 'registerParty'],
    // At its own level a county organises as the bureau of a jurisdiction of its own (O13); in its city's it sees to it.
    by: { countyBureau: ['readPlans', 'readOperatingAgreements', 'registerSupplyChannel'] },
  },
  selectOperator: done('manageSelection'),
  signOperatingAgreement: done('manageOperatingAgreement', 'signOperatingAgreement'),
  superviseOperation: {
    acts: [
      ...(['directCheck', 'decideExtension', 'readAccesses', 'decideOverreach', 'manageEvaluation'] as const),
      ...(['manageSanction', 'acceptRectification', 'directQualityFeedback'] as const),
    ],
    by: { countyBureau: ['readApplication', 'readEvaluations'] },
  },
  coordinateSupply: done(
    'collectResource',
    'recordSupply',
    'suspendSupply',
    'mergeSupplyChannel',
    'coordinateDemand',
  ),
  discloseOperation: done('publish', 'manageDisclosure'),
  trainAndAdvise: { acts: [], later: 'training and advice are given in person and leave no act' },
  formExpertCommittee: done('manageExperts', 'askExperts'),
  fileNationwide: done('readFilings', 'answerFiling'),
  compileCatalog: done('editResource', 'submitResource', 'importResources'),
  supplyData: done('recordSupply', 'restoreSupply'),
  keepQuality: done('editResource', 'answerQualityFeedback'),
  reviewApplications: done('decideReview', 'returnReview', 'requestExtension'),
  superviseOwnField: done('readAccesses', 'readGrant', 'reportOverreach'),
  reportOverreach: done('reportOverreach'),
  signNoOwnAgreement: {
    acts: [],
    never: ['manageSelection', 'manageOperatingAgreement', 'bringIn', 'renderAgreement'],
  },
  runPlatform: done('pushResource', 'askAccess', 'acceptApplication'),
  findScenarios: done('proposeScenario', 'reviewScenario', 'reportScenarios'),
  checkCompliance: { acts: ['checkApplication'], later: 'productEgress' },
  processData: done('askAccess', 'manageStaff', 'bringInSocialData'),
  signWithMerchants: done('renderAgreement', 'signAgreement'),
  serveProducts: { acts: [], later: 'productEgress' },
  keepLedger: { acts: ['readAccesses'], later: 'ledgerReport' },
  keepSecurity: done(
    ...(['vetStaff', 'manageStaff', 'submitContingencyPlan', 'recordDrill'] as const),
    ...(['declareIncident', 'handleIncident', 'recordEvidence'] as const),
  ),
  disclose: done('contributeDisclosure'),
  submitToSupervision: done(
    ...(['answerQuestionnaire', 'replyToEvaluation', 'reportRectification'] as const),
    ...(['reportWork', 'rectifyFinding', 'replyToSanction'] as const),
  ),
  developProducts: { acts: ['submitApplication'], later: 'productEgress' },
  redevelopProducts: { acts: ['submitApplication', 'signAgreement'], later: 'productEgress' },
  selfCheck: done('declareIncident', 'rectifyFinding'),
  studyHardQuestions: done('readExpertQuestions', 'giveOpinion'),
  assessRisk: done('giveOpinion', 'declareConflict'),
  advise: done('giveOpinion'),
  setPricePolicy: done(
    ...(['readOperatingAgreements', 'readEvaluations', 'readCosts', 'adjustCost'] as const),
    ...(['openRevenue', 'decideRevenue', 'readRevenues', 'readCeilingCases', 'receiptCeiling'] as const),
    'readBusinessReports',
  ),
  superviseAssets: done(
    ...(['readOperatingAgreements', 'readEvaluations', 'readCosts', 'adjustCost'] as const),
    ...(['readRevenues', 'readSettlements', 'confirmSettlement', 'recordPayment'] as const),
    'confirmAsset',
  ),
  superviseSecurity: done(
    ...(['readStaff', 'readSocialData', 'readSupplies', 'readIncidents'] as const),
    ...(['readContingencyPlans', 'readEvidence', 'readAudits'] as const),
  ),
  superviseMarket: done('readMerchants', 'readPartners', 'readMandates', 'readSanctions', 'readFairness'),
  protectRights: done('readSocialData', 'readComplaints'),
  watch: done('readPublications', 'readFigures', 'readPolicies'),
  complain: done('publicComplaint', 'publicComplaintStatus'),
};

/** The acts by which a role carries out a duty. */
export const actsOfDuty = (duty: Duty, role: LawRole): readonly Act[] =>
  dutyActs[duty].by?.[role] ?? dutyActs[duty].acts;
