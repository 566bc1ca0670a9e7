/** What the workflow of a procedure asks to be done: ids, codes, hashes and instants only. Each may run twice. */
import type { BusinessDate } from '../business-date.ts';
import type { Entry, Period, Periods, ProcedureStart, Standing, Waiting } from './machine.ts';
import type { PeriodWake } from './periods.ts';

/** The case as it stands after `entries`, of which the first has the number `position`. */
export type ProcedureRecord = {
  start: ProcedureStart;
  state: Standing & object;
  entries: Entry[];
  position: number;
  periods: Period[];
  waitsFor: Waiting[];
  /** How the periods stood when they were read last, and the reminders given. */
  readings: Periods;
  done: string[];
};

export type ProcedureView = {
  calendarVersion: string;
  readings: Periods;
  /** What wakes the case next; `inMillis` in real time, `null` while the sandbox's clock stands still before it. */
  wake: (PeriodWake & { inMillis: number | null }) | null;
};

/**
 * `heldUntil`: intake was down in the period's last hours, so it ends with that working day instead, once; one in hours
 * ends at the instant `heldUntilAt`.
 */
export type ProcedureLook =
  | { speak: true }
  | { speak: false; lookAgainInMillis: number; readAgain?: true }
  | { speak: false; heldUntil: BusinessDate }
  | { speak: false; heldUntilAt: number };

export type ProcedureActivities = {
  /** Writes entries, events, notices, audit entries and the case's row; reads the periods under the newest calendar. */
  recordProcedure(record: ProcedureRecord): Promise<ProcedureView>;
  /** Asked before the end of a period counts: grace, calendar, acts taken in before it, intake. */
  lookAtPeriod(ask: {
    start: Pick<ProcedureStart, 'caseNo' | 'jurisdiction' | 'procedure'>;
    wake: PeriodWake;
    calendarVersion: string;
    looks: number;
    /** Whether this end was held back for an outage of intake before. */
    held: boolean;
  }): Promise<ProcedureLook>;
};
