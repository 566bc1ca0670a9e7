/** Codes in a notice in the words of their code tables: an official reads 网信部门, never a code. */
import { wordIn } from '../code-tables/word.ts';

/** By the place in the sentence, the tables that its codes may be in; what is in none of them, an id, stays as it is. */
export const tablesOfPlace: Readonly<Record<string, readonly string[]>> = {
  about: ['complaintSubjects'],
  act: ['turnActs'],
  answer: ['demandAnswers'],
  audit: ['auditKinds'],
  class: ['planClasses', 'incidentKinds', 'productClasses'],
  closedAs: ['feedbackClosings'],
  decision: ['complaintReviewDecisions'],
  direction: ['feedbackDirections'],
  fault: ['dataFaults'],
  finding: ['inquiryFindings'],
  from: ['incidentGrades'],
  grade: ['findingGrades'],
  ground: [
    ...['noFaultGrounds', 'demandGrounds', 'exitGrounds', 'conflictGrounds', 'exceptionGrounds'],
    ...['statedGrounds', 'suspensionGrounds', 'retirementGrounds', 'complaintRefusals'],
  ],
  item: ['disclosureItems', 'handOverItems'],
  items: ['developerCheckItems'],
  kind: ['evidenceKinds', 'feedbackKinds', 'norms', 'reportDueKinds', 'workReportKinds'],
  measures: ['sanctionKinds', 'complaintMeasures'],
  missing: ['disclosureItems'],
  outcome: [
    ...['evaluationOutcomes', 'objectionStates', 'overreachOutcomes', 'feedbackOutcomes'],
    ...['developerCheckOutcomes', 'billDisputeOutcomes', 'sanctionReviewOutcomes'],
  ],
  reason: ['selectionFailures'],
  reasonCodes: ['commonReasons', 'recallReasons', 'egressReasons', 'suspensionGrounds'],
  refusedFields: ['checkFields'],
  result: ['demandResults', 'qualityFeedbackEnds', 'renewalOutcomes', 'agreementEnds', 'vettingResults'],
  riskCodes: ['orderGrounds', 'sanctionGrounds', 'suspensionGrounds', 'commonReasons'],
  severity: ['incidentGrades'],
  source: ['conflictSources'],
  to: ['incidentGrades', 'reportRecipients'],
  turn: ['steps'],
};

/** The words of a code at a place of a sentence; the code itself where no table of that place has it. */
export const codeWords = (place: string, code: string, language: 'zh' | 'en'): string =>
  (Object.hasOwn(tablesOfPlace, place) && wordIn(tablesOfPlace[place] ?? [], code, language)) || code;
