/**
 * The Schedules of evaluations: one for an agreement and a year (design 5, 7). In production Temporal starts it at its
 * instant; in the sandbox it stands paused, and the law's clock triggers the same Schedule at its virtual instant.
 */
import type { EvaluationDueTable, EvaluationTables } from './tables.ts';
import { lawNow } from '../law-clock.ts';
import { startRounds } from '../rounds.ts';
import { taskQueue } from '../temporal-client.ts';
import { addDays, businessDateOf } from '@gongshu/shared/business-date';
import type { Opening } from '@gongshu/shared/evaluation/opening';
import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Logger } from 'pino';

type Due = Selectable<EvaluationDueTable>;
type Deps = { db: Kysely<EvaluationTables>; client: Pick<Client, 'schedule'>; sandbox: boolean };

export const scheduleId = ({ agreement, year }: Pick<Due, 'agreement' | 'year'>): string =>
  `evaluation-${agreement}-${year}`;

const months = [
  ...(['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE'] as const),
  ...(['JULY', 'AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'] as const),
];

/** Makes it, once. A missed instant is made good when Temporal is back, however late within the year. */
const create = async ({ client, sandbox }: Deps, due: Due): Promise<void> => {
  const { agreement, jurisdiction, year, opens_at } = due;
  const on = businessDateOf(opens_at.getTime());
  const [y, m, d] = on.split('-').map(Number);
  const opening: Opening = { agreement, jurisdiction, year };
  try {
    await client.schedule.create({
      scheduleId: scheduleId(due),
      spec: {
        calendars: [{ year: y ?? 0, month: months[(m ?? 1) - 1] ?? 'JANUARY', dayOfMonth: d ?? 1, hour: 9 }],
        timezone: 'Asia/Shanghai',
        endAt: new Date(Date.parse(`${addDays(on, 366)}T00:00:00+08:00`)),
      },
      action: {
        type: 'startWorkflow',
        workflowType: 'evaluationOpening',
        workflowId: `evaluation-opening-${agreement}-${year}`,
        args: [opening],
        taskQueue,
        staticSummary: `启动年度评估 ${agreement} ${year}`,
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '365 days' },
      state: { paused: sandbox, note: `${agreement} ${year} 年度评估` },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
};

const remove = async ({ client }: Deps, due: Due): Promise<void> => {
  try {
    await client.schedule.getHandle(scheduleId(due)).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
};

const at = (db: Deps['db'], { agreement, year }: Due) =>
  db.updateTable('evaluation_due').where('agreement', '=', agreement).where('year', '=', year);

/** In production Temporal itself is given this long before a year that has not opened is triggered. */
const patienceMillis = 5 * 60_000;

/** One look: Schedules made for what lies ahead, triggered where they are due, removed where they are done with. */
export const keepSchedules = async (deps: Deps): Promise<void> => {
  const { db, sandbox } = deps;
  const rows = (of: 'make' | 'remove') => {
    const query = db.selectFrom('evaluation_due').selectAll().limit(100);
    return of === 'make'
      ? query.where('state', '=', 'ahead').where('scheduled', '=', false).execute()
      : query.where('state', 'in', ['opened', 'cancelled']).where('scheduled', '=', true).execute();
  };
  for (const due of await rows('make')) {
    await create(deps, due);
    await at(db, due).set({ scheduled: true }).execute();
  }
  for (const due of await rows('remove')) {
    await remove(deps, due);
    await at(db, due).set({ scheduled: false }).execute();
  }
  const now = await lawNow(db);
  const called = await db
    .selectFrom('evaluation_due')
    .selectAll()
    .where('state', '=', 'ahead')
    .where('scheduled', '=', true)
    .where('opens_at', '<=', new Date(now.getTime() - (sandbox ? 0 : patienceMillis)))
    .where((eb) =>
      eb.or([
        eb('called_at', 'is', null),
        eb('called_at', '<', sql<Date>`clock_timestamp() - interval '10 seconds'`),
      ]),
    )
    .orderBy('opens_at')
    .limit(100)
    .execute();
  for (const due of called) {
    await at(db, due).set({ called_at: sql<Date>`clock_timestamp()` }).execute();
    await deps.client.schedule.getHandle(scheduleId(due)).trigger(ScheduleOverlapPolicy.SKIP);
  }
};

/** Keeps them until told to stop; while Temporal is away it tries again. */
export const startEvaluationSchedules = (
  deps: Deps & { logger: Logger },
  everyMillis = 500,
): (() => Promise<void>) =>
  startRounds(() => keepSchedules(deps), {
    ...{ pauseMillis: everyMillis, pauseFirst: true },
    onError: (err) => deps.logger.warn({ err }, 'the schedules of evaluations could not be kept'),
  });
