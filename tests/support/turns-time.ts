/** The law's time in tests of workflows: the time-skipping server's, moved to a date whose calendar is known. */
import type { TimeReading } from '@gongshu/activities';
import { searchAttributes } from '@gongshu/infra/backends/temporal';
import type { ConnectionPlugin } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { type Kysely, sql } from 'kysely';
import { timeSkippingServer } from './parts.ts';

/** Numbers of temporal.api.enums.v1.IndexedValueType. */
const valueTypes = { Keyword: 2, Bool: 5, Datetime: 6 } as const;

/** The server cuts a client that pings oftener than every five minutes, and with it the calls on their way. */
const seldomPings: ConnectionPlugin = {
  name: 'seldom-pings',
  configureConnection: (options) => ({
    ...options,
    channelArgs: { ...options.channelArgs, 'grpc.keepalive_time_ms': 3_600_000 },
  }),
};

/** An own time-skipping server that knows our search attributes. */
export const startTimeSkipping = async (): Promise<TestWorkflowEnvironment> => {
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    ...(await timeSkippingServer()),
    plugins: [seldomPings],
  });
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.namespace ?? 'default',
    searchAttributes: Object.fromEntries(
      Object.entries(searchAttributes).map(([name, type]) => [name, valueTypes[type]]),
    ),
  });
  return env;
};

const fiveDays = 5 * 86_400_000;

/** `2024-04-15T09:00:00`, in Zhongwei, as an instant. */
export const instant = (text: string): number => Date.parse(`${text}+08:00`);

/**
 * The law stands at the server's time and an offset of its own, so that the machine's date does not matter. The
 * database's clock, which stamps what is taken in, stands still where the test last put it.
 */
export const lawTime = async (env: TestWorkflowEnvironment, db: Kysely<any>) => {
  let offset = 0;
  await sql`
    insert into platform.law_clock (real_at, virtual_at, speed)
    values (clock_timestamp(), clock_timestamp(), 0)
    on conflict (one) do nothing`.execute(db);
  const now = async (): Promise<number> => (await env.currentTimeMs()) + offset;
  const stamp = async (at: number): Promise<void> => {
    await sql`update platform.law_clock set virtual_at = ${new Date(at)}, ends_at = null`.execute(db);
  };
  return {
    now,
    /** What the next act is stamped with, whatever the server's time. */
    stamp: (text: string): Promise<void> => stamp(instant(text)),
    /** A case of its own time begins: back or forth, while nothing runs. */
    begin: async (text: string): Promise<void> => {
      offset = instant(text) - (await env.currentTimeMs());
      await stamp(instant(text));
    },
    /** Runs the server's time on to an instant; timers before it fire in their order. */
    goTo: async (text: string): Promise<void> => {
      // In stretches, each given time: a call that is cut off after ten seconds, as all are, would be slept once more.
      for (let ahead = instant(text) - (await now()); ahead > 0; ahead = instant(text) - (await now())) {
        const stretch = Math.min(ahead, fiveDays);
        await env.connection.withDeadline(Date.now() + 110_000, () => env.sleep(stretch));
      }
      await stamp(instant(text));
    },
    /** For the activities. */
    reading: async (): Promise<TimeReading> => {
      const at = await now();
      return {
        now: at,
        inMillis: (due) => Math.max(0, Math.ceil(due - at)),
        sinceMillis: (due) => Math.max(0, at - due),
      };
    },
  };
};
