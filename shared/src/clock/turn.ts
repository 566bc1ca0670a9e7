/** One body's turn: what it may do when, and what silence does (Zhongwei art. 21). Pure, used by workflow and play. */
import type { ClockReading, ClockRules, LedgerEntry, Silence } from './ledger.ts';

export type TurnOutcome =
  | 'open'
  | 'approved'
  | 'refused'
  | 'deemedApproved'
  | 'deemedRefused'
  | 'withdrawn'
  | 'lapsed';

/** `overdue` is open still; `late` marks a decision that came after the deadline. */
export type TurnState = { outcome: TurnOutcome; overdue: boolean; late: boolean };

/** An act on a turn, judged by `at`: milliseconds since the epoch, when it was taken in. */
export type TurnAct =
  | { kind: 'return'; at: number; id: string; correctionKind?: string }
  | { kind: 'resubmit'; at: number; id: string }
  | { kind: 'requestExtension'; at: number; days: number }
  | { kind: 'grantExtension'; at: number; days: number }
  | { kind: 'refuseExtension'; at: number }
  | { kind: 'decide'; at: number; outcome: 'approve' | 'refuse' }
  | { kind: 'withdraw'; at: number };

/** Why an act does not count; the same code in the failure, the HTTP body and the log. */
export type TurnRefusal =
  | 'deadlinePassed'
  | 'suspended'
  | 'notReturned'
  | 'alreadyReturned'
  | 'alreadyDecided'
  | 'withdrawn'
  | 'extensionPending'
  | 'noExtensionPending'
  | 'extensionLimit'
  | 'extensionTooLong'
  | 'grantExceedsRequest';

export const openTurn: TurnState = { outcome: 'open', overdue: false, late: false };

/** Silence as the pack names it, and what becomes of the turn. */
export const bySilence: Record<Silence, TurnState> = {
  consent: { outcome: 'deemedApproved', overdue: false, late: false },
  refusal: { outcome: 'deemedRefused', overdue: false, late: false },
  overdue: { outcome: 'open', overdue: true, late: false },
};

/** Open or overdue; an overdue step is still to be done. */
export const isOpen = (state: TurnState): boolean => state.outcome === 'open';

/** Why a closed turn takes no act; `undefined` while it is open. Needs no clock, so a validator may ask it. */
export const whyClosed = (state: TurnState): TurnRefusal | undefined => {
  switch (state.outcome) {
    case 'open':
      return undefined;
    case 'approved':
    case 'refused':
      return 'alreadyDecided';
    case 'deemedApproved':
    case 'deemedRefused':
    case 'lapsed':
      return 'deadlinePassed';
    case 'withdrawn':
      return 'withdrawn';
  }
};

/** Whether the deadline lies behind an instant. An act stamped exactly 24:00:00.000 is too late: the day is over. */
export const isPast = (clock: ClockReading, at: number): boolean =>
  clock.overdue || (clock.deadline !== null && at >= clock.deadline);

/**
 * Judges an act by the deadline of the ledger as it stands. `undefined`: it counts. After the deadline nothing
 * counts where silence speaks; where silence is only overdue, a decision and a withdrawal still do.
 */
export const whyRefused = (
  rules: ClockRules,
  state: TurnState,
  clock: ClockReading,
  act: TurnAct,
): TurnRefusal | undefined => {
  const closed = whyClosed(state);
  if (closed) return closed;
  const past = isPast(clock, act.at);
  if (past && rules.onSilence !== 'overdue') return 'deadlinePassed';
  switch (act.kind) {
    case 'withdraw':
      return undefined;
    case 'decide':
      return clock.suspended ? 'suspended' : undefined;
    case 'return':
      if (past) return 'deadlinePassed';
      return clock.returns.includes(act.id) ? 'alreadyReturned' : undefined;
    case 'resubmit':
      if (past) return 'deadlinePassed';
      return clock.openReturns.includes(act.id) ? undefined : 'notReturned';
    case 'requestExtension':
      if (past) return 'deadlinePassed';
      if (clock.suspended) return 'suspended';
      if (clock.pendingDays !== null) return 'extensionPending';
      if (clock.extensionRequests >= rules.extension.max) return 'extensionLimit';
      return act.days > rules.extension.limitDays ? 'extensionTooLong' : undefined;
    case 'grantExtension':
      if (clock.suspended) return 'suspended';
      if (clock.pendingDays === null) return past ? 'deadlinePassed' : 'noExtensionPending';
      return act.days > clock.pendingDays ? 'grantExceedsRequest' : undefined;
    case 'refuseExtension':
      if (clock.suspended) return 'suspended';
      if (clock.pendingDays === null) return past ? 'deadlinePassed' : 'noExtensionPending';
      return undefined;
  }
};

/** What an act that counts does: an entry in the ledger, or an outcome. */
export const applyAct = (
  state: TurnState,
  clock: ClockReading,
  act: TurnAct,
): { state: TurnState; entry?: LedgerEntry } => {
  switch (act.kind) {
    case 'decide':
      return {
        state: {
          outcome: act.outcome === 'approve' ? 'approved' : 'refused',
          overdue: state.overdue,
          late: isPast(clock, act.at),
        },
      };
    case 'withdraw':
      return { state: { ...state, outcome: 'withdrawn' } };
    case 'return':
      return {
        state,
        entry:
          act.correctionKind === undefined
            ? { kind: 'returned', at: act.at, id: act.id }
            : { kind: 'returned', at: act.at, id: act.id, correctionKind: act.correctionKind },
      };
    case 'resubmit':
      return { state, entry: { kind: 'resubmitted', at: act.at, id: act.id } };
    case 'requestExtension':
      return { state, entry: { kind: 'extensionRequested', at: act.at, days: act.days } };
    case 'grantExtension':
      return { state, entry: { kind: 'extensionGranted', at: act.at, days: act.days } };
    case 'refuseExtension':
      return { state, entry: { kind: 'extensionRefused', at: act.at } };
  }
};
