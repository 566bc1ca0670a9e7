/**
 * The statutory calendar: which days count as working days (State Council's yearly notice).
 * A year without a notice is unknown, never ordinary: every question that needs it is answered `undefined`.
 */
import { type BusinessDate, addDays, fromEpochDay, isWeekend, toEpochDay, yearOf } from './business-date.ts';

/** One year as its notice arranges it. */
export type CalendarYear = {
  year: number;
  notice: { number: string | null; issuedOn?: string | null; title?: string | null };
  holidays: { date: BusinessDate; name?: string }[];
  workingWeekends: BusinessDate[];
};

/** A later correction or local closure of one day. */
export type CalendarChange = { date: BusinessDate; to: 'workday' | 'holiday'; reason?: string };

/** A whole calendar; plain JSON, so that it can be stored and hashed. */
export type CalendarData = { years: CalendarYear[]; changes: CalendarChange[] };

/** Why a day counts or does not. */
export type DayReason = 'workday' | 'workingWeekend' | 'weekend' | 'holiday' | 'changed' | 'yearNotPublished';
export type DayKind = { working: boolean; reason: DayReason; name?: string };

/** Index of the first element greater than `value` in an ascending list. */
const firstAfter = (sorted: number[], value: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) > value) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** The same calendar, indexed for questions. */
export class Calendar {
  readonly data: CalendarData;
  readonly #years = new Set<number>();
  #last: number | undefined;
  /** By date, of whichever notice: one for a coming year may move days of the December before. */
  readonly #named = new Map<BusinessDate, DayKind>();
  readonly #changes = new Map<BusinessDate, CalendarChange>();
  readonly #working = new Map<number, number[]>();

  constructor(data: CalendarData) {
    this.data = data;
    for (const year of data.years.toSorted((a, b) => a.year - b.year)) {
      this.#years.add(year.year);
      this.#last = year.year;
      for (const { date, name } of year.holidays)
        this.#named.set(
          date,
          name === undefined
            ? { working: false, reason: 'holiday' }
            : { working: false, reason: 'holiday', name },
        );
      for (const date of year.workingWeekends)
        this.#named.set(date, { working: true, reason: 'workingWeekend' });
    }
    for (const change of data.changes) this.#changes.set(change.date, change);
  }

  /** True when the State Council's notice for the year is loaded. */
  isPublished(year: number): boolean {
    return this.#years.has(year);
  }

  /** The last year that is loaded; `undefined` for an empty calendar. */
  lastPublishedYear(): number | undefined {
    return this.#last;
  }

  /** What a day is; `undefined` in a year not published. */
  day(date: BusinessDate): DayKind | undefined {
    if (!this.#years.has(yearOf(date))) return undefined;
    const change = this.#changes.get(date);
    if (change) {
      const kind: DayKind = { working: change.to === 'workday', reason: 'changed' };
      return change.reason === undefined ? kind : { ...kind, name: change.reason };
    }
    const named = this.#named.get(date);
    if (named) return named;
    return isWeekend(date) ? { working: false, reason: 'weekend' } : { working: true, reason: 'workday' };
  }

  /** Epoch days of a published year's working days, ascending; made once. */
  #workingDays(year: number): number[] | undefined {
    if (!this.#years.has(year)) return undefined;
    let days = this.#working.get(year);
    if (!days) {
      days = [];
      const first = toEpochDay(`${year}-01-01`);
      const last = toEpochDay(`${year}-12-31`);
      for (let day = first; day <= last; day += 1) if (this.day(fromEpochDay(day))?.working) days.push(day);
      this.#working.set(year, days);
    }
    return days;
  }

  /** The n-th working day after `date` (n ≥ 1); `undefined` when the count reaches a year not published. */
  workingDayAfter(date: BusinessDate, n: number): BusinessDate | undefined {
    const start = toEpochDay(date);
    for (let year = yearOf(addDays(date, 1)), left = n; ; year += 1) {
      const days = this.#workingDays(year);
      if (!days) return undefined;
      const from = firstAfter(days, start);
      const found = days[from + left - 1];
      if (found !== undefined) return fromEpochDay(found);
      left -= days.length - from;
    }
  }

  /** Working days strictly between two dates; `undefined` when a year between them is not published. */
  workingDaysBetween(after: BusinessDate, before: BusinessDate): number | undefined {
    const [start, end] = [toEpochDay(after), toEpochDay(before)];
    let count = 0;
    if (end - start < 2) return 0;
    for (let year = yearOf(addDays(after, 1)); year <= yearOf(addDays(before, -1)); year += 1) {
      const days = this.#workingDays(year);
      if (!days) return undefined;
      count += firstAfter(days, end - 1) - firstAfter(days, start);
    }
    return count;
  }

  /** The first date after `date` in a year whose notice is not loaded. */
  firstUnknownDay(date: BusinessDate): BusinessDate {
    const next = addDays(date, 1);
    let year = yearOf(next);
    if (!this.isPublished(year)) return next;
    while (this.isPublished(year)) year += 1;
    return `${year}-01-01`;
  }

  /** The date itself when it is a working day, else the next one (Civil Code art. 203). */
  workingDayFrom(date: BusinessDate): BusinessDate | undefined {
    const kind = this.day(date);
    if (!kind) return undefined;
    return kind.working ? date : this.workingDayAfter(date, 1);
  }
}

/** The calendar with single days changed; a later change of the same day replaces the earlier. */
export const withChanges = (data: CalendarData, changes: CalendarChange[]): CalendarData => {
  const dates = new Set(changes.map((change) => change.date));
  return { years: data.years, changes: [...data.changes.filter((old) => !dates.has(old.date)), ...changes] };
};

/** The calendar with a year published, or published anew; local closures stand. */
export const withYear = (data: CalendarData, year: CalendarYear): CalendarData => ({
  years: [...data.years.filter((old) => old.year !== year.year), year].sort((a, b) => a.year - b.year),
  changes: data.changes,
});
