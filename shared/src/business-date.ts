/**
 * Business dates of Asia/Shanghai as `YYYY-MM-DD` text, and their arithmetic on whole days.
 * China keeps UTC+8 the year round, so the process's own time zone never enters.
 */
const dayMillis = 86_400_000;
const shanghaiOffsetMillis = 8 * 3_600_000;

/** A date of Asia/Shanghai, `YYYY-MM-DD`. */
export type BusinessDate = string;

/** True for a real date written `YYYY-MM-DD` between the years 1900 and 2999. */
export const isBusinessDate = (text: string): boolean =>
  /^(19|2\d)\d\d-\d\d-\d\d$/.test(text) && fromEpochDay(toEpochDay(text)) === text;

/** Days since 1970-01-01 of a business date; a day past its month's end runs into the next. */
export const toEpochDay = (date: BusinessDate): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / dayMillis;

const two = (part: number): string => (part < 10 ? `0${part}` : String(part));

/** The UTC date of an instant, by its parts: half the time of ISO text, and clocks ask for millions. */
const utcDate = (instant: number): BusinessDate => {
  const date = new Date(instant);
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  return `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
};

/** The business date of a count of days since 1970-01-01. */
export const fromEpochDay = (day: number): BusinessDate => utcDate(day * dayMillis);

/** The date `days` calendar days after (before, when negative). */
export const addDays = (date: BusinessDate, days: number): BusinessDate =>
  fromEpochDay(toEpochDay(date) + days);

/** Calendar days from one date to another; negative when `to` lies before. */
export const daysBetween = (from: BusinessDate, to: BusinessDate): number =>
  toEpochDay(to) - toEpochDay(from);

/** The date in Asia/Shanghai of an instant (milliseconds since the epoch). */
export const businessDateOf = (instant: number): BusinessDate => utcDate(instant + shanghaiOffsetMillis);

/** 00:00 Asia/Shanghai of a date, in milliseconds since the epoch. */
export const startOfDay = (date: BusinessDate): number => toEpochDay(date) * dayMillis - shanghaiOffsetMillis;

/** 24:00 Asia/Shanghai of a date (Civil Code art. 203), in milliseconds since the epoch. */
export const endOfDay = (date: BusinessDate): number => startOfDay(date) + dayMillis;

/** RFC 3339 text of an instant with the offset +08:00, to the second, or to the millisecond where it has any. */
export const toInstantText = (instant: number): string => {
  const text = new Date(instant + shanghaiOffsetMillis).toISOString();
  return `${text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, 23)}+08:00`;
};

/** Year of a business date. */
export const yearOf = (date: BusinessDate): number => Number(date.slice(0, 4));

/** True for Saturday and Sunday. */
export const isWeekend = (date: BusinessDate): boolean => {
  const weekday = (((toEpochDay(date) + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
};
