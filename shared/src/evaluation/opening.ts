/** The yearly opening of an evaluation: when it falls due, and what its Schedule starts. Pure. */
import { type BusinessDate, addDays, startOfDay, yearOf } from '../business-date.ts';
import { correspondingDay } from '../mandate/term.ts';

/** One agreement's evaluation of one year. */
export type Opening = { agreement: string; jurisdiction: string; year: number };

export type EvaluationOpeningActivities = {
  /** Takes the opening in, exactly once; says what became of it: `opened`, `held`, or why not. */
  openEvaluation(opening: Opening): Promise<{ opened: string }>;
};

export type DueYear = {
  year: number;
  /** What is evaluated: first and last day. */
  from: BusinessDate;
  until: BusinessDate;
  /** Nine in the morning of the corresponding day, in milliseconds since the epoch. */
  opensAt: number;
};

/**
 * The evaluations of an agreement's term, after every `months` from its first day; the last may open on its last day.
 * A year is named for the day its period begins; each year has one, however short the pack's period. Only those that
 * open after `after` (milliseconds since the epoch): what lay before was another's to evaluate.
 */
export const dueYears = (
  { from, until }: { from: BusinessDate; until: BusinessDate },
  months: number,
  after: number,
): DueYear[] => {
  const due = new Map<number, DueYear>();
  for (let n = 1; n <= 600; n += 1) {
    const first = correspondingDay(from, months * (n - 1));
    const day = correspondingDay(from, months * n);
    if (day > until) break;
    const opensAt = startOfDay(day) + 9 * 3_600_000;
    const year = yearOf(first);
    if (opensAt > after && !due.has(year))
      due.set(year, { year, from: first, until: addDays(day, -1), opensAt });
  }
  return [...due.values()];
};
