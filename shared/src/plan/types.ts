/** What the machine of the implementation plan knows, is told and remembers: ids, codes, hashes, dates. */
import type { MemberVote } from '../procedure/deliberation.ts';
import type { FilingState } from '../procedure/filing.ts';

export type PlanFacts = {
  version: number;
  /** The case of the version that this one changes. */
  replaces: string | null;
  contentHash: string;
};

export type PlanAct =
  | { kind: 'revisePlan'; contentHash: string }
  | { kind: 'deliberatePlan'; heldOn: string; votes: MemberVote[]; minutes: string }
  | { kind: 'approvePlan'; outcome: 'approve' | 'refuse'; document: string; reasonCodes: string[] }
  | { kind: 'filePlan' }
  | { kind: 'receiptPlanFiling'; on: string; document: string }
  | { kind: 'returnPlanFiling'; on: string; reasonCodes: string[]; document: string }
  | { kind: 'withdrawPlan' };

export type PlanState = {
  stage: 'collectiveDecision' | 'governmentApproval' | 'filing' | 'done';
  outcome: 'inForce' | 'withdrawn' | null;
  contentHash: string;
  /** Index in the route. */
  at: number;
  /** When the present step began, and whether its limit has passed. */
  since: number;
  overdue: boolean;
  inForceAt: number | null;
  filing: FilingState;
  filings: number;
};
