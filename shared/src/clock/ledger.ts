/**
 * The ledger of a clock and the deadline that follows from it.
 * A deadline is never stored as a wish: it is computed from the ledger and the calendar, and computed again
 * whenever either changes. Readings the texts leave open are those of the pack and are named at each branch.
 */
import { type BusinessDate, addDays, businessDateOf, daysBetween, endOfDay } from '../business-date.ts';
import type { Calendar } from '../calendar.ts';

export type ClockUnit = 'workingDays' | 'calendarDays';
export type CorrectionEffect = 'resume' | 'restart';
export type Silence = 'consent' | 'overdue' | 'refusal';

/** What a pack says of one clock. */
export type ClockRules = {
  budget: number;
  unit: ClockUnit;
  /** What a return for correction does: one effect for all, or one for each kind (`default` for the rest). */
  correction: CorrectionEffect | Record<string, CorrectionEffect>;
  extension: { max: number; limitDays: number };
  onSilence: Silence;
};

/** Instants are milliseconds since the epoch; who and why stand in the tables. */
export type LedgerEntry =
  | { kind: 'started'; at: number; calendarVersion: string }
  | { kind: 'returned'; at: number; id: string; correctionKind?: string }
  | { kind: 'resubmitted'; at: number; id: string }
  | { kind: 'extensionRequested'; at: number; days: number }
  | { kind: 'extensionGranted'; at: number; days: number }
  | { kind: 'extensionRefused'; at: number }
  | { kind: 'calendarChanged'; at: number; calendarVersion: string }
  /** Intake was down before the deadline: open until the end of the working day after `lastDay`. */
  | { kind: 'heldForIntake'; at: number; lastDay: BusinessDate }
  /** Acts taken in before the deadline are still on their way: silence waits for them; the deadline stands. */
  | { kind: 'heldForActs'; at: number }
  | { kind: 'overdue'; at: number; lastDay: BusinessDate }
  /** The body's work went to its successor, which goes on under the same clock. */
  | { kind: 'succeeded'; at: number; from: string; to: string };

export type ExtensionState = 'pending' | 'granted' | 'refused' | 'lapsed';

/** What the ledger says as it stands. */
export type ClockReading = {
  suspended: boolean;
  /** The count reaches a year whose notice is not published: never fires, computed again when it is loaded. */
  provisional: boolean;
  /** `null` while suspended or provisional. */
  lastDay: BusinessDate | null;
  /** 24:00 Asia/Shanghai of the last day, milliseconds since the epoch; an act at this very instant is too late. */
  deadline: number | null;
  /** The last day before a pending request is counted in; equal to `lastDay` when none is pending. */
  lastDayWithoutRequest: BusinessDate | null;
  /** While provisional: no calendar can put the last day before this date. */
  notBefore: BusinessDate | null;
  extension: ExtensionState | null;
  extensionRequests: number;
  pendingDays: number | null;
  openReturns: string[];
  /** Every return so far; an id names one notice. */
  returns: string[];
  overdue: boolean;
  /** Stretches in which days were counted: after `after`, up to `before` (not counted itself) or to the last day. */
  stretches: { after: BusinessDate; before: BusinessDate | null; discarded: boolean }[];
};

/** The calendar under each version that the ledger names. */
export type CalendarByVersion = (version: string) => Calendar;

type End = BusinessDate | undefined; // undefined: in a year not published
type Base = { end: End; whole: number | undefined };

/** Ends of a count, in its unit; calendar days that end on a rest day run to the next working day. */
const endAfter = (calendar: Calendar, unit: ClockUnit, from: BusinessDate, days: number): End =>
  unit === 'workingDays'
    ? calendar.workingDayAfter(from, days)
    : calendar.workingDayFrom(addDays(from, days));

const countedUpTo = (
  calendar: Calendar,
  unit: ClockUnit,
  after: BusinessDate,
  before: BusinessDate,
): number | undefined =>
  unit === 'workingDays'
    ? calendar.workingDaysBetween(after, before)
    : Math.max(0, daysBetween(after, before) - 1);

const effectOf = (rules: ClockRules, kind: string | undefined): CorrectionEffect =>
  typeof rules.correction === 'string'
    ? rules.correction
    : (rules.correction[kind ?? 'default'] ?? rules.correction['default'] ?? 'resume');

const later = (a: BusinessDate, b: BusinessDate): BusinessDate => (a > b ? a : b);

