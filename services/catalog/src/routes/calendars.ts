import { type MadeCalendar, loadCalendar, newestCalendar } from '@gongshu/infra/calendars';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { recordAll } from '@gongshu/infra/record';
import { addDays, yearOf } from '@gongshu/shared/business-date';
import type { Calendar } from '@gongshu/shared/calendar';
import { CalendarLoadBody, loadedData } from '@gongshu/shared/calendar-load';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { permit } from './resource-acting.ts';
import { Jurisdiction } from './deadlines.ts';

export type CalendarDeps = {
  db: Kysely<any>;
  packs: PackSet;
  /** Tells every running clock of these jurisdictions of the version in force; told twice, the second changes nothing. */
  calendarChanged: (jurisdictions: string[], version: string, at: Date) => Promise<void>;
};

/** The nation's calendar under the name that packs give it. */
const nation = 'national';

const Day = z.object({
  date: z.iso.date(),
  working: z.boolean(),
  reason: z.enum(['workday', 'workingWeekend', 'weekend', 'holiday', 'changed']),
  name: z.string().optional(),
});
const CalendarYear = z
  .object({
    year: z.int(),
    jurisdiction: z.string(),
    version: z.string(),
    notice: z.object({
      number: z.string().nullable(),
      issuedOn: z.string().nullable(),
      title: z.string().nullable(),
    }),
    workingDays: z.int(),
    days: z.array(Day),
  })
  .meta({ id: 'CalendarYear' });
const Loaded = z
  .object({
    version: z.string(),
    changed: z.boolean().describe('False when all of it stood there already'),
    jurisdictions: z.array(z.object({ jurisdiction: z.string(), version: z.string() })),
  })
  .meta({ id: 'LoadedCalendar' });

type Days = z.output<typeof Day>[];

const daysOf = (calendar: Calendar, year: number): Days => {
  const days: Days = [];
  for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) {
    const { reason, ...kind } = calendar.day(date) ?? { working: false, reason: 'yearNotPublished' as const };
    if (reason !== 'yearNotPublished') days.push({ date, reason, ...kind });
  }
  return days;
};

/** Which version is in force where, of all jurisdictions that a load reaches. */
const inForce = async (
  { db, packs }: CalendarDeps,
  loadedFor: string,
): Promise<{ jurisdiction: string; version: string }[]> => {
  const reached = loadedFor === nation ? packs.jurisdictions : [loadedFor];
  return Promise.all(
    reached.map(async (jurisdiction) => ({
      jurisdiction,
      version: (await newestCalendar(db, jurisdiction)).version,
    })),
  );
};

/** Every running clock hears of its own version; asked again after a crash, so that none is left behind. */
const tellClocks = async (
  { calendarChanged }: CalendarDeps,
  versions: { jurisdiction: string; version: string }[],
  at: Date,
): Promise<void> => {
  const byVersion = Map.groupBy(versions, ({ version }) => version);
  for (const [version, of] of byVersion)
    await calendarChanged(
      of.map(({ jurisdiction }) => jurisdiction),
      version,
      at,
    );
};

/**
 * A year is arranged by the State Council's notice alone, for the nation or put down for one city: whoever may load the
 * national calendar loads it. A bureau changes single days of its own city.
 */
const permitLoad = (request: FastifyRequest, jurisdiction: string, { publishYear }: CalendarLoadBody) => {
  const local = jurisdiction === nation ? undefined : permit(request, 'loadCalendar', { jurisdiction });
  if (local && !publishYear) return local;
  // Everyone may know the nation's calendar, so whoever may not load it hears 403, not 404.
  return permit(request, 'loadNationalCalendar', { jurisdiction, published: true });
};

