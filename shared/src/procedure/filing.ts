/**
 * Filing (备案): a numbered package goes out to a body above, which receipts it or returns it. Each sending has its own
 * number; what was returned is sent again under the next.
 */
export type FilingState = {
  /** `<case>-BA<n>`. */
  filing: string;
  sentAt: number;
  state: 'sent' | 'receipted' | 'returned';
} | null;

/** The number of the next package of a case. */
export const nextFiling = (caseNo: string, sent: number): string => `${caseNo}-BA${sent + 1}`;
