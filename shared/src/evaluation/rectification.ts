/** The limit of a rectification (限期整改): a clock by the pack, or the day that the order names. */
import { type BusinessDate, endOfDay } from '../business-date.ts';
import type { Calendar } from '../calendar.ts';
import { type ClockRules, type LedgerEntry, computeClock } from '../clock/ledger.ts';
import type { EvaluationRules } from '../packs/topics/evaluation.ts';

export type Rectification = {
  limit: EvaluationRules['rectification'];
  /** Started on the day of the order; `calendarVersion` is a place in `calendars`. */
  ledger: readonly LedgerEntry[];
  calendars: readonly Calendar[];
  /** The last day, where the order names it. */
  dueOn: BusinessDate | null;
};

/** `deadline`: 24:00 Asia/Shanghai of the last day in milliseconds since the epoch; both null while provisional. */
export type Due = { lastDay: BusinessDate | null; deadline: number | null; provisional: boolean };

/** Begins with an order at `at`, milliseconds since the epoch. */
export const orderRectification = (
  limit: EvaluationRules['rectification'],
  at: number,
  { calendar, dueOn }: { calendar: Calendar; dueOn: BusinessDate | null },
): Rectification => ({
  limit,
  ledger: [{ kind: 'started', at, calendarVersion: '0' }],
  calendars: [calendar],
  dueOn,
});

/** Nobody extends it and nothing is sent back: a limit missed is overdue, and a report after it is refused. */
const clockRules = (days: number, unit: ClockRules['unit']): ClockRules => ({
  ...{ budget: days, unit, correction: 'resume', onSilence: 'overdue' },
  extension: { max: 0, limitDays: 0 },
});

/**
 * Where it ends: the day after the order is day one; calendar days that end on a rest day run to the next working day;
 * a count into a year without a notice is provisional; one whose provisional date has passed when the notice comes
 * stays open until the end of the next working day.
 */
export const dueOf = ({ limit, ledger, calendars, dueOn }: Rectification): Due => {
  if (limit.limit === 'set')
    return { lastDay: dueOn, deadline: dueOn === null ? null : endOfDay(dueOn), provisional: false };
  const of = (version: string): Calendar => {
    const calendar = calendars[Number(version)];
    if (!calendar) throw new RangeError(`no calendar ${version} in this rectification`);
    return calendar;
  };
  const { lastDay, deadline, provisional } = computeClock(
    clockRules(limit.days, limit.unit),
    [...ledger],
    of,
  );
  return { lastDay, deadline, provisional };
};

/** The same under a calendar loaded at `at`; what is overdue stays so. */
export const underCalendar = (one: Rectification, calendar: Calendar, at: number): Rectification => ({
  ...one,
  calendars: [...one.calendars, calendar],
  ledger: [...one.ledger, { kind: 'calendarChanged', at, calendarVersion: String(one.calendars.length) }],
});

/** The same with its last day passed: no later calendar moves it. */
export const madeOverdue = (one: Rectification, at: number, lastDay: BusinessDate): Rectification => ({
  ...one,
  ledger: [...one.ledger, { kind: 'overdue', at, lastDay }],
});
