/** A selection of the operator: what it begins with, the acts on it, how it stands. Ids, codes, hashes, instants only. */
import type { MandateMode } from '../packs/topics/mandate.ts';
import type { OperatorSelectionRules, SelectionMode } from '../packs/topics/operator-selection.ts';
import type { MemberVote } from '../procedure/deliberation.ts';
import type { Given, ProcedureStart } from '../procedure/machine.ts';
import type { Seat } from './draw.ts';
import type { ScoreQuestion } from './question.ts';
import type { SelectionRules } from './rules.ts';

export type SelectionFacts = {
  /** The implementation plan in force that it carries out. */
  plan: string;
  mode: SelectionMode;
  by: OperatorSelectionRules['modes'][number]['by'];
  criteria: ScoreQuestion['criteria'];
  method: ScoreQuestion['method'];
  tieRule: ScoreQuestion['tieRule'];
  mandate: { mode: MandateMode; fields: string[]; scenarios: string[]; termMonths: number };
  /** The failed case that this one runs again. */
  rerunOf: string | null;
};

export type SelectionAct =
  | { kind: 'recordConsultation'; document: string }
  | { kind: 'announceSelection'; contentHash: string; closesOn: string | null }
  | { kind: 'inviteBidders'; contentHash: string; closesOn: string | null }
  | { kind: 'commitSeed'; seedHash: string }
  | { kind: 'drawCommittee'; members: Seated[]; substitutes: Seated[]; poolHash: string }
  | { kind: 'openBids'; bids: OpenedBid[]; seed: string }
  | { kind: 'examineBids'; findings: BidFinding[]; conflicted: string[]; findingsHash: string }
  | { kind: 'declareConflict'; experts: string[]; source: 'declared' | 'ownership' }
  | { kind: 'submitSheet'; expert: string; sheetHash: string }
  | { kind: 'recordFeasibility'; document: string; feasible: boolean }
  | { kind: 'rankBids'; scores: RankedBid[]; ranking: string[][] }
  | { kind: 'voteOnTie'; expert: string }
  | { kind: 'decideTie'; votes: { bidder: string; votes: number }[] }
  | { kind: 'recordNegotiation'; document: string; outcome: 'agreed' | 'failed'; annex: string | null }
  | { kind: 'fileCoreAnnex'; document: string }
  | { kind: 'deliberateSelection'; heldOn: string; votes: MemberVote[]; minutes: string }
  | { kind: 'approveSelection'; outcome: 'approve' | 'refuse'; document: string; reasonCodes: string[] }
  | { kind: 'publishResult' }
  | { kind: 'raiseObjection' }
  | {
      kind: 'answerObjection';
      objection: number;
      outcome: 'rejected' | 'upheld';
      /** What an upheld objection does. */
      then: 'reassess' | 'fail' | null;
      reasonCodes: string[];
    }
  | { kind: 'withdrawSelection'; reasonCodes: string[] };

export type Seated = { id: string; seat: Seat };
/** As it was received: its hash and instant are those of its receipt. */
export type OpenedBid = { bidder: string; envelopeHash: string; receivedAt: number };
export type BidFinding = { bidder: string; valid: boolean; failed: string[] };
/** `exact` out of 100 as a fraction in lowest terms, `shown` rounded for people. */
export type RankedBid = { bidder: string; exact: string; shown: string };

export type Objection = { no: number; at: number; state: 'open' | 'rejected' | 'upheld'; overdue: boolean };

export type SelectionStage =
  | 'consultation'
  | 'announcement'
  | 'bidding'
  | 'opening'
  | 'examination'
  | 'assessment'
  | 'tieVote'
  | 'negotiation'
  | 'collectiveDecision'
  | 'governmentApproval'
  | 'publicNotice'
  | 'coreAnnex'
  | 'done';

export type SelectionState = {
  stage: SelectionStage;
  outcome: 'selected' | 'failed' | 'withdrawn' | null;
  /** Index in the route. */
  at: number;
  announcedAt: number | null;
  closesOn: string | null;
  /** The announcement, or the time to answer the invitation, has run. */
  announcementEnded: boolean;
  /** When bids closed, as the calendar had it. */
  closedAt: number | null;
  seedHash: string | null;
  /** Names the pool that was drawn from. */
  poolHash: string | null;
  panel: Seated[];
  substitutes: Seated[];
  bids: { bidder: string; receivedAt: number; valid: boolean | null }[];
  /** Assessments: an upheld objection begins the next. */
  round: number;
  /** Who has handed in a sheet; who has voted on the tie. */
  sheets: string[];
  tied: string[] | null;
  tieRound: number;
  voted: string[];
  feasible: boolean | null;
  ranking: string[][];
  winner: string | null;
  annex: string | null;
  noticeAt: number | null;
  noticeEnded: boolean;
  notices: number;
  objections: Objection[];
};

export type SelectionStart = ProcedureStart<SelectionRules, SelectionFacts>;
export type GivenAct<K extends SelectionAct['kind']> = Given<Extract<SelectionAct, { kind: K }>>;
