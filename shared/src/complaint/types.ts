/** What the machine of a complaint knows, is told and remembers: ids and codes. Who complained never reaches it. */
import type { ComplaintRefusal, NoDepartmentGround } from '../packs/topics/complaint.ts';

/** What a complaint is about. */
export const complaintSubjects = [
  'refusal',
  'extraConditions',
  'fees',
  'misuse',
  'personalInformation',
  'dataSecurity',
  'service',
  'official',
  'other',
] as const;
export type ComplaintSubject = (typeof complaintSubjects)[number];

/** What an asked body found. */
export const inquiryFindings = ['confirmed', 'partlyConfirmed', 'notConfirmed', 'notConcerned'] as const;
export type InquiryFinding = (typeof inquiryFindings)[number];

/** What the investigation came to. */
export const complaintResults = ['founded', 'partlyFounded', 'unfounded'] as const;
export type ComplaintResult = (typeof complaintResults)[number];

/** What follows from a founded complaint. */
export const complaintMeasures = [
  'corrected',
  'rectification',
  'formalTalk',
  'sanctionOpened',
  'handedOver',
  'explained',
  'none',
] as const;
export type ComplaintMeasure = (typeof complaintMeasures)[number];

/** Who may take part in an investigation. */
export const inquiryRoles = ['sourceDepartment', 'countyBureau', 'operator'] as const;
export type InquiryRole = (typeof inquiryRoles)[number];

export type ComplaintFacts = {
  about: ComplaintSubject;
  from: 'public' | 'merchant';
  identity: 'named' | 'anonymous';
  /** The complainant allows its own words to be passed on. */
  ownWords: boolean;
  /** A case is named that it complains about; which one stands beside the complainant. */
  linked: boolean;
  attachments: number;
};

export type ComplaintAct =
  | { kind: 'acceptComplaint' }
  | { kind: 'declineComplaint'; ground: ComplaintRefusal }
  | { kind: 'requestFacts' }
  | { kind: 'supplyFacts'; attachments: number }
  | { kind: 'askBody'; body: string; role: InquiryRole; ownWords: boolean }
  | { kind: 'answerInquiry'; body: string; finding: InquiryFinding }
  | { kind: 'extendAnswer'; workingDays: number }
  | {
      kind: 'answerComplaint';
      result: ComplaintResult;
      measures: ComplaintMeasure[];
      /** Why no department was asked; left out where one was. */
      noDepartment?: NoDepartmentGround | null;
    }
  | { kind: 'requestReview' }
  | { kind: 'decideReview'; decision: 'upheld' | 'changed'; result: ComplaintResult | null }
  | { kind: 'withdrawComplaint' }
  | { kind: 'succeedBody'; from: string; to: string };

export type Inquiry = {
  body: string;
  role: InquiryRole;
  at: number;
  finding: InquiryFinding | null;
  overdue: boolean;
};

export type ComplaintState = {
  stage: 'submitted' | 'correction' | 'investigating' | 'answered' | 'underReview' | 'done';
  outcome: 'closed' | 'withdrawn' | null;
  /** From when the limit of acceptance runs: receipt, or what was asked back and its end. */
  since: number;
  /** What was lacking was asked for, once. */
  askedBack: number | null;
  acceptedAt: number | null;
  /** Working days by which the answer was put off, one entry each time. */
  extensions: number[];
  inquiries: Inquiry[];
  result: ComplaintResult | 'notAccepted' | null;
  answeredAt: number | null;
  /** The account that answered: another decides the review. */
  answeredBy: string | null;
  reviewAt: number | null;
  reviewed: 'upheld' | 'changed' | null;
  /** The limit of the present step has passed. */
  overdue: boolean;
};
