/** Tables of a selection beside its procedure: papers, invitees, what is sealed, the panel, sheets and votes. */
import type { ProcedureTables } from '../procedures/tables.ts';

export type SelectionTables = ProcedureTables & {
  selection_paper: {
    case_no: string;
    content_hash: string;
    contents: Record<string, string>;
    given_at: Date;
  };
  selection_invitee: { case_no: string; organisation: string };
  /** The seed of the draw, sealed until the opening. */
  selection_seed: { case_no: string; seed_hash: string; sealed: string };
  /** One a bidder. `envelope` is null where it was withdrawn. */
  sealed_bid: {
    case_no: string;
    bidder: string;
    envelope: string | null;
    envelope_hash: string;
    received_at: Date;
    /** Sealed too: what was answered under which Idempotency-Key. */
    answers: string;
  };
  /** Everybody in the order drawn, of a pool; who sits, the state of the case says. */
  selection_member: {
    case_no: string;
    pool_hash: string;
    member: string;
    account: string;
    organisation: string;
    seat: string;
  };
  /** Conditions as they were judged, bid by bid. */
  selection_finding: {
    case_no: string;
    findings_hash: string;
    findings: Record<string, unknown>[];
    given_at: Date;
  };
  /** Counted where `accepted_at` stands. */
  selection_sheet: {
    receipt: string;
    case_no: string;
    round: number;
    expert: string;
    scores: { bidder: string; criterion: string; score: string | number }[];
    accepted_at: Date | null;
  };
  selection_vote: {
    receipt: string;
    case_no: string;
    round: number;
    tie_round: number;
    expert: string;
    bidder: string;
    accepted_at: Date | null;
  };
};
