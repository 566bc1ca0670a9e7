/** Work that is looked for over and over, for as long as a process runs. */
import { setTimeout as sleep } from 'node:timers/promises';

export type RoundsOptions = {
  /** Real milliseconds between a round that found nothing more and the next. */
  pauseMillis: number;
  /** Whether the first round waits too. */
  pauseFirst?: boolean;
  onError: (error: unknown) => void;
};

/**
 * Runs `round` until stopped: at once again where it answers that there is more, else after a pause. A round that throws
 * is told and followed by the next. The returned function stops it and waits for the round under way, which sees it by
 * its signal.
 */
export const startRounds = (
  round: (stopping: AbortSignal) => Promise<boolean | void>,
  { pauseMillis, pauseFirst = false, onError }: RoundsOptions,
): (() => Promise<void>) => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (): Promise<void> => sleep(pauseMillis, undefined, { signal }).catch(() => {});
  const run = async (): Promise<void> => {
    if (pauseFirst) await pause();
    while (!signal.aborted) {
      const more = await round(signal).catch(onError);
      if (more !== true) await pause();
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
};
