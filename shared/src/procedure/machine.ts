/**
 * A procedure (程序): a case that goes from step to step, each step an act of a body or the end of a period. Its machine
 * is pure: the workflow drives it, the tests play it, and both see the same refusals.
 */
import type { BusinessDate } from '../business-date.ts';
import type { ArticleRef, ProblemCode } from '../problems.ts';
import type { ProcedureKind } from './kinds.ts';

/** Who acted, as the intake took it in: ids and a role, never a name. */
export type By = { account: string; organisation: string | null; role: string };

/** An act as it reaches the machine. `at` is its `receivedAt`, in milliseconds since the epoch on the law's clock. */
export type Given<A> = A & { at: number; receipt: string; by: By };

/**
 * A case as it begins. `rules` are frozen: the case finishes under the pack it was opened under. `facts` hold what the
 * machine must know of its beginning (ids, codes, hashes, dates).
 */
export type ProcedureStart<R = unknown, F = unknown> = {
  procedure: ProcedureKind;
  caseNo: string;
  jurisdiction: string;
  jurisdictionTitle: string;
  /** The bureau that leads it. */
  authority: string;
  packVersion: string;
  rules: R;
  facts: F;
  startedAt: number;
  /** The act that opened it: who, and its receipt. */
  by: By;
  receipt: string | null;
};

/** What has happened, in the past tense: the event `<procedure>.<kind>.v1`, with ids, codes, hashes, dates and counts. */
export type Entry = {
  kind: string;
  at: number;
  receipt: string | null;
  data: Record<string, unknown>;
  /** What it rests on; the event carries it as `article` and `articleInstrument`. */
  rests?: ArticleRef | undefined;
};

export type PeriodLimit =
  | { workingDays: number }
  /** Ends on a rest day: the next working day (Civil Code art. 203). */
  | { calendarDays: number }
  /** The last day itself is named: in an order, an announcement, a term. One before the period began has passed at once. */
  | { on: BusinessDate }
  /** By the clock, from the very instant, on whatever day it ends (Civil Code art. 201: hours from when they begin). */
  | { hours: number };

/**
 * A period that runs. Day one is the day after `from` (working day, where working days count); it ends at 24:00. One in
 * hours ends at its instant.
 */
export type Period = {
  /** Names it within its case, once: `bids`, `objections/2`. */
  key: string;
  from: number;
  limit: PeriodLimit;
  /**
   * Working days before the last day on which those it waits for are reminded; 0 is the day itself. Of a period in
   * hours: hours before its end.
   */
  reminders?: readonly number[];
  article?: ArticleRef | undefined;
};

/**
 * A period under the calendar: `lastDay` and `at` (24:00 of it, or the instant of a period in hours) are null while it
 * reaches a year not published.
 */
export type PeriodReading = {
  key: string;
  lastDay: BusinessDate | null;
  at: number | null;
  provisional: boolean;
  /** Of a period in hours, how many: one that another grade makes shorter is not one held for an outage. */
  hours?: number;
  /** What the period rests on. */
  article?: ArticleRef | undefined;
};
export type Periods = Readonly<Record<string, PeriodReading>>;

/**
 * An act the case waits for, and by whom: `body` where one body alone may; `optional`: it may come, nobody owes it;
 * `right`: what is optional is a right with a last day, and stands in the work list of the body until then;
 * `overdue`: the period it was due in has passed.
 */
export type Waiting = {
  act: string;
  role: string;
  body?: string | null;
  period?: string;
  optional?: true;
  right?: true;
  overdue?: true;
};

export type Step<S> = { state: S; entries: Entry[] };
export type Refused = { refused: ProblemCode; params?: Readonly<Record<string, string | number>> };

/** Work that a state asks to be done outside the case; its result comes back as an act of the system's own. */
export type Work = { key: string };

/** What every state says of itself. `outcome` is null while the case runs. */
export type Standing = { stage: string; outcome: string | null };

/**
 * One lifecycle. Every function is pure and takes no time of its own: instants come in acts and periods.
 * `acts`: every kind of act, which is the update's name too.
 */
export interface Machine<R, F, S extends Standing, A extends { kind: string }> {
  readonly procedure: ProcedureKind;
  readonly acts: readonly A['kind'][];
  begin(start: ProcedureStart<R, F>): Step<S>;
  /** The act taken, or the code it is refused with; a refused act changes nothing. */
  act(start: ProcedureStart<R, F>, state: S, act: Given<A>, periods: Periods): Step<S> | Refused;
  /**
   * What is no longer taken though cases of before took it: asked of an act as it comes, never where a recorded one is
   * played again. What it lets pass `act` may still refuse.
   */
  refuses?(state: S, act: A): Refused | undefined;
  /** The periods that run in this state. One that is no longer listed has stopped. */
  periods(start: ProcedureStart<R, F>, state: S): Period[];
  /** A period ended and nobody had acted. The state that follows must no longer list it. */
  ended(start: ProcedureStart<R, F>, state: S, period: PeriodReading & { at: number }): Step<S>;
  waitsFor(start: ProcedureStart<R, F>, state: S): Waiting[];
  /** The work this state waits for, if any: begun once a key, dropped when the state asks for it no more. */
  work?(start: ProcedureStart<R, F>, state: S): Work | null;
  /** The stage in Chinese, for the Temporal UI. */
  words(state: S): string;
}

export const isRefused = <S>(step: Step<S> | Refused): step is Refused => 'refused' in step;

/** A step without a change but of state. */
export const step = <S>(state: S, ...entries: Entry[]): Step<S> => ({ state, entries });
export const refuse = (code: ProblemCode, params?: Readonly<Record<string, string | number>>): Refused =>
  params ? { refused: code, params } : { refused: code };

/** The entry of an act: its instant and receipt are the act's. */
export const entryOf = (
  kind: string,
  { at, receipt }: { at: number; receipt: string | null },
  data: Record<string, unknown> = {},
  rests?: ArticleRef,
): Entry => ({ kind, at, receipt, data, ...(rests && { rests }) });

/** A period that has ended by an instant, and has a day; one that is provisional never has. */
export const hasEnded = (reading: PeriodReading | undefined, at: number): boolean =>
  reading?.at !== null && reading?.at !== undefined && at >= reading.at;
