/** What the machine of a sanction knows, is told and remembers: ids, codes, hashes, dates; no words. */
import type { BusinessDate } from '../business-date.ts';
import type { SanctionGround, SanctionKind } from '../packs/topics/sanction.ts';
import type { Given, ProcedureStart } from '../procedure/machine.ts';
import type { FrozenSanctionRules } from './rules.ts';

/** For what, and the case that showed it, by its number. */
export type Ground = { code: SanctionGround; caseNo: string | null };

export type SanctionFacts = { target: string; targetRole: string; grounds: Ground[] };

/** A measure as it is decided; `months`: how long a suspension lasts. */
export type Decided = { measure: SanctionKind; months: number | null };

export type SanctionAct =
  /** `final`: nothing more is to come; without words and document it waives the reply. */
  | { kind: 'replyToSanction'; document: string | null; final: boolean }
  | { kind: 'recordHearing'; on: BusinessDate; document: string }
  | { kind: 'decideSanction'; measures: Decided[]; reasonCodes: string[]; document: string }
  | { kind: 'dropSanction'; reasonCodes: string[]; document: string }
  | { kind: 'liftSanction'; reasonCodes: string[]; document: string }
  | { kind: 'recordTermination'; document: string }
  | { kind: 'requestSanctionReview'; document: string | null }
  | { kind: 'decideSanctionReview'; outcome: 'uphold' | 'lift'; reasonCodes: string[]; document: string };

/** A measure that stands; `order`: it suspends by an order of this id. */
export type Measure = {
  measure: SanctionKind;
  order: string | null;
  lastDay: BusinessDate | null;
  ended: boolean;
};

export type SanctionState = {
  stage: 'reply' | 'decision' | 'standing' | 'done';
  outcome: 'dropped' | 'closed' | null;
  since: number;
  overdue: boolean;
  replies: number;
  hearings: number;
  decidedAt: number | null;
  /** The account that decided, where the pack has another decide the review. */
  decidedBy?: string;
  measures: Measure[];
  reviewAsked: boolean;
  /** When a review was asked for, and whether the limit of its answer has passed. */
  reviewAskedAt?: number;
  reviewOverdue?: boolean;
  /** Why no review may be asked for any more: it was answered, its days passed, or what it was against was lifted. */
  reviewOver?: 'decided' | 'passed' | 'lifted';
};

export type SanctionStart = ProcedureStart<FrozenSanctionRules, SanctionFacts>;
export type SanctionActOf<K extends SanctionAct['kind']> = Given<Extract<SanctionAct, { kind: K }>>;