/** Years follow one another, and a day changes only in a published year. Throws `calendarYearGap`, by the missing year. */
const refuseGap = (calendar: Calendar, { changes = [], publishYear }: CalendarLoadBody): void => {
  const missing = (year: number, pointer: string) => ({
    year,
    place: {
      pointer,
      code: 'calendarYearGap',
      message: { zh: `缺少 ${year} 年的放假通知`, en: `the notice for ${year} is missing` },
    },
  });
  const gaps = changes.flatMap(({ date }, index) =>
    calendar.isPublished(yearOf(date)) ? [] : [missing(yearOf(date), `/body/changes/${index}/date`)],
  );
  const year = publishYear?.year;
  const last = calendar.lastPublishedYear();
  if (year !== undefined && last !== undefined && !calendar.isPublished(year)) {
    if (year > last + 1) gaps.push(missing(last + 1, '/body/publishYear/year'));
    const first = calendar.data.years[0]?.year ?? last;
    if (year < first - 1) gaps.push(missing(first - 1, '/body/publishYear/year'));
  }
  if (gaps[0])
    throw problem('calendarYearGap', {
      params: { year: gaps[0].year },
      errors: gaps.map(({ place }) => place),
    });
};

/** The statutory calendar: which days are worked, by whose notice, and how a new notice or a closure comes in. */
export const calendarRoutes =
  (deps: CalendarDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, packs } = deps;

    app.get(
      '/v1/calendars/:year',
      {
        config: { act: 'readCalendar' },
        schema: {
          summary: 'A year day by day, with the number of its notice and the version in force',
          params: z.object({ year: z.string().regex(/^(19|2\d)\d\d$/) }),
          querystring: z.strictObject({
            jurisdiction: Jurisdiction.default(nation).describe('The nation’s calendar when left out'),
          }),
          response: { 200: CalendarYear, ...problems(400, 404, 503) },
        },
      },
      async ({ params, query: { jurisdiction } }) => {
        if (!packs.jurisdictions.includes(jurisdiction)) throw problem('notFound');
        const year = Number(params.year);
        const { calendar, version } = await newestCalendar(db, jurisdiction);
        const published = calendar.data.years.find((one) => one.year === year);
        if (!published) throw problem('yearNotPublished', { params: { year } });
        const days = daysOf(calendar, year);
        const { number, issuedOn = null, title = null } = published.notice;
        const workingDays = days.filter(({ working }) => working).length;
        return { year, jurisdiction, version, notice: { number, issuedOn, title }, workingDays, days };
      },
    );

    app.post(
      '/v1/calendars',
      {
        config: { act: 'loadCalendar' },
        schema: {
          summary: 'Load a year’s notice or change single days; every running clock is computed anew',
          headers: IdempotencyKey,
          body: CalendarLoadBody,
          response: { 200: Loaded, 201: Loaded, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const jurisdiction = body.jurisdiction ?? request.actor.jurisdiction;
        const actor = permitLoad(request, jurisdiction, body);
        if (!packs.jurisdictions.includes(jurisdiction)) throw problem('notFound');
        const at = await request.lawNow();
        const data = loadedData(body);
        const event = (made: MadeCalendar) => ({
          key: `calendar.loaded.v1:${made.jurisdiction ?? nation}:${made.seq}`,
          type: 'calendar.loaded.v1' as const,
          subject: `calendar:${made.jurisdiction ?? nation}`,
          jurisdiction: made.jurisdiction ?? nation,
          at,
          actor,
          data: {
            years: data.years.map(({ year }) => year),
            changes: data.changes.length,
            calendarVersion: made.version,
          },
        });
        const loaded = await db.transaction().execute(async (trx) => {
          refuseGap((await newestCalendar(trx, jurisdiction)).calendar, body);
          const made = await loadCalendar(trx, {
            jurisdiction: jurisdiction === nation ? null : jurisdiction,
            data,
            note: body.publishYear?.notice ?? '',
            at,
          });
          await recordAll(trx, 'catalog', made.made.map(event));
          return made;
        });
        const jurisdictions = await inForce(deps, jurisdiction);
        await tellClocks(deps, jurisdictions, at);
        const { version, changed } = loaded;
        return reply.code(changed ? 201 : 200).send({ version, changed, jurisdictions });
      },
    );
  };
