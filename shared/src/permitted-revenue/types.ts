/** What the machine of a permitted revenue knows, is told and remembers: amounts in fen, ids, codes, hashes, dates. */
import type { Body } from '../packs/values.ts';

/** The figures a case stands on, by their hash; every part of them is kept beside the case (F2). */
export type RevenueFigures = { hash: string; fen: number; consumedFen: number; carriedOnFen: number };

export type RevenueFacts = RevenueFigures & {
  operator: string;
  year: number;
  /** No full year of operation yet: a trial (65号). */
  trial: boolean;
  /** The case whose figure this one adjusts. */
  replaces: string | null;
  /** The price office of the city; null where none is registered, and the bureau records its decision. */
  priceBody: string | null;
};

/** What a body that decides together with another said of it, as a document. */
export type JointOpinion = { with: Body; document: string };

export type RevenueAct =
  | { kind: 'reviseRevenue'; figures: RevenueFigures }
  | { kind: 'decideRevenue'; outcome: 'agree'; figures: string; document: string; joint: JointOpinion[] }
  | { kind: 'returnRevenue'; document: string; reasonCodes: string[] }
  | { kind: 'withdrawRevenue' };

export type RevenueState = {
  stage: 'review' | 'determination' | 'approval' | 'done';
  outcome: 'inForce' | 'withdrawn' | null;
  figures: RevenueFigures;
  /** Index in the route. */
  at: number;
  since: number;
  overdue: boolean;
};
