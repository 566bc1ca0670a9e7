/** The ledger (台账) of what is done with granted data: its acts, and the periods it is reported for (D2). Pure. */
import { addDays, type BusinessDate, startOfDay } from '../business-date.ts';

export const traceActs = ['access', 'processing', 'transfer', 'destruction'] as const;
export type TraceAct = (typeof traceActs)[number];
export const traceSubjects = ['grant', 'product'] as const;
/** In what form something was handed on: raw and near-raw forms go to nobody (A9; 朔州 十一（四）2). */
export const transferForms = ['processed', 'nearRaw', 'raw'] as const;

export type LedgerPeriod = { from: BusinessDate; until: BusinessDate; opensAt: number };

const two = (n: number): string => String(n).padStart(2, '0');

/**
 * The period of `months` (a divisor of a year, or taken from January on) that a day lies in; it is reported at nine in
 * the morning of the day after its last.
 */
export const ledgerPeriod = (on: BusinessDate, months: number): LedgerPeriod => {
  const [year, month] = on.split('-').map(Number) as [number, number];
  const first = Math.floor((month - 1) / months) * months + 1;
  const next = first + months;
  const from = `${year}-${two(first)}-01`;
  const after = next > 12 ? `${year + 1}-01-01` : `${year}-${two(next)}-01`;
  return { from, until: addDays(after, -1), opensAt: startOfDay(after) + 9 * 3_600_000 };
};

/** One operator's report of one period: what the Schedule starts. */
export type LedgerAsk = {
  jurisdiction: string;
  operator: string;
  from: BusinessDate;
  until: BusinessDate;
};

export type LedgerActivities = {
  /** Writes the report, its event and notice, and the next period's row; again, it changes nothing. */
  reportLedger(ask: LedgerAsk): Promise<{ entries: number }>;
};
