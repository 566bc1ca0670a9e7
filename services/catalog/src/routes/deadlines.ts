import { newestCalendar } from '@gongshu/infra/calendars';
import { problems } from '@gongshu/infra/http/problems';
import { businessDateOf, isBusinessDate, toInstantText } from '@gongshu/shared/business-date';
import { previewDeadline } from '@gongshu/shared/clock/preview';
import { articleOf, type ResolvedRule } from '@gongshu/shared/packs/pack';
import type { LoadedPack, PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';

export const Jurisdiction = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/);
/** What is no instant at all is refused by its format. */
const isReckoned = (at: number): boolean => Number.isNaN(at) || isBusinessDate(businessDateOf(at));

/** RFC 3339 with an offset, in a year that calendars can name. */
export const Instant = z.iso.datetime({ offset: true }).refine((text) => isReckoned(Date.parse(text)), {
  params: { code: 'instantOutOfRange' },
  error: '年份须在 1900 至 2999 之间 · a year between 1900 and 2999',
  abort: true,
});

/** Steps of an application and the rule that gives each its limit. */
const limitOf = {
  'dataUseApplication.acceptance': 'acceptanceLimit',
  'dataUseApplication.check': 'checkLimit',
  'dataUseApplication.review': 'reviewLimit',
} as const;
const steps = [
  'dataUseApplication.acceptance',
  'dataUseApplication.check',
  'dataUseApplication.review',
] as const;

const Question = z
  .strictObject({
    jurisdiction: Jurisdiction,
    from: Instant.describe('Acceptance; the day after is day one'),
    workingDays: z.int().min(1).max(3660).optional(),
    step: z.enum(steps).optional(),
  })
  .refine(({ workingDays, step }) => (workingDays === undefined) !== (step === undefined), {
    params: { code: 'oneOf' },
    error: 'workingDays 与 step 须且只须有一项 · either workingDays or step',
  });

/** What a deadline rests on: a clause, or our reading where the text is silent. */
const Article = z.union([
  z.object({ instrument: z.string(), article: z.string() }),
  z.object({ reading: z.string() }),
]);
export const ExplainedDay = z
  .object({
    date: z.iso.date(),
    counted: z.boolean(),
    reason: z.enum([
      'workday',
      'workingWeekend',
      'weekend',
      'holiday',
      'changed',
      'yearNotPublished',
      'calendarDay',
      'nextWorkingDay',
      'keptOpen',
      'returnDay',
      'paused',
      'resubmissionDay',
      'discarded',
    ]),
    name: z.string().optional().describe('The holiday, or why the day was changed'),
  })
  .meta({ id: 'ExplainedDay' });
const Preview = z
  .object({
    lastDay: z.iso.date().nullable(),
    deadline: z.string().nullable().describe('24:00 of the last day, Asia/Shanghai'),
    provisional: z
      .boolean()
      .describe('The count reaches a year whose notice is not loaded: no date is given'),
    notBefore: z.iso.date().optional().describe('While provisional: the last day lies on this date or later'),
    days: z.array(ExplainedDay).describe('From the day after acceptance to the last; as far as known'),
    workingDays: z.int(),
    article: Article,
    calendarVersion: z.string(),
  })
  .meta({ id: 'DeadlinePreview' });

type Limit = { workingDays: number; rule: ResolvedRule };

const resolved = (packs: PackSet, jurisdiction: string): LoadedPack => {
  if (packs.jurisdictions.includes(jurisdiction)) return packs.resolve(jurisdiction);
  const message = { zh: '没有此地的政策包', en: 'No policy pack of that jurisdiction' };
  throw problem('invalidRequest', { errors: [{ pointer: '/body/jurisdiction', code: 'unknown', message }] });
};

/** Days and the rule they rest on; a plain count rests on the rule for counting. */
const limit = (pack: LoadedPack, { workingDays, step }: z.output<typeof Question>): Limit => {
  if (workingDays !== undefined) return { workingDays, rule: pack.rule('clock', 'dayOne') };
  if (step === undefined || !pack.rules['dataUseApplication']) {
    const message = { zh: '此地的政策包没有这一环节', en: 'The policy pack has no such step' };
    throw problem('invalidRequest', { errors: [{ pointer: '/body/step', code: 'notInPack', message }] });
  }
  const rule = pack.rule('dataUseApplication', limitOf[step]);
  return { workingDays: rule.value.workingDays, rule };
};

/** Deadlines before anything is filed: what the clock of a case would say, day by day. */
export const deadlineRoutes =
  ({ db, packs }: { db: Kysely<any>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/deadlines/preview',
      {
        config: { act: 'previewDeadline', changes: false },
        schema: {
          summary: 'The deadline of so many working days or of a step, with every day counted or skipped',
          body: Question,
          response: { 200: Preview, ...problems(400, 503) },
        },
      },
      async ({ body }) => {
        const { workingDays, rule } = limit(resolved(packs, body.jurisdiction), body);
        const { calendar, version } = await newestCalendar(db, body.jurisdiction);
        const { notBefore, deadline, ...preview } = previewDeadline(
          calendar,
          Date.parse(body.from),
          workingDays,
        );
        return {
          ...preview,
          deadline: deadline === null ? null : toInstantText(deadline),
          ...(notBefore !== null && { notBefore }),
          workingDays,
          article: articleOf(rule),
          calendarVersion: version,
        };
      },
    );
  };
