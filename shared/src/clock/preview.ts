/** The deadline of a clock that begins now and that nobody interrupts. */
import { type BusinessDate, businessDateOf } from '../business-date.ts';
import type { Calendar } from '../calendar.ts';
import { type ExplainedDay, explainClock } from './explain.ts';
import { type ClockReading, type ClockRules, computeClock } from './ledger.ts';

/** `deadline` in milliseconds since the epoch; while provisional both are null and the last day is not before `notBefore`. */
export type DeadlinePreview = {
  lastDay: BusinessDate | null;
  deadline: number | null;
  provisional: boolean;
  notBefore: BusinessDate | null;
  days: ExplainedDay[];
};

/** Nobody speaks and nothing is sent back: only the count matters. */
const uninterrupted = {
  correction: 'resume',
  extension: { max: 0, limitDays: 0 },
  onSilence: 'overdue',
} as const;

const started = (at: number) => [{ kind: 'started' as const, at, calendarVersion: '' }];
const counting = (workingDays: number): ClockRules => ({
  budget: workingDays,
  unit: 'workingDays',
  ...uninterrupted,
});

/** The clock alone, without its days. */
export const previewClock = (calendar: Calendar, at: number, workingDays: number): ClockReading =>
  computeClock(counting(workingDays), started(at), () => calendar);

/**
 * Where so many working days end that begin with acceptance at `at` (milliseconds since the epoch): 24:00 Asia/Shanghai
 * of the last day. Never a guess: a count that reaches a year without a notice is provisional.
 */
export const previewDeadline = (calendar: Calendar, at: number, workingDays: number): DeadlinePreview => {
  const reading = previewClock(calendar, at, workingDays);
  const { lastDay, deadline, provisional } = reading;
  return {
    lastDay,
    deadline,
    provisional,
    notBefore: provisional ? calendar.firstUnknownDay(businessDateOf(at)) : null,
    days: explainClock(counting(workingDays), started(at), reading, calendar),
  };
};
