/** Where an act is posted: the address for a task's act, and for what a procedure waits for. */
import type { Task } from '@gongshu/infra/cases/view-task';
import type { ServiceName } from '@gongshu/shared/events';
import { humanised, language } from './language.ts';
import type { Method } from './openapi.ts';
import { lifecycles } from '@gongshu/shared/lifecycle';
import { type ProcedureKind, procedures } from '@gongshu/shared/procedure/kinds';

/** Acts of procedures by the last part of their route; those of every lifecycle, by the machine's name for them. */
export const procedureActs = {
  plan: {
    ...{
      revisePlan: 'revisions',
      deliberatePlan: 'deliberation',
      approvePlan: 'approval',
      filePlan: 'filing',
    },
    ...{ receiptPlanFiling: 'filing/receipt', returnPlanFiling: 'filing/return', withdrawPlan: 'withdrawal' },
  },
  selection: {
    ...{
      recordConsultation: 'consultation',
      announceSelection: 'announcement',
      inviteBidders: 'invitations',
    },
    ...{ submitBid: 'bids', withdrawBid: 'bids/withdrawal', openBids: 'opening', examineBids: 'examination' },
    ...{
      commitSeed: 'seed',
      drawCommittee: 'committee',
      declareConflict: 'conflicts',
      submitSheet: 'sheets',
    },
    ...{
      recordFeasibility: 'feasibility',
      rankBids: 'assessment',
      voteOnTie: 'votes',
      decideTie: 'assessment',
    },
    ...{ recordNegotiation: 'negotiation', fileCoreAnnex: 'core-annex', deliberateSelection: 'deliberation' },
    ...{ approveSelection: 'approval', publishResult: 'public-notice', raiseObjection: 'objections' },
    withdrawSelection: 'withdrawal',
  },
  operatingAgreement: {
    ...{ reviseAgreement: 'revision', recordConsultation: 'consultation', confirmTerm: 'term-confirmation' },
    ...{ signOperatingAgreement: 'signature', withdrawAgreement: 'withdrawal', fileAgreement: 'filing' },
    ...{ receiptAgreementFiling: 'filing/receipt', returnAgreementFiling: 'filing/return' },
    ...{
      proposeAmendment: 'amendment',
      withdrawAmendment: 'amendment/withdrawal',
      handOverItem: 'hand-over',
    },
    ...{ suspendAgreement: 'suspension', restoreAgreement: 'restoration', requestRenewal: 'renewal' },
    ...{ decideRenewal: 'renewal/decision', requestExit: 'exit', decideExit: 'exit/decision' },
    terminateAgreement: 'termination',
  },
  evaluation: {
    ...{ nameParticipants: 'participants', sendQuestionnaires: 'questionnaires' },
    ...{ answerQuestionnaire: 'questionnaires/answers', closeQuestionnaires: 'questionnaires/closing' },
    ...{ scoreEvaluation: 'scores', proposeResult: 'result', replyToEvaluation: 'reply' },
    ...{
      confirmResult: 'confirmation',
      orderRectification: 'order',
      planRectification: 'rectification-plan',
    },
    ...{ reportRectification: 'rectification-report', demandTermination: 'termination' },
    ...{ selectAgain: 'new-selection', endWithAgreement: 'closing' },
  },
  productEgress: {
    ...{ replaceArtefact: 'artefact', withdrawProduct: 'withdrawal', nameCheckers: 'checkers' },
    ...{
      requestException: 'exceptions',
      castVote: 'votes',
      fileProduct: 'filing',
      agreeProduct: 'agreement',
    },
    ...{ returnProduct: 'filing-return', releaseProduct: 'release', suspendProduct: 'suspension' },
    ...{ restoreProduct: 'restoration', recallProduct: 'recall', retireProduct: 'retirement' },
  },
  permittedRevenue: {
    ...{ reviseRevenue: 'figures', decideRevenue: 'decision', returnRevenue: 'return' },
    withdrawRevenue: 'withdrawal',
  },
  ceilingPrice: {
    ...{ setCeiling: 'setting', reportCeiling: 'report', receiptCeiling: 'receipt' },
    withdrawCeiling: 'withdrawal',
  },
  settlement: {
    ...{ confirmSettlementAsOperator: 'confirmation', confirmSettlement: 'confirmation' },
    ...{ returnSettlement: 'confirmation', refreezeSettlement: 'figures', paySettlement: 'payments' },
  },
  complaint: {
    ...{ acceptComplaint: 'acceptance', declineComplaint: 'refusal', requestFacts: 'facts-requests' },
    ...{ askBody: 'inquiries', answerInquiry: 'inquiry-answers', extendAnswer: 'extension' },
    ...{ answerComplaint: 'answer', decideReview: 'review' },
  },
  incident: {
    ...{ recordMeasures: 'measures', reportIncident: 'reports', gradeIncident: 'severity' },
    ...{ orderSuspension: 'suspension', confirmSuspension: 'suspension/confirmation' },
    orderRectification: 'rectification',
    ...{ reportRectification: 'rectification/report', acceptRectification: 'rectification/decision' },
    ...{ returnRectification: 'rectification/decision', orderRestoration: 'restoration' },
    ...{ reviewIncident: 'review', dismissIncident: 'dismissal' },
  },
  sanction: {
    ...{
      replyToSanction: 'reply',
      recordHearing: 'hearing',
      decideSanction: 'decision',
      dropSanction: 'drop',
    },
    ...{ liftSanction: 'lifting', recordTermination: 'termination', requestSanctionReview: 'review' },
    decideSanctionReview: 'review/decision',
  },
  yearlyDisclosure: {
    ...{ supplyItem: 'items', stateEmpty: 'empty-items', publishDisclosure: 'publication' },
    correctDisclosure: 'corrections',
  },
  bulletin: { replyToBulletin: 'replies', redraftBulletin: 'drafts', issueBulletin: 'issue' },
  audit: {
    ...{ planAudit: 'plan', carryOutAudit: 'carrying-out', recordFindings: 'findings' },
    ...{ replyToFindings: 'reply', settleFindings: 'settling', rectifyFinding: 'rectifications' },
    ...{ acceptRectification: 'rectifications/acceptance', returnRectification: 'rectifications/return' },
    withdrawAudit: 'withdrawal',
  },
  qualityFeedback: {
    ...{ answerFault: 'answer', extendFeedback: 'extension', confirmFeedback: 'confirmation' },
    ...{ disputeFeedback: 'dispute', directFeedback: 'direction', withdrawFeedback: 'withdrawal' },
  },
  demandResponse: {
    ...{
      acceptDemand: 'acceptance',
      declineDemand: 'refusal',
      askSupply: 'inquiries',
      answerDemand: 'answers',
    },
    ...{ concludeDemand: 'result', nameEntry: 'entries', dropPromise: 'dropped-promises' },
    withdrawDemand: 'withdrawal',
  },
} as const satisfies Record<ProcedureKind, Readonly<Record<string, string>>>;

