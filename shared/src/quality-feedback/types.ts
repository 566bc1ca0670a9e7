/** What the machine of a piece of quality feedback knows, is told and remembers: ids, codes, hashes, dates. */
import type { BusinessDate } from '../business-date.ts';

/** What is wrong with the data. */
export const dataFaults = [
  'wrongValues',
  'missingValues',
  'missingFields',
  'outdated',
  'duplicates',
  'format',
  'unreachable',
  'description',
] as const;
export type DataFault = (typeof dataFaults)[number];

/** Why there is nothing to correct. */
export const noFaultGrounds = ['asDescribed', 'notReproducible', 'ownProcessing', 'sourceUnchanged'] as const;
export type NoFaultGround = (typeof noFaultGrounds)[number];

export type QualityFeedbackFacts = {
  resource: string;
  fault: DataFault;
  givenBy: string;
  givenRole: string;
  /** The source department of the entry as it stood. */
  department: string;
  departmentRole: string;
  /** A document that shows it. */
  sample: string | null;
};

export type QualityFeedbackAct =
  | { kind: 'answerFault'; answer: 'corrected'; on: BusinessDate }
  | { kind: 'answerFault'; answer: 'willCorrect' }
  | { kind: 'answerFault'; answer: 'notAFault'; ground: NoFaultGround }
  | { kind: 'extendFeedback'; workingDays: number }
  | { kind: 'confirmFeedback' }
  | { kind: 'disputeFeedback' }
  | { kind: 'directFeedback'; direction: 'correct'; due: BusinessDate }
  | { kind: 'directFeedback'; direction: 'dismiss' }
  | { kind: 'withdrawFeedback' }
  | { kind: 'succeedBody'; from: string; to: string };

export type QualityFeedbackState = {
  stage: 'given' | 'correcting' | 'answered' | 'disputed' | 'done';
  outcome: 'corrected' | 'notAFault' | 'withdrawn' | null;
  /** Who answers, and who gave it: a successor in their place. */
  department: string;
  givenBy: string;
  extensions: number[];
  answer: 'corrected' | 'notAFault' | null;
  /** From when a correction is due, and the day that was directed; null where the pack's limit counts. */
  correctingSince: number | null;
  directedBy: BusinessDate | null;
  answeredAt: number | null;
  disputed: boolean;
  overdue: boolean;
  /** It waits for a direction: since when, and whether the limit of that passed. */
  direction?: { since: number; overdue: boolean };
};
