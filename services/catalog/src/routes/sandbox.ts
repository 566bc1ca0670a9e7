import { setTimeout as sleep } from 'node:timers/promises';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { type LawClockReading, lawNow, moveLawClock, readLawClock } from '@gongshu/infra/law-clock';
import { businessDateOf, toInstantText, yearOf } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { Instant } from './deadlines.ts';

/** What falls due on the law's clock, and how it is seen to be done. */
export type Due = {
  /** The first law instant after one and up to another at which something falls due; `null` when nothing does. */
  nextDue: (db: Kysely<any>, after: Date, upTo: Date) => Promise<Date | null>;
  /** Tells whoever waits for the law's clock that it has come to this instant. */
  wake: (at: Date) => Promise<void>;
  /** Whether everything that fell due up to this instant is done. */
  settled: (at: Date) => Promise<boolean>;
};
export type SandboxDeps = {
  db: Kysely<any>;
  sandbox: boolean;
  due: Due;
  /** How long what falls due at one instant may take, in real milliseconds; 60 s when left out. */
  settleWithinMillis?: number;
};

const SandboxClock = z
  .object({
    now: z.string(),
    speed: z.number().describe('Law seconds per real second; 0 stands still'),
    endsAt: z.string().nullable().describe('The end of the last published year, where the clock stops'),
    ended: z.boolean(),
  })
  .meta({ id: 'SandboxClock' });
const Advanced = z
  .object({
    from: z.string(),
    to: z.string(),
    stops: z.array(z.object({ at: z.string(), settledInMillis: z.int() })),
  })
  .meta({ id: 'ClockAdvance' });

const text = (instant: Date): string => toInstantText(instant.getTime());

/** Any number will do, as long as every advance takes the same one. */
const advisoryLock = 7_106_422;

/** One advance at a time, over all processes. @throws Problem advanceUnderWay. */
const alone = async <T>(db: Kysely<any>, advance: () => Promise<T>): Promise<T> =>
  db.connection().execute(async (own) => {
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_lock(${advisoryLock}) as mine`.execute(own);
    if (!rows[0]?.mine) throw problem('advanceUnderWay', { headers: { 'retry-after': '5' } });
    try {
      return await advance();
    } finally {
      await sql`select pg_advisory_unlock(${advisoryLock})`.execute(own);
    }
  });

const mustBeAhead = ({ now, endsAt }: LawClockReading, to: Date): void => {
  if (to < now) throw problem('clockGoesForward', { params: { now: text(now), to: text(to) } });
  if (endsAt !== null && to > endsAt)
    throw problem('pastPublishedYears', {
      params: { endsAt: text(endsAt), year: yearOf(businessDateOf(endsAt.getTime())) },
    });
};

type Stop = { at: Date; settledInMillis: number };

/** Wakes whoever waits for this instant and waits until it is done. @throws Problem notSettled. */
const settle = async ({ due, settleWithinMillis = 60_000 }: SandboxDeps, at: Date): Promise<Stop> => {
  const started = performance.now();
  const passed = () => performance.now() - started;
  await due.wake(at);
  for (let pause = 5; !(await due.settled(at)); pause = Math.min(pause * 2, 200)) {
    if (passed() > settleWithinMillis)
      throw problem('notSettled', {
        params: { at: text(at), seconds: Math.round(settleWithinMillis / 1000) },
      });
    await sleep(pause);
  }
  return { at, settledInMillis: Math.round(passed()) };
};

/**
 * From one due instant to the next, in order, waiting at each until what falls due there is done. What an advance
 * before left undone is seen to first.
 */
const advance = async (deps: SandboxDeps, to: Date): Promise<{ from: Date; to: Date; stops: Stop[] }> => {
  const { db, due } = deps;
  const reading = await readLawClock(db);
  mustBeAhead(reading, to);
  const stops: Stop[] = [];
  let at = reading.now;
  if (!(await due.settled(at))) stops.push(await settle(deps, at));
  for (;;) {
    const next = await due.nextDue(db, at, to);
    if (next === null) break;
    if (next <= at || next > to)
      throw new RangeError(`nextDue gave ${text(next)} between ${text(at)} and ${text(to)}`);
    // A clock that runs may have come by already.
    const now = await lawNow(db);
    if (next > now) await moveLawClock(db, next);
    stops.push(await settle(deps, next));
    at = next;
  }
  const now = await lawNow(db);
  return { from: reading.now, to: to > now ? await moveLawClock(db, to) : now, stops };
};

/** Sandbox time (design 7): where the law's clock stands, and how it is moved. */
export const sandboxRoutes =
  (deps: SandboxDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const reading = async (): Promise<LawClockReading> => {
      const clock = deps.sandbox ? await readLawClock(deps.db) : undefined;
      if (!clock?.sandbox) throw problem('noSandbox');
      return clock;
    };

    app.get(
      '/v1/sandbox/clock',
      {
        config: { act: 'public' },
        schema: {
          summary: 'Where the sandbox’s clock stands',
          response: { 200: SandboxClock, ...problems(400, 404, 503) },
        },
      },
      async () => {
        const { now, speed, endsAt } = await reading();
        const ended = endsAt !== null && now >= endsAt;
        return { now: text(now), speed, endsAt: endsAt && text(endsAt), ended };
      },
    );

    app.post(
      '/v1/sandbox/clock/advance',
      {
        config: { act: 'advanceClock' },
        handlerTimeout: 15 * 60_000, // a year has hundreds of stops
        schema: {
          summary: 'Move the sandbox’s clock forward, from one due instant to the next',
          headers: IdempotencyKey,
          body: z.strictObject({ to: Instant }),
          response: { 200: Advanced, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request) => {
        request.mustBeAllowed({ jurisdiction: request.actor.jurisdiction });
        await reading();
        const { from, to, stops } = await alone(deps.db, () => advance(deps, new Date(request.body.to)));
        return {
          from: text(from),
          to: text(to),
          stops: stops.map(({ at, settledInMillis }) => ({ at: text(at), settledInMillis })),
        };
      },
    );
  };
