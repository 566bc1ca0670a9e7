/** An operating agreement as it begins, moves and stands: ids, codes, hashes, dates. */
import type { Holds } from '../holds.ts';
import type { FilingState } from '../procedure/filing.ts';
import type { Given, ProcedureStart } from '../procedure/machine.ts';
import type { Mandate } from './overlap.ts';
import type { AgreementRules, ExitGround } from './rules.ts';

/** One version as it was rendered; what it says stands in the tables under `content`, its text under `document`. */
export type AgreementVersion = {
  version: number;
  content: string;
  /** Hash of the rendered text: what everyone signs for. */
  document: string;
  termMonths: number;
  /** The document with the ground of a term over the maximum in principle. */
  ground: string | null;
  mandate: Mandate;
  /** Line departments that sign too. */
  coSignatories: string[];
  /** Source departments that set the term with the authority. */
  termSetters: string[];
};

export type AgreementOrigin = 'selection' | 'renewal' | 'reauthorisation' | 'broughtIn';

export type AgreementFacts = {
  origin: AgreementOrigin;
  /** The selection that chose the operator. */
  selection: string | null;
  /** The agreement this one renews or follows. */
  predecessor: string | null;
  plan: string | null;
  operator: string;
  terms: AgreementVersion;
  /** Concluded on paper before: its days are the paper's. */
  broughtIn: { signedOn: string; lastDay: string; parties: string[]; documents: string[] } | null;
};

export type AgreementAct =
  | { kind: 'reviseAgreement'; terms: AgreementVersion }
  | { kind: 'recordConsultation'; on: string; document: string }
  | { kind: 'confirmTerm'; months: number }
  | { kind: 'signOperatingAgreement'; hash: string }
  | { kind: 'withdrawAgreement' }
  | { kind: 'fileAgreement' }
  | { kind: 'receiptAgreementFiling'; number: string; on: string; document: string }
  | { kind: 'returnAgreementFiling'; on: string; reasonCodes: string[]; document: string }
  | { kind: 'proposeAmendment'; terms: AgreementVersion; differences: string[] }
  | { kind: 'withdrawAmendment' }
  | { kind: 'suspendAgreement'; reasonCodes: string[]; document: string }
  | { kind: 'restoreAgreement'; document: string }
  /** Ordered by a sanction or in an incident (decision 0031), and lifted. */
  | { kind: 'suspendByOrder'; order: string; ground: string; terminates: boolean }
  | { kind: 'restoreByOrder'; order: string }
  | { kind: 'requestRenewal'; material: Record<string, string> }
  | { kind: 'decideRenewal'; outcome: RenewalOutcome; evaluation: string }
  | { kind: 'requestExit'; ground: ExitGround; document: string }
  | { kind: 'decideExit'; outcome: 'approve' | 'refuse'; document: string; reasonCodes: string[] }
  | { kind: 'terminateAgreement'; ground: ExitGround; document: string; evaluation: string | null }
  | { kind: 'handOverItem'; item: HandOverItem; document: string }
  /** Told by the agreement that follows, when it comes into force. */
  | { kind: 'succeedAgreement'; successor: string; origin: AgreementOrigin };

export type RenewalOutcome = AgreementRules['renewal']['outcomes'][number];
export type HandOverItem = AgreementRules['handOver'][number];

export type AgreementState = {
  stage: 'drafting' | 'signing' | 'filing' | 'inForce' | 'suspended' | 'handOver' | 'done';
  outcome: 'withdrawn' | 'expired' | 'exited' | 'terminated' | 'renewed' | 'reauthorised' | null;
  /** In force, or before that the one that is being drafted. */
  terms: AgreementVersion;
  consultation: { on: string; document: string } | null;
  confirmed: string[];
  /** Bodies that have signed `terms.document`. */
  signatures: string[];
  amendment: { terms: AgreementVersion; signatures: string[] } | null;
  signedOn: string | null;
  lastDay: string | null;
  inForceAt: number | null;
  /** When the present text was signed and waits to be filed; null where nothing is to be filed. */
  toFileSince: number | null;
  filingOverdue: boolean;
  filing: FilingState;
  filings: number;
  windowTold: 'no' | 'opened' | 'closed';
  renewal: { submittedAt: number; outcome: RenewalOutcome | null; evaluation: string | null } | null;
  exitRequest: { ground: ExitGround; at: number } | null;
  exit: { ground: ExitGround; kind: 'voluntary' | 'involuntary'; evaluation: string | null } | null;
  handedOver: Partial<Record<HandOverItem, string>>;
  successor: string | null;
  /** Why it rests, once an order has reached it; without, only a hand can have suspended it. */
  holds?: Holds;
  /** The order of a sanction that ends the mandate: the bureau terminates it. */
  terminateFor?: string;
};

export type AgreementStart = ProcedureStart<AgreementRules, AgreementFacts>;
export type ActOf<K extends AgreementAct['kind']> = Given<Extract<AgreementAct, { kind: K }>>;
