/** What the machine of a product's egress knows, is told and remembers: ids, codes, hashes, counts; never a vote unopened. */
import type { Holds } from '../holds.ts';
import type { z } from 'zod';
import type { CheckField } from '../packs/values.ts';

/** One version of a product on its way out. Bodies by id. */
export type EgressFacts = {
  product: string;
  /** Version of the product, from 1. */
  version: number;
  /** Who submitted it, merchant or operator, and the account that did: its author checks nothing. */
  owner: string;
  author: string;
  operator: string;
  class: string;
  purpose: string;
  /** Running grants it was built under, by number. */
  grants: string[];
  artefact: string;
  contents: string;
};

export type EvidenceVerdict = 'clean' | 'findings' | 'refused';

/** Findings in rows of one source that is said to be lawfully public: they fall away once every checker confirms it. */
export type PublicItems = { source: string; items: number[] };

/** `items`: findings to be answered for, numbered from 1; those of `publicItems` are counted among them. */
export type Evidence = {
  verdict: EvidenceVerdict;
  report: string;
  items: number;
  publicItems: PublicItems[];
};

/** One checker's vote once both have spoken. `exceptions`: numbers of those accepted; `sources`: ids of those confirmed public. */
export type OpenedVote = {
  checker: string;
  fields: { field: z.infer<typeof CheckField>; pass: boolean; reasonCodes: string[] }[];
  exceptions: number[];
  sources: string[];
};

export type EgressAct =
  /** A changed artefact, or changed words about it. */
  | { kind: 'replaceArtefact'; artefact: string; contents: string; author: string }
  | ({ kind: 'recordEvidence'; attempt: number } & Evidence)
  | { kind: 'requestException'; items: number[]; ground: string; document: string }
  | { kind: 'nameCheckers'; checkers: string[] }
  /** `opened` is null unless this vote is the last one missing. */
  | { kind: 'castVote'; round: number; checker: string; opened: OpenedVote[] | null }
  | { kind: 'fileProduct' }
  | { kind: 'agreeProduct'; registrationCode: string; document: string }
  | { kind: 'returnProduct'; reasonCodes: string[]; document: string }
  | { kind: 'releaseProduct' }
  | { kind: 'suspendProduct'; ground: string; document: string }
  | { kind: 'restoreProduct'; document: string }
  /** Ordered in an incident, by a sanction, for want of evidence (decision 0031), and lifted. */
  | { kind: 'suspendByOrder'; order: string; ground: string }
  | { kind: 'restoreByOrder'; order: string }
  | { kind: 'recallProduct'; reasonCodes: string[]; document: string }
  | { kind: 'retireProduct'; ground: 'ownWish' | 'superseded' | 'grantEnded' }
  /** An undeclared link of ownership between who made it and who checked or operates came to light (O10). */
  | { kind: 'reopenForLink'; link: string }
  | { kind: 'withdrawProduct' };

export type EgressStage =
  | 'evidence'
  | 'egressCheck'
  | 'returned'
  | 'filing'
  | 'listed'
  | 'released'
  | 'suspended'
  | 'done';

export type EgressException = { number: number; items: number[]; ground: string };

export type EgressState = {
  stage: EgressStage;
  outcome: 'recalled' | 'retired' | 'withdrawn' | 'lapsed' | null;
  artefact: string;
  contents: string;
  /** Whose hands made the artefact, as it stands and before: none of them checks it. */
  authors: string[];
  /** Artefacts so far, this one counted; votes belong to one of them. */
  attempt: number;
  evidence: Evidence | null;
  exceptions: EgressException[];
  checkers: string[];
  /** A round of votes: a new one drops the votes of the one before. */
  round: number;
  spoken: string[];
  /** Whose vote was opened by the last one before its own act arrived. */
  unheard: string[];
  /** The first lock: round whose votes passed it. */
  checked: number | null;
  /** The second lock: filed, and agreed to. */
  filed: boolean;
  registrationCode: string | null;
  /** Where a suspended product was, and comes back to. */
  before: 'listed' | 'released' | null;
  /** Suspended when it was re-opened: agreed to anew, it is suspended still. */
  held: boolean;
  /** Why it rests, once an order has reached it; without, only a hand can have suspended it. */
  holds?: Holds;
  /** It was on the list once: it is recalled or retired, not withdrawn. */
  wasListed: boolean;
  since: number;
  overdue: boolean;
};
