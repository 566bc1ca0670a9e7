/**
 * Schedules of what falls due on a day (design 5, 7): one a row of a register. In production Temporal starts it at its
 * instant; in the sandbox it stands paused, and the law's clock triggers the same Schedule at its virtual instant.
 */
import { addDays, businessDateOf } from '@gongshu/shared/business-date';
import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import { type Generated, type Kysely, type Selectable, sql } from 'kysely';
import type { Logger } from 'pino';
import { lawNow } from './law-clock.ts';
import { startRounds } from './rounds.ts';
import { taskQueue } from './temporal-client.ts';

/** What every such table has: `ahead` until it was opened (`held` where it waits for another), or is cancelled. */
export type DueColumns = {
  opens_at: Date;
  state: Generated<'ahead' | 'opened' | 'held' | 'cancelled'>;
  /** Whether its Schedule stands with Temporal. */
  scheduled: Generated<boolean>;
  /** When it was last called up, on real time. */
  called_at: Date | null;
};
type DueRow = Selectable<DueColumns>;

/** A register of what falls due: its table, the columns that name a row, and what its Schedule starts. */
export type Dues<D extends DueRow> = {
  table: string;
  keys: readonly (keyof D & string)[];
  scheduleId: (due: D) => string;
  /** The workflow it starts; `summary` is shown in the Temporal UI. */
  starts: (due: D) => { workflowType: string; workflowId: string; args: unknown[]; summary: string };
};

export type ScheduleDeps = {
  // biome-ignore lint/suspicious/noExplicitAny: the register's own tables
  db: Kysely<any>;
  client: Pick<Client, 'schedule'>;
  sandbox: boolean;
};

const months = [
  ...(['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE'] as const),
  ...(['JULY', 'AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'] as const),
];

/** Makes it, once. A missed instant is made good when Temporal is back, however late within the year. */
const create = async <D extends DueRow>(
  { client, sandbox }: ScheduleDeps,
  { scheduleId, starts }: Dues<D>,
  due: D,
): Promise<void> => {
  const on = businessDateOf(due.opens_at.getTime());
  const [y, m, d] = on.split('-').map(Number);
  const { summary, ...action } = starts(due);
  try {
    await client.schedule.create({
      scheduleId: scheduleId(due),
      spec: {
        calendars: [{ year: y ?? 0, month: months[(m ?? 1) - 1] ?? 'JANUARY', dayOfMonth: d ?? 1, hour: 9 }],
        timezone: 'Asia/Shanghai',
        endAt: new Date(Date.parse(`${addDays(on, 366)}T00:00:00+08:00`)),
      },
      action: { type: 'startWorkflow', ...action, taskQueue, staticSummary: summary },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '365 days' },
      state: { paused: sandbox, note: summary },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
};

const remove = async ({ client }: ScheduleDeps, id: string): Promise<void> => {
  try {
    await client.schedule.getHandle(id).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
};

/** In production Temporal itself is given this long before a row that has not opened is triggered. */
const patienceMillis = 5 * 60_000;

/** One look: Schedules made for what lies ahead, triggered where they are due, removed where they are done with. */
export const keepSchedules = async <D extends DueRow>(deps: ScheduleDeps, dues: Dues<D>): Promise<void> => {
  const { db, sandbox } = deps;
  const rows = async (where: ReturnType<typeof sql>): Promise<D[]> =>
    (
      await sql<D>`
        select * from ${sql.table(dues.table)} where ${where} order by opens_at limit 100`.execute(db)
    ).rows;
  const mark = async (due: D, set: ReturnType<typeof sql>): Promise<void> => {
    const same = dues.keys.map((key) => sql`${sql.ref(key)} = ${due[key]}`);
    await sql`update ${sql.table(dues.table)} set ${set} where ${sql.join(same, sql` and `)}`.execute(db);
  };
  for (const due of await rows(sql`state = 'ahead' and not scheduled`)) {
    await create(deps, dues, due);
    await mark(due, sql`scheduled = true`);
  }
  for (const due of await rows(sql`state in ('opened', 'cancelled') and scheduled`)) {
    await remove(deps, dues.scheduleId(due));
    await mark(due, sql`scheduled = false`);
  }
  const now = await lawNow(db);
  const before = new Date(now.getTime() - (sandbox ? 0 : patienceMillis));
  for (const due of await rows(sql`
    state = 'ahead' and scheduled and opens_at <= ${before}
      and (called_at is null or called_at < clock_timestamp() - interval '10 seconds')`)) {
    await mark(due, sql`called_at = clock_timestamp()`);
    await deps.client.schedule.getHandle(dues.scheduleId(due)).trigger(ScheduleOverlapPolicy.SKIP);
  }
};

/** Keeps them until told to stop; while Temporal is away it tries again. */
export const startSchedules = <D extends DueRow>(
  deps: ScheduleDeps & { logger: Logger },
  dues: Dues<D>,
  everyMillis = 500,
): (() => Promise<void>) =>
  startRounds(() => keepSchedules(deps, dues), {
    ...{ pauseMillis: everyMillis, pauseFirst: true },
    onError: (err) => deps.logger.warn({ err, table: dues.table }, 'schedules could not be kept'),
  });
