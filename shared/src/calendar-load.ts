/** The shapes in which years and changed days are loaded: over REST, from a file, as steps of a play. */
import { z } from 'zod';
import { isBusinessDate, isWeekend, yearOf } from './business-date.ts';
import type { CalendarData, CalendarYear } from './calendar.ts';

const BusinessDay = z.string().refine(isBusinessDate, {
  params: { code: 'date' },
  error: '须为 YYYY-MM-DD 的实际日期 · a real date as YYYY-MM-DD',
});
const Name = z.string().trim().min(1).max(60);

const dateOf = (day: string | { date: string }): string => (typeof day === 'string' ? day : day.date);

type Issues = {
  addIssue: (issue: {
    code: 'custom';
    path: (string | number)[];
    message: string;
    params: { code: string };
  }) => void;
};

const refuseRepeated = (
  context: Issues,
  key: string | undefined,
  dates: readonly string[],
  taken: Set<string> = new Set(),
): Set<string> => {
  for (const [index, date] of dates.entries()) {
    if (taken.has(date))
      context.addIssue({
        code: 'custom',
        path: key === undefined ? [index] : [key, index],
        params: { code: 'repeated' },
        message: '同一天出现两次 · a day stands twice',
      });
    taken.add(date);
  }
  return taken;
};

/** A notice may move days of the December before its year; every other day is its year's. */
const belongs = (date: string, year: number): boolean =>
  yearOf(date) === year || (yearOf(date) === year - 1 && date.slice(5, 7) === '12');

const shapes = {
  changes: z
    .array(z.strictObject({ date: BusinessDay, to: z.enum(['workday', 'holiday']), reason: Name.optional() }))
    .min(1)
    .max(366),
  year: z.int().min(1950).max(2999),
  notice: z.string().trim().min(1).max(120),
  holidays: z
    .array(z.union([BusinessDay, z.strictObject({ date: BusinessDay, name: Name.optional() })]))
    .max(120),
  workingWeekends: z.array(BusinessDay).max(40),
};

/** A year as its notice arranges it; a year that is loaded already is published anew. */
const PublishedYear = z
  .strictObject({
    year: shapes.year,
    notice: shapes.notice,
    holidays: shapes.holidays,
    workingWeekends: shapes.workingWeekends,
  })
  .superRefine(({ year, holidays, workingWeekends }, context) => {
    const lists = { holidays: holidays.map(dateOf), workingWeekends };
    for (const [key, dates] of Object.entries(lists))
      for (const [index, date] of dates.entries())
        if (!belongs(date, year))
          context.addIssue({
            code: 'custom',
            path: [key, index],
            params: { code: 'notOfTheYear' },
            message: '不属于该年的安排 · no day of that year’s notice',
          });
    for (const [index, date] of workingWeekends.entries())
      if (!isWeekend(date))
        context.addIssue({
          code: 'custom',
          path: ['workingWeekends', index],
          params: { code: 'noWeekend' },
          message: '不是周末 · no weekend day',
        });
    refuseRepeated(
      context,
      'workingWeekends',
      workingWeekends,
      refuseRepeated(context, 'holidays', lists.holidays),
    );
  });

const exactlyOne = {
  params: { code: 'oneOf' },
  error: 'changes 与 publishYear 须且只须有一项 · either changes or publishYear',
};

/**
 * What is loaded: single days that are worked or free otherwise than the notice says, or a year. `jurisdiction`: whose
 * calendar; `national` is everyone's. Left out, it is the caller's own.
 */
export const CalendarLoadBody = z
  .strictObject({
    jurisdiction: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,62}$/)
      .optional(),
    changes: shapes.changes
      .superRefine((changes, context) => {
        refuseRepeated(context, undefined, changes.map(dateOf));
      })
      .optional(),
    publishYear: PublishedYear.optional(),
  })
  .refine(({ changes, publishYear }) => (changes === undefined) !== (publishYear === undefined), exactlyOne);
export type CalendarLoadBody = z.output<typeof CalendarLoadBody>;

/** What is added to a calendar. */
export const loadedData = ({ changes = [], publishYear }: CalendarLoadBody): CalendarData => ({
  years: publishYear ? [yearOfNotice(publishYear)] : [],
  changes: changes.map(({ date, to, reason }) =>
    reason === undefined ? { date, to } : { date, to, reason },
  ),
});

const yearOfNotice = ({
  year,
  notice,
  holidays,
  workingWeekends,
}: z.output<typeof PublishedYear>): CalendarYear => ({
  year,
  notice: { number: notice },
  holidays: holidays.map((day) => {
    const name = typeof day === 'string' ? undefined : day.name;
    return name === undefined ? { date: dateOf(day) } : { date: dateOf(day), name };
  }),
  workingWeekends,
});