const pathsOf = (kind: ProcedureKind): Readonly<Record<string, string>> => procedureActs[kind];

/** A case's place: which service holds it, and where it is read. */
export type CasePlace = {
  service: ServiceName;
  /** `/v1/applications` */
  path: string;
  title: string;
  /** Undefined for applications and onboardings, which pass through turns. */
  procedure?: ProcedureKind;
  caseNo: string;
};

/** Where a case of this number stands, by the letters of its series; `undefined` for a number of no case. */
export const placeOf = (caseNo: string): CasePlace | undefined => {
  const series = /^[0-9A-Z]{2,12}-([A-Z]{2})-\d{4}-\d{6,9}$/.exec(caseNo)?.[1];
  if (series === 'SQ')
    return { service: 'catalog', path: '/v1/applications', title: lifecycles.application.title, caseNo };
  if (series === 'RZ')
    return { service: 'registry', path: '/v1/onboardings', title: lifecycles.onboarding.title, caseNo };
  for (const [kind, row] of Object.entries(procedures))
    if (row.series === series)
      return {
        ...{ service: row.service, path: row.path, title: row.title, caseNo },
        procedure: kind as ProcedureKind,
      };
  return undefined;
};

/** What a case is, in the language of the page. */
export const placeTitle = ({ title, path, procedure }: CasePlace): string =>
  language() === 'en' ? humanised(procedure ?? path.slice('/v1/'.length).replace(/s$/, '')) : title;

