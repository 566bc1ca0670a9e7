/** A clock day by day: which days counted, which did not, and why. For the preview, a running case and the certificate. */
import { type BusinessDate, addDays, businessDateOf } from '../business-date.ts';
import type { Calendar, DayReason } from '../calendar.ts';
import type { ClockReading, ClockRules, LedgerEntry } from './ledger.ts';

/**
 * `calendarDay`: counted, whatever day it is; `nextWorkingDay`: a period of calendar days that ends on a rest day runs
 * to it (Civil Code art. 203); `keptOpen`: a working day beyond the count, on which the turn was still open (a hold for
 * the intake, a deadline that would have lain in the past); `returnDay`: given back; `discarded`: counted once, and the
 * clock began anew.
 */
export type ExplainedReason =
  | DayReason
  | 'calendarDay'
  | 'nextWorkingDay'
  | 'keptOpen'
  | 'returnDay'
  | 'paused'
  | 'resubmissionDay'
  | 'discarded';

/** `name`: the holiday's, or why the day was changed. */
export type ExplainedDay = { date: BusinessDate; counted: boolean; reason: ExplainedReason; name?: string };

/** What of the rules and of the reading the days follow from. */
type Counted = Pick<ClockRules, 'budget' | 'unit'>;
type Read = Pick<ClockReading, 'stretches' | 'lastDay' | 'pendingDays'>;

/** Days that may count in all: the budget, and what was granted or is asked for since the clock last began. */
const allowance = ({ budget }: Counted, ledger: readonly LedgerEntry[], reading: Read): number => {
  const { stretches } = reading;
  const begun = stretches.find(({ discarded }) => !discarded)?.after ?? '';
  const anew = stretches.some(({ discarded }) => discarded);
  const granted = ledger.flatMap((entry) =>
    entry.kind === 'extensionGranted' && (!anew || businessDateOf(entry.at) > begun) ? [entry.days] : [],
  );
  return [...granted, reading.pendingDays ?? 0].reduce((sum, days) => sum + days, budget);
};

type Stretch = ClockReading['stretches'][number];

class Explanation {
  readonly days: ExplainedDay[] = [];
  readonly #calendar: Calendar;
  readonly #byCalendarDays: boolean;
  #left: number;

  constructor(calendar: Calendar, { unit }: Counted, left: number) {
    this.#calendar = calendar;
    this.#byCalendarDays = unit === 'calendarDays';
    this.#left = left;
  }

  /** A day of a stretch. */
  #count(date: BusinessDate, { discarded }: Stretch): ExplainedDay {
    const { working, ...why } = this.#calendar.day(date) ?? {
      working: false,
      reason: 'yearNotPublished' as const,
    };
    const counts = working || (this.#byCalendarDays && why.reason !== 'yearNotPublished');
    if (!counts) return { date, counted: false, ...why };
    if (discarded) return { date, counted: false, reason: 'discarded' };
    if (this.#left > 0) {
      this.#left -= 1;
      return this.#byCalendarDays
        ? { date, counted: true, reason: 'calendarDay' }
        : { date, counted: true, ...why };
    }
    if (!working) return { date, counted: false, ...why };
    const onlyRestSince = ['calendarDay', 'weekend', 'holiday', 'changed'].includes(
      this.days.at(-1)?.reason ?? '',
    );
    const runsOn = this.#byCalendarDays && onlyRestSince;
    return { date, counted: false, reason: runsOn ? 'nextWorkingDay' : 'keptOpen' };
  }

  /** The days after `stretch.after`, before `end`. */
  stretch(stretch: Stretch, end: BusinessDate): void {
    for (let date = addDays(stretch.after, 1); date < end; date = addDays(date, 1))
      this.days.push(this.#count(date, stretch));
  }

  /** From the return to the resubmission; without one, the day of return alone: nobody knows yet when it will come. */
  pause(from: BusinessDate, to: BusinessDate | undefined, started: BusinessDate): void {
    for (let date = from; date <= (to ?? from); date = addDays(date, 1)) {
      if (date <= started) continue; // the day of acceptance is none of the clock's
      const reason = date === from ? 'returnDay' : date === to ? 'resubmissionDay' : 'paused';
      this.days.push({ date, counted: false, reason });
    }
  }
}

/**
 * Every day from the one after acceptance to the last day, counted or skipped and why; `reading` is what `computeClock`
 * made of the ledger, `calendar` the one it stands under. A provisional clock is told as far as the calendar is known,
 * a suspended one to the day of its return. Pure.
 */
export const explainClock = (
  rules: Counted,
  ledger: readonly LedgerEntry[],
  reading: Read,
  calendar: Calendar,
): ExplainedDay[] => {
  const { stretches, lastDay } = reading;
  const started = stretches[0]?.after;
  if (started === undefined) return [];
  const explained = new Explanation(calendar, rules, allowance(rules, ledger, reading));
  for (const [index, stretch] of stretches.entries()) {
    const next = stretches[index + 1]?.after;
    if (stretch.before === null) {
      const end = lastDay === null ? calendar.firstUnknownDay(stretch.after) : addDays(lastDay, 1);
      explained.stretch(stretch, end);
    } else {
      explained.stretch(stretch, stretch.before);
      explained.pause(stretch.before, next, started);
    }
  }
  return explained.days;
};
