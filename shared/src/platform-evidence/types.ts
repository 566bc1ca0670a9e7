/** What the Schedule of a day of evidence asks for (X4). */
export type EvidenceAsk = { jurisdiction: string; operator: string; kind: string };

export type EvidenceLookActivities = {
  /** Looks at how the evidence of a kind stands; tells what follows from it, once. Answers how much was told. */
  lookAtEvidence(ask: EvidenceAsk): Promise<{ told: number }>;
};