/** Reads a ledger under one calendar. `floors` are the entries after which the deadline would have lain in the past. */
const read = (
  rules: ClockRules,
  ledger: LedgerEntry[],
  calendar: Calendar,
  floors: ReadonlySet<number>,
): ClockReading => {
  const { unit } = rules;
  let after: BusinessDate = ''; // counting starts on the day after
  let total: number | undefined = rules.budget; // days of the present stretch; undefined: not countable yet
  let grants: ({ days: number } | { floorAfter: BusinessDate })[] = [];
  let pendingDays: number | null = null;
  let heldAfter: BusinessDate | null = null;
  let extension: ExtensionState | null = null;
  let extensionRequests = 0;
  const openReturns = new Set<string>();
  const returns = new Set<string>();
  let restart = false;
  let frozen: BusinessDate | null = null;
  let stretches: ClockReading['stretches'] = [];

  /** Where `count` days of the present stretch end; none or fewer left: on the day it began, or before. */
  const position = (count: number): End =>
    count > 0 ? endAfter(calendar, unit, after, count) : addDays(after, count);
  /** The last day, and the days to it before a calendar-day period is moved off a rest day. */
  const base = (): Base => {
    if (total === undefined) return { end: undefined, whole: undefined };
    let whole = total;
    let end = position(whole);
    for (const step of grants) {
      if (end === undefined) break;
      if ('days' in step) {
        if (unit === 'calendarDays' && whole > 0) whole = daysBetween(after, end);
        whole += step.days; // counted from the old deadline
        end = position(whole);
      } else {
        const open = calendar.workingDayAfter(step.floorAfter, 1);
        if (open === undefined || open <= end) {
          end = open && end;
          continue;
        }
        end = open;
        whole = countedUpTo(calendar, unit, after, addDays(open, 1)) ?? whole;
      }
    }
    return { end, whole };
  };
  /** Open until the end of the working day after `date`; while a request is pending that moves only its date. */
  const keepOpenAfter = (date: BusinessDate) => {
    if (pendingDays === null) grants.push({ floorAfter: date });
    else heldAfter = date;
  };
  const held = ({ end, whole }: Base): End => {
    if (pendingDays === null || end === undefined || whole === undefined) return end;
    const passed = unit === 'calendarDays' && whole > 0 ? daysBetween(after, end) : whole;
    const requested = position(Math.max(total !== undefined && total < 0 ? 1 : 0, passed + pendingDays));
    if (heldAfter === null || requested === undefined) return requested;
    const open = calendar.workingDayAfter(heldAfter, 1);
    return open === undefined ? undefined : later(requested, open);
  };

  for (const [index, entry] of ledger.entries()) {
    const on = businessDateOf(entry.at);
    switch (entry.kind) {
      case 'started':
        after = on;
        stretches.push({ after, before: null, discarded: false });
        break;
      case 'returned': {
        if (openReturns.size === 0) {
          // The day of the return is given back: days counted are those before it.
          const stood: Base = base();
          const consumed = countedUpTo(calendar, unit, after, on);
          // Past the old deadline, held off by a request: the way already gone counts from that date.
          const moved = unit === 'calendarDays' && stood.end !== undefined && on > stood.end;
          const whole = moved && stood.end !== undefined ? daysBetween(after, stood.end) : stood.whole;
          total = consumed === undefined || whole === undefined ? undefined : whole - consumed;
          grants = [];
          heldAfter = null;
          const stretch = stretches.at(-1);
          if (stretch) stretch.before = on;
        }
        openReturns.add(entry.id);
        returns.add(entry.id);
        if (effectOf(rules, entry.correctionKind) === 'restart') restart = true;
        break;
      }
      case 'resubmitted':
        openReturns.delete(entry.id);
        if (openReturns.size > 0) break;
        after = on; // the day of resubmission is not counted
        if (restart) {
          total = rules.budget; // of several corrections out at once, restart wins; a plain budget, without extensions
          stretches = stretches.map((stretch) => ({ ...stretch, discarded: true }));
        } else if (total !== undefined && total < 1 && pendingDays === null) total = 1;
        restart = false;
        stretches.push({ after, before: null, discarded: false });
        break;
      case 'extensionRequested':
        pendingDays = entry.days;
        heldAfter = null;
        extensionRequests += 1;
        extension = 'pending';
        break;
      case 'extensionGranted':
        grants.push({ days: entry.days });
        pendingDays = null;
        extension = 'granted';
        break;
      case 'extensionRefused':
        pendingDays = null;
        extension = 'refused';
        break;
      case 'heldForIntake':
        keepOpenAfter(entry.lastDay);
        break;
      case 'overdue':
        frozen = entry.lastDay;
        if (pendingDays !== null) extension = 'lapsed';
        pendingDays = null;
        break;
      case 'calendarChanged':
      case 'heldForActs':
      case 'succeeded':
        break;
    }
    if (floors.has(index) && frozen === null) keepOpenAfter(on);
  }

  const suspended = openReturns.size > 0;
  const without = suspended ? undefined : base();
  const end = frozen ?? (without && held(without));
  const provisional = !suspended && end === undefined;
  return {
    suspended,
    provisional,
    lastDay: end ?? null,
    deadline: end === undefined ? null : endOfDay(end),
    lastDayWithoutRequest: frozen ?? without?.end ?? null,
    notBefore: provisional ? calendar.firstUnknownDay(after) : null,
    extension,
    extensionRequests,
    pendingDays,
    openReturns: [...openReturns],
    returns: [...returns],
    overdue: frozen !== null,
    stretches,
  };
};

const mayLookBack = new Set<LedgerEntry['kind']>(['calendarChanged', 'extensionGranted', 'extensionRefused']);

/**
 * Computes the clock of a ledger, whose first entry is `started`. Where a calendar change, a refused request or a
 * short grant would put the deadline into the past, the turn stays open until the end of the next working day:
 * never retroactive. Pure; throws `RangeError` for a ledger without a start.
 */
export const computeClock = (
  rules: ClockRules,
  ledger: LedgerEntry[],
  calendars: CalendarByVersion,
): ClockReading => {
  const [first] = ledger;
  if (first?.kind !== 'started') throw new RangeError('a ledger begins with its start');
  const floors = new Set<number>();
  let version = first.calendarVersion;
  for (const [index, entry] of ledger.entries()) {
    if (entry.kind === 'calendarChanged') version = entry.calendarVersion;
    if (!mayLookBack.has(entry.kind)) continue;
    const reading = read(rules, ledger.slice(0, index + 1), calendars(version), floors);
    if (reading.deadline !== null && reading.deadline <= entry.at) floors.add(index);
  }
  return read(rules, ledger, calendars(version), floors);
};
