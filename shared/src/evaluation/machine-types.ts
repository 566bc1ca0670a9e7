/** What a running evaluation begins with, takes in and holds: ids, codes, hashes, dates, counts and marks. */
import type { BusinessDate } from '../business-date.ts';
import type { Decimal } from '../exact.ts';
import type { Indicator } from '../packs/topics/evaluation.ts';
import type { ProcedureStart } from '../procedure/machine.ts';
import type { FrozenEvaluationRules } from './rules.ts';
import type { Course } from './standing.ts';
import type { Composite, EvaluationOutcome } from './steps.ts';

export type EvaluationFacts = {
  /** The case of the operating agreement. */
  agreement: string;
  operator: string;
  year: number;
  /** First and last day of what is evaluated. */
  from: BusinessDate;
  until: BusinessDate;
  /** Indicators none of whose sources is registered: they have no mark, and their weight is told. */
  withoutSource: Indicator[];
};

export type Participant = { organisation: string; role: string };
export type Asked = { group: string; bodies: number };
export type Marks = Record<string, Decimal | null>;

export type RunningAct =
  | { kind: 'nameParticipants'; participants: Participant[]; document: string }
  | { kind: 'sendQuestionnaires'; until: BusinessDate; asked: Asked[] }
  | { kind: 'answerQuestionnaire'; group: string; answer: string; again: boolean }
  | { kind: 'closeQuestionnaires' }
  | { kind: 'scoreEvaluation'; marks: Marks; dimensions: Record<string, Decimal> }
  | { kind: 'proposeResult'; outcome: EvaluationOutcome; dueOn?: BusinessDate }
  | { kind: 'replyToEvaluation'; document: string }
  | { kind: 'confirmResult'; outcome: EvaluationOutcome; dueOn?: BusinessDate }
  | { kind: 'orderRectification'; dueOn: BusinessDate }
  | { kind: 'planRectification'; document: string }
  | { kind: 'reportRectification'; document: string }
  | { kind: 'demandTermination'; document: string }
  | { kind: 'selectAgain'; selection: string }
  | { kind: 'endWithAgreement' };

/** The limit of a rectification: counted from the order's instant, or to the day it names. */
export type Limit = { from: number; dueOn: BusinessDate | null };

export type Proposal = {
  outcome: EvaluationOutcome;
  dueOn: BusinessDate | null;
  at: number;
  /** Each proposal has its own period of reply. */
  number: number;
  replied: boolean;
};

export type RunningState = {
  stage:
    | 'open'
    | 'reply'
    | 'replied'
    | 'toOrder'
    | 'rectifying'
    | 'overdue'
    | 'reported'
    | 'failed'
    | 'terminated'
    | 'done';
  outcome: 'passed' | 'newSelection' | 'agreementEnded' | null;
  course: Course<Limit>;
  participants: string[];
  questionnaires: { sentAt: number; until: BusinessDate; closed: boolean; answers: number } | null;
  composite: Composite | null;
  proposal: Proposal | null;
  proposals: number;
  /** The result that stands is rectify, and its order has to name a day: the one proposed has passed meanwhile. */
  toOrder: boolean;
};

export type RunningStart = ProcedureStart<FrozenEvaluationRules, EvaluationFacts>;
