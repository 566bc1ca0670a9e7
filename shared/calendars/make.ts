/**
 * Makes shared/calendars/<year>.json: `node shared/calendars/make.ts`.
 *
 * The days come from the npm package `chinese-days`; only its data files are read. Its functions compare
 * local dates under the process's time zone and take an unknown year for an ordinary one, so none is called.
 * Every day is held against our own transcription of the State Council's notices (source/notices.json):
 * one day that differs, and nothing is written.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export type Amendment = { number: string | null; issuedOn: string | null; note: string };
export type CalendarFile = {
  year: number;
  notice: { number: string | null; issuedOn: string | null; title: string };
  amendments: Amendment[];
  holidays: { date: string; name: string }[];
  workingWeekends: string[];
};
type Notice = {
  year: number;
  number: string | null;
  issuedOn: string | null;
  amends?: true;
  title?: string;
  note?: string;
  rest: Record<string, string>;
  work: string[];
};
type Arrangement = { rest: Map<string, string>; work: Set<string> };

export const years = Array.from({ length: 20 }, (_, index) => 2007 + index);
const folder = import.meta.dirname;
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const works = (date: string, { rest, work }: Arrangement): boolean =>
  work.has(date) || (!isWeekend(date) && !rest.has(date));
const daysOf = function* (first: string, last: string): Generator<string> {
  for (let date = first; date <= last; date = dayAfter(date)) yield date;
};

/** The notices as transcribed, in the order of issue: a later one overrides an earlier one on the same day. */
const transcribed = (): Notice[] => readJson(join(folder, 'source', 'notices.json')) as Notice[];

const arrangementOf = (notices: Notice[]): Arrangement => {
  const arrangement: Arrangement = { rest: new Map(), work: new Set() };
  for (const notice of notices) {
    for (const [name, span] of Object.entries(notice.rest)) {
      const [first = '', last = first] = span.split('/');
      for (const date of daysOf(first, last)) {
        arrangement.rest.set(date, name);
        arrangement.work.delete(date);
      }
    }
    for (const date of notice.work) {
      arrangement.work.add(date);
      arrangement.rest.delete(date);
    }
  }
  return arrangement;
};

const names: Record<string, string> = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节' };

/** A year as `chinese-days` has it; its labels read `Spring Festival,春节,3`. */
const publishedBy = (year: number): Arrangement => {
  const file = createRequire(import.meta.url).resolve(`chinese-days/dist/years/${year}.json`);
  const data = readJson(file) as { holidays: Record<string, string>; workdays: Record<string, string> };
  const rest = Object.entries(data.holidays).map(([date, label]): [string, string] => {
    const name = label.split(',')[1] ?? label;
    return [date, names[name] ?? name];
  });
  return { rest: new Map(rest), work: new Set(Object.keys(data.workdays)) };
};

const titleOf = (notice: Notice): string =>
  notice.title ?? `国务院办公厅关于${notice.year}年部分节假日安排的通知`;

/** What changed the year after its own notice: an amendment, or next year's notice reaching back into December. */
const amendmentsOf = (year: number, notices: Notice[]): Amendment[] =>
  notices.flatMap((notice) => {
    if (notice.year === year && notice.amends) {
      return [{ number: notice.number, issuedOn: notice.issuedOn, note: notice.note ?? titleOf(notice) }];
    }
    if (notice.year !== year + 1) return [];
    const { rest, work } = arrangementOf([notice]);
    const inYear = (dates: Iterable<string>) => [...dates].filter((date) => date.startsWith(`${year}-`));
    const parts = [
      ...inYear(rest.keys()).map((date) => `${date}放假`),
      ...inYear(work).map((date) => `${date}上班`),
    ];
    if (parts.length === 0) return [];
    return [
      {
        number: notice.number,
        issuedOn: notice.issuedOn,
        note: `《${titleOf(notice)}》：${parts.join('，')}`,
      },
    ];
  });

/**
 * One year's file. Throws when the package and the notices disagree on any day of it: then a person has to
 * read the notice.
 */
export const makeYear = (year: number): CalendarFile => {
  const notices = transcribed();
  const notice = notices.find((one) => one.year === year && !one.amends);
  if (!notice) throw new Error(`source/notices.json has no notice for ${year}`);
  const [data, told] = [publishedBy(year), arrangementOf(notices)];
  const days = [...daysOf(`${year}-01-01`, `${year}-12-31`)];
  const differing = days.filter((date) => works(date, data) !== works(date, told));
  if (differing.length > 0) throw new Error(`package and notices disagree on ${differing.join(', ')}`);
  return {
    year,
    notice: { number: notice.number, issuedOn: notice.issuedOn, title: titleOf(notice) },
    amendments: amendmentsOf(year, notices),
    holidays: days.flatMap((date) => {
      const name = told.rest.get(date) ?? data.rest.get(date);
      return name === undefined ? [] : [{ date, name }];
    }),
    workingWeekends: days.filter((date) => isWeekend(date) && works(date, told)),
  };
};

/** The file's text: one day a line, so that a change of one day is one line of a diff. */
export const calendarText = (file: CalendarFile): string => {
  const list = (items: unknown[]) =>
    items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  return `{
  "year": ${file.year},
  "notice": ${JSON.stringify(file.notice)},
  "amendments": ${list(file.amendments)},
  "holidays": ${list(file.holidays)},
  "workingWeekends": ${list(file.workingWeekends)}
}
`;
};

if (process.argv[1] === import.meta.filename) {
  const files = years.map(makeYear);
  for (const file of files) writeFileSync(join(folder, `${file.year}.json`), calendarText(file));
  process.stdout.write(`${files.length} years written, each day as the notices say\n`);
}
