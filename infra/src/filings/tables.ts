export const filingStates = ['pending', 'sent', 'receipted', 'returned'] as const;

/** A package filed with a body above: what it holds, and where it stands. */
export type FilingTable = {
  number: string;
  /** In the order of filing. */
  seq: number;
  case_no: string;
  jurisdiction: string;
  /** The body it goes to, by its code in the pack. */
  recipient: string;
  /** Canonical JSON of what is filed. */
  content: string;
  documents: string[];
  package_hash: string;
  state: (typeof filingStates)[number];
  filed_at: Date;
  sent_at: Date | null;
  answered_at: Date | null;
  answered_on: string | null;
  answer_number: string | null;
  answer_document: string | null;
  reason_codes: string[];
  attempts: number;
  /** In real time, as retries are. */
  next_try_at: Date;
  /** The code of the last try's failure. */
  fault: string | null;
};
export type FilingTables = { filing: FilingTable };
