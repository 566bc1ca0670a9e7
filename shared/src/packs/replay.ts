/** A closed turn judged again under other rules: the same acts at the same instants, other deadlines and silences. */
import {
  type CalendarByVersion,
  type ClockReading,
  type ClockRules,
  type LedgerEntry,
  computeClock,
} from '../clock/ledger.ts';
import {
  type TurnAct,
  type TurnState,
  applyAct,
  bySilence,
  isOpen,
  openTurn,
  whyRefused,
} from '../clock/turn.ts';

/**
 * How a turn was recorded to end; `at` when the act was taken in. `lapse`: a correction was never answered.
 * `null`: by silence, or not yet.
 */
export type RecordedEnd = { at: number; kind: 'approve' | 'refuse' | 'withdraw' | 'lapse' } | null;

/** A turn under some rules. `notCounted`: acts that the rules would have refused. `endedAt` null: open still. */
export type ReplayedTurn = {
  state: TurnState;
  lastDay: string | null;
  deadline: number | null;
  endedAt: number | null;
  notCounted: { kind: TurnAct['kind']; at: number; code: string }[];
};

/** The act that an entry came from; `undefined` for what the system entered of itself. */
const actOfEntry = (entry: LedgerEntry): TurnAct | undefined => {
  switch (entry.kind) {
    case 'returned': {
      const { at, id, correctionKind } = entry;
      return { kind: 'return', at, id, ...(correctionKind !== undefined && { correctionKind }) };
    }
    case 'resubmitted':
      return { kind: 'resubmit', at: entry.at, id: entry.id };
    case 'extensionRequested':
      return { kind: 'requestExtension', at: entry.at, days: entry.days };
    case 'extensionGranted':
      return { kind: 'grantExtension', at: entry.at, days: entry.days };
    case 'extensionRefused':
      return { kind: 'refuseExtension', at: entry.at };
    case 'started':
    case 'calendarChanged':
    case 'heldForIntake':
    case 'heldForActs':
    case 'overdue':
    case 'succeeded':
      return undefined;
  }
};

/**
 * Plays a recorded ledger and its end under other rules, up to `until` (milliseconds since the epoch): before each act
 * silence speaks where the deadline has passed; an act that the rules refuse is left out. What the recorded clock said
 * (overdue, held for acts) is left out and found anew; a correction lapses on the day it did. Pure; throws `RangeError` for a ledger without a start.
 */
export const replayTurn = (
  rules: ClockRules,
  recorded: readonly LedgerEntry[],
  end: RecordedEnd,
  until: number,
  calendars: CalendarByVersion,
): ReplayedTurn => {
  const [start, ...rest] = recorded;
  if (start?.kind !== 'started') throw new RangeError('a ledger begins with its start');
  const ledger: LedgerEntry[] = [start];
  const notCounted: ReplayedTurn['notCounted'] = [];
  let state: TurnState = openTurn;
  let endedAt: number | null = null;
  const clock = (): ClockReading => computeClock(rules, ledger, calendars);
  /** Silence up to an instant; an act at the very deadline comes after it. */
  const hear = (at: number): void => {
    const { deadline, lastDay, overdue } = clock();
    if (!isOpen(state) || overdue || deadline === null || lastDay === null || deadline > at) return;
    state = bySilence[rules.onSilence];
    if (isOpen(state)) ledger.push({ kind: 'overdue', at: deadline, lastDay });
    else endedAt = deadline;
  };
  const act = (one: TurnAct): void => {
    hear(one.at);
    const reading = clock();
    const code = whyRefused(rules, state, reading, one);
    if (code) {
      notCounted.push({ kind: one.kind, at: one.at, code });
      return;
    }
    const { state: next, entry } = applyAct(state, reading, one);
    state = next;
    if (entry) ledger.push(entry);
    if (!isOpen(state)) endedAt = one.at;
  };
  for (const entry of rest) {
    const one = actOfEntry(entry);
    if (one) act(one);
    else if (entry.kind === 'calendarChanged' || entry.kind === 'succeeded') {
      hear(entry.at);
      if (isOpen(state)) ledger.push(entry);
    } else if (entry.kind === 'heldForIntake') {
      // The intake was down: whatever the rules, the turn stayed open for it.
      if (isOpen(state) && (clock().deadline ?? Infinity) <= entry.at) ledger.push(entry);
    }
  }
  if (end?.kind === 'lapse') {
    hear(end.at);
    if (isOpen(state) && clock().suspended) {
      state = { ...state, outcome: 'lapsed' };
      endedAt = end.at;
    }
  } else if (end?.kind === 'withdraw') act({ kind: 'withdraw', at: end.at });
  else if (end) act({ kind: 'decide', at: end.at, outcome: end.kind });
  hear(until);
  const { lastDay, deadline } = clock();
  return { state, lastDay, deadline, endedAt, notCounted };
};
