import { setTimeout as sleep } from 'node:timers/promises';

export interface FeedWatch {
  /**
   * Resolves once the head is past `number`, after `millis`, when `signal` aborts, or when the watch stops.
   * At once where too many wait already. Never rejects: a head that cannot be read is left to the read that follows.
   */
  past(number: number, millis: number, signal: AbortSignal): Promise<void>;
  stop(): void;
  stopped(): boolean;
}

/**
 * One look at the head for all who wait, a few times a second and only while somebody waits; no connection is held.
 * `pollMillis` and `most` (readers who may wait at once) run on real time.
 */
export function createFeedWatch(
  head: () => Promise<number>,
  { pollMillis = 250, most = 500 }: { pollMillis?: number; most?: number } = {},
): FeedWatch {
  const waiting = new Map<symbol, { number: number; wake: () => void }>();
  const stopped = new AbortController();
  let looking = false;

  const look = async () => {
    looking = true;
    while (waiting.size > 0 && !stopped.signal.aborted) {
      await sleep(pollMillis, undefined, { signal: stopped.signal }).catch(() => {});
      const now = await head().catch(() => Number.POSITIVE_INFINITY);
      for (const { number, wake } of waiting.values()) if (now > number) wake();
    }
    looking = false;
  };

  return {
    past: async (number, millis, signal) => {
      if (waiting.size >= most || signal.aborted || stopped.signal.aborted) return;
      const key = Symbol();
      const over = AbortSignal.any([signal, stopped.signal, AbortSignal.timeout(Math.ceil(millis))]);
      await new Promise<void>((resolve) => {
        waiting.set(key, { number, wake: resolve });
        over.addEventListener('abort', () => resolve(), { once: true });
        if (!looking) void look();
      });
      waiting.delete(key);
    },
    stop: () => stopped.abort(),
    stopped: () => stopped.signal.aborted,
  };
}
