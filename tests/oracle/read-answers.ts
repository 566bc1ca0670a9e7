import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * The committed answers of calendar_oracle.py (PyPI `chinesecalendar`). `offsets[i]?.[n - 1]` is how many
 * days after the i-th date from `from` its n-th working day lies; null when that is later than `to`.
 */
export type CalendarAnswers = { from: string; to: string; limit: number; offsets: (number | null)[][] };

/** One question to the oracle: the n-th working day after `date`, or null when it lies beyond the last year. */
export type CalendarAnswer = { date: string; n: number; answer: string | null };

const day = 86_400_000;
const isoDate = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

export const readCalendarAnswers = (): CalendarAnswers =>
  JSON.parse(
    gunzipSync(readFileSync(join(import.meta.dirname, 'calendar-answers.json.gz'))).toString(),
  ) as CalendarAnswers;

/** All 7,305 dates × 60 counts, in order; dates as `YYYY-MM-DD`. */
export const eachCalendarAnswer = function* (answers: CalendarAnswers): Generator<CalendarAnswer> {
  const first = Date.parse(answers.from);
  for (const [index, offsets] of answers.offsets.entries()) {
    const start = first + index * day;
    for (const [at, offset] of offsets.entries()) {
      yield {
        date: isoDate(start),
        n: at + 1,
        answer: offset === null ? null : isoDate(start + offset * day),
      };
    }
  }
};
