import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';

const only = <const V extends string>(reading: V) => ({ value: z.literal(reading) });

/**
 * How a clock counts where no text says so. One reading is built and kept everywhere; it stands in the packs so that
 * every explanation of a deadline can name it. Another reading is refused when the pack loads, never ignored.
 */
export const clock = topic({
  dayOne: only('workingDayAfter'),
  dayOfReturn: only('givenBack'),
  dayOfResubmission: only('notCounted'),
  grantCountsFrom: only('oldDeadline'),
  extensionLimitCounts: only('requests'),
  extensionLengthLimit: only('each'),
  actWhileReturned: only('refused'),
  restartAfterExtension: only('plainBudget'),
  mixedCorrections: only('restartWins'),
  deadlinePutIntoPast: only('endOfNextWorkingDay'),
  yearPublishedLate: only('endOfNextWorkingDay'),
  actAtMidnight: only('tooLate'),
  grantOfFewerDays: only('allowed'),
  grantOfMoreDays: only('refused'),
  extensionRefusedLate: only('endOfNextWorkingDay'),
  calendarDaysEndOnRestDay: only('nextWorkingDay'),
  deadlineInPublishedYear: only('firm'),
  returnWhileOverdue: only('refused'),
  decidedFile: only('notReopened'),
  overdueAfterCalendarChange: only('staysOverdue'),
  returnWhileRequestPending: only('allowed'),
});

/** Values of the topic `clock`, as a resolved pack carries them. */
export type ClockReadings = ValuesOf<typeof clock>;
