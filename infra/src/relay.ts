import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@gongshu/shared/events';
import type { Logger } from 'pino';
import type { Bus } from './bus.ts';
import { connect } from './database.ts';
import { type OutboxState, outboxState } from './outbox-pending.ts';
import { relayBatch } from './relay-batch.ts';
import { createWake } from './relay-wake.ts';

export interface RelayOptions {
  databaseUrl: string;
  service: ServiceName;
  bus: Pick<Bus, 'publish'>;
  logger?: Pick<Logger, 'info' | 'warn'>;
  /** Rows in a batch; 500 when left out. */
  limit?: number;
  /** Milliseconds between looks when nothing wakes it; 1,000 when left out. */
  pollMs?: number;
  /** Milliseconds of the longest wait after failures; 30,000 when left out. */
  longestWaitMs?: number;
}

/** `degraded`: the last try failed, or an event has waited for a minute. */
export interface RelayHealth extends OutboxState {
  service: ServiceName;
  state: 'running' | 'degraded' | 'stopped';
  published: number;
  failures: number;
  lastError: string | null;
}

export interface Relay {
  health(): Promise<RelayHealth>;
  /** Finishes the batch in hand. */
  stop(): Promise<void>;
}

const lateMs = 60_000;

/** Half of it fixed, half by chance, doubling with each failure: relays that fail together do not return together. */
const waitAfter = (failures: number, longest: number) =>
  Math.min(longest, 250 * 2 ** Math.min(failures, 20)) * (0.5 + Math.random() / 2);

/**
 * Carries the events of one service from its outbox to Kafka until stopped; begins at once. Several relays of one
 * service may run: one sends at a time. Broker or database away for however long: it waits and tries again, events
 * stay in the outbox, and the health says degraded.
 */
export function startRelay(options: RelayOptions): Relay {
  const { databaseUrl, service, bus, logger, limit = 500, pollMs = 1_000, longestWaitMs = 30_000 } = options;
  const db = connect<any>(databaseUrl, { schema: service, max: 2 });
  const wake = createWake(databaseUrl, service);
  const stop = new AbortController();
  let [published, failures] = [0, 0];
  let lastError: string | null = null;

  const turn = async () => {
    try {
      const outcome = await relayBatch(db, (messages) => bus.publish(messages), limit);
      if (failures > 0) logger?.info({ service, failures }, 'relay sends again');
      [failures, lastError] = [0, null];
      published += outcome?.published ?? 0;
      if (outcome && outcome.published < outcome.taken)
        logger?.warn(
          { service, held: outcome.taken - outcome.published },
          'events were parked or are held behind a parked one',
        );
      if (outcome?.taken !== limit && !stop.signal.aborted) await wake.next(pollMs);
    } catch (error) {
      failures += 1;
      lastError = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      logger?.warn({ service, failures, err: error }, 'relay could not send; it will try again');
      await sleep(waitAfter(failures, longestWaitMs), undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const run = async () => {
    while (!stop.signal.aborted) await turn();
  };
  const running = run();

  return {
    health: async () => {
      const unknown: OutboxState = { pending: -1, oldestPendingAt: null, parked: -1 };
      const state = await outboxState(db).catch((error: unknown) => {
        lastError ??= String(error);
        return unknown;
      });
      const late = state.oldestPendingAt !== null && Date.now() - state.oldestPendingAt.getTime() > lateMs;
      const degraded = lastError !== null || late;
      return {
        service,
        state: stop.signal.aborted ? 'stopped' : degraded ? 'degraded' : 'running',
        published,
        failures,
        lastError,
        ...state,
      };
    },
    stop: async () => {
      stop.abort();
      await wake.stop();
      await running;
      await db.destroy();
    },
  };
}
