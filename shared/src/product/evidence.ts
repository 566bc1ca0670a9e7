/** What the workflow of a product's egress asks of the evidence engine. */
import type { EvidenceVerdict } from './types.ts';

/** One artefact of a case, by its hashes. */
export type EvidenceAsk = {
  caseNo: string;
  jurisdiction: string;
  attempt: number;
  artefact: string;
  contents: string;
};

/** `report`: hash of the kept report; `items`: findings to be answered for, numbered from 1; `at` on the law's clock. */
export type EvidenceAnswer = { at: number; verdict: EvidenceVerdict; report: string; items: number };

export type EvidenceActivities = {
  /** Scans the artefact and keeps report, findings and signed check record. Runs again after a crash: the same result. */
  gatherEvidence(ask: EvidenceAsk): Promise<EvidenceAnswer>;
  /** What stands when no scan could be finished: refused, with the reason. */
  recordNoEvidence(ask: EvidenceAsk): Promise<EvidenceAnswer>;
};
