/** What a grant carries between workflow, activities and services: ids, codes, articles and instants only. */
import type { RestsOn } from '../packs/resting-on.ts';

export type GrantState = 'active' | 'suspended' | 'ended';
export type GrantKind = 'new' | 'amendment' | 'renewal';
export type GrantEndKind =
  | 'expired'
  | 'endedEarly'
  | 'withdrawn'
  | 'replaced'
  | 'merchantExited'
  | 'mandateEnded';
export type SuspensionCause =
  | 'overreach'
  | 'merchantSuspended'
  | 'direction'
  | 'mandateSuspended'
  | 'mandateEnded';

export type TermRests = { warning: RestsOn; expiry: RestsOn };

/** A grant as the workflow that watches its term starts with it. */
export type GrantTerm = {
  grantNo: string;
  caseNo: string;
  jurisdictionTitle: string;
  merchant: string;
  /** 24:00 of its last day, Asia/Shanghai, in milliseconds since the epoch. */
  endsAt: number;
  /** What its warnings and its end by term rest on; missing in terms begun before they were carried. */
  rests?: TermRests;
};

/** What wakes a grant next; `inMillis` is real time, `null` while the sandbox clock stands still before it. */
export type GrantWake = { kind: 'warning' | 'expiry'; at: number; inMillis: number | null };

/** How a grant stands; `wake` is `null` once it has ended. */
export type GrantReading = { state: GrantState; endKind: GrantEndKind | null; wake: GrantWake | null };

/** What the workflow of a grant's term asks to be done. */
export type GrantActivities = {
  /**
   * Records what of the term is due by now (warnings, expiry), each once, and says what wakes the grant next. The row
   * is the authority: what ended it otherwise is only read.
   */
  lookAtGrant(input: { grantNo: string; rests?: TermRests }): Promise<GrantReading>;
};
