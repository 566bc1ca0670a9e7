/** What wakes a turn next: a reminder, the deadline, or the end of a correction that is not answered. */
import { morning, workingDayBefore } from '@gongshu/shared/clock/reminder-days';
import type { Recorded, Turn, Wake } from '@gongshu/shared/application/types';
import { businessDateOf, endOfDay } from '@gongshu/shared/business-date';
import type { Calendar } from '@gongshu/shared/calendar';
import type { ClockReading } from '@gongshu/shared/clock/ledger';
import { type TurnState, isOpen } from '@gongshu/shared/clock/turn';

type Due = Omit<Wake, 'inMillis'>;

/** The last day on which an open correction may be answered; `null` while the year is not published. */
export const lapseDay = (
  turn: Turn,
  ledger: Recorded[],
  clock: ClockReading,
  calendar: Calendar,
): string | null => {
  const open = ledger.find((entry) => entry.kind === 'returned' && clock.openReturns.includes(entry.id));
  if (!open) return null;
  return calendar.workingDayAfter(businessDateOf(open.at), turn.correctionLapse.workingDays) ?? null;
};

const lapses = (
  turn: Turn,
  ledger: Recorded[],
  clock: ClockReading,
  calendar: Calendar,
  done: string[],
): Due[] => {
  const last = lapseDay(turn, ledger, clock, calendar);
  if (last === null) return [];
  const warned = workingDayBefore(calendar, last, 5);
  const warning: Due[] =
    warned === undefined || done.includes(`lapse/${last}`)
      ? []
      : [{ kind: 'lapseWarning', at: morning(warned), key: `lapse/${last}` }];
  return [...warning, { kind: 'lapse', at: endOfDay(last), key: `lapsed/${last}` }];
};

/** All that is still to come, earliest first; reminders whose time lay before the turn began, or that come after its deadline, are left out. */
export const duesOf = (
  turn: Turn,
  ledger: Recorded[],
  state: TurnState,
  clock: ClockReading,
  calendar: Calendar,
  done: string[],
  now: number,
): Due[] => {
  if (!isOpen(state) || clock.overdue) return [];
  if (clock.suspended) return lapses(turn, ledger, clock, calendar, done).sort((a, b) => a.at - b.at);
  const { lastDay, deadline } = clock;
  if (lastDay === null || deadline === null) return [];
  // Behind the deadline no day is left to remind of: a check deemed to have begun long ago, a worker that was away.
  const ahead = now < deadline ? turn.reminders : [];
  const reminders = ahead.flatMap((days): Due[] => {
    const key = `${lastDay}/${days}`;
    const on = workingDayBefore(calendar, lastDay, days);
    if (on === undefined || done.includes(key) || morning(on) <= turn.startedAt) return [];
    return [{ kind: 'reminder', at: morning(on), key }];
  });
  return [...reminders, { kind: 'deadline' as const, at: deadline, key: `deadline/${lastDay}` }].sort(
    (a, b) => a.at - b.at,
  );
};