/** A place in the API where something is posted, or edited. */
export type Address = { service: ServiceName; path: string; method?: Method };

const isProcedure = (kind: string): kind is ProcedureKind => Object.hasOwn(procedures, kind);
const safe = encodeURIComponent;

/** Where an act of a case's turn is posted. */
const ofTurn = (act: string, task: Task, at: string): string | undefined => {
  const { kind, subject, organisation } = task;
  const reviewer = safe(organisation ?? '');
  switch (act) {
    case 'acceptApplication':
      return `${at}/acceptance/decision`;
    case 'checkApplication':
      return `${at}/check/decision`;
    case 'decideReview':
      return `${at}/reviews/${reviewer}/decision`;
    case 'returnApplication':
      return `${at}/${kind === 'acceptance' ? 'acceptance' : 'check'}/corrections`;
    case 'returnReview':
      return `${at}/reviews/${reviewer}/corrections`;
    case 'requestExtension':
      return `${at}/reviews/${reviewer}/extension-requests`;
    case 'decideExtension':
      return `${at}/extension-requests/${safe(subject)}/answer`;
    case 'directCheck':
      return `${at}/check/direction`;
    case 'resubmitApplication':
      return `${at}/corrections/${safe(subject)}/resubmission`;
    case 'withdrawApplication':
      return `${at}/withdrawal`;
    case 'renderAgreement':
      return `${at}/agreements`;
    case 'signAgreement':
      return `/v1/agreements/${safe(subject)}/signatures`;
    case 'decideOverreach':
      return `/v1/overreach-reports/${safe(subject)}/decision`;
    case 'decideNorm':
      return `/v1/norms/${safe(subject)}/decision`;
    case 'recordEvidence':
      return '/v1/evidence';
    case 'decideEvidence':
      return `/v1/evidence/${safe(subject)}/decision`;
    case 'submitContingencyPlan':
      return '/v1/contingency-plans';
    case 'deliverIntake':
      return `/v1/intake/${safe(subject)}/delivery`;
    case 'strikeIntake':
      return `/v1/intake/${safe(subject)}/strike`;
    default:
      return undefined;
  }
};

/** Where an act that a task of this service offers is posted; `undefined` where no form leads there. */
export const addressOf = (service: ServiceName, task: Task, act: string): Address | undefined => {
  const { kind, caseNo } = task;
  if (isProcedure(kind)) {
    const last = pathsOf(kind)[act];
    return last === undefined
      ? undefined
      : { service, path: `${procedures[kind].path}/${safe(caseNo)}/${last}` };
  }
  const place = placeOf(caseNo);
  const path = ofTurn(act, task, place ? `${place.path}/${safe(caseNo)}` : '');
  return path?.startsWith('/v1/') ? { service, path } : undefined;
};

/** The page of an act's form. */
export const actHref = ({ service, path, method = 'post' }: Address, back?: string): string =>
  `/desk/acts?service=${service}&path=${safe(path)}${method === 'post' ? '' : `&method=${method}`}${back === undefined ? '' : `&back=${safe(back)}`}`;

export const caseHref = (caseNo: string): string => `/desk/cases/${safe(caseNo)}`;
