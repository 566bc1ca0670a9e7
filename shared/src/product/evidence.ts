/** What the workflow of a product's egress asks of the evidence engine. */
import type { Evidence } from './types.ts';

/** One artefact of a case, by its hashes. */
export type EvidenceAsk = {
  caseNo: string;
  jurisdiction: string;
  attempt: number;
  artefact: string;
  contents: string;
};

/**
 * `report`: hash of the kept report; `at` on the law's clock. `items` number every finding, those in rows of sources said
 * to be lawfully public too, which `publicItems` names by source: such rows make no verdict, and stand until confirmed.
 */
export type EvidenceAnswer = { at: number } & Evidence;

export type EvidenceActivities = {
  /** Scans the artefact and keeps report, findings and signed check record. Runs again after a crash: the same result. */
  gatherEvidence(ask: EvidenceAsk): Promise<EvidenceAnswer>;
  /** What stands when no scan could be finished: refused, with the reason. */
  recordNoEvidence(ask: EvidenceAsk): Promise<EvidenceAnswer>;
};
