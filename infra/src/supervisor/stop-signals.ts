import type { Children } from '../backends/children.ts';
import { say } from './progress.ts';

/** Stopping: asked for once, done once. */
export type Stop = { asked: () => boolean; now: (code: number) => Promise<void> };

const ctrlC = 'Ctrl-C';
const forceAfterMs = 1500;

/**
 * Takes everything down in order on Ctrl-C, SIGTERM, SIGHUP, the death of whoever started us, or of the guard, and
 * exits. A second Ctrl-C more than 1.5 s later kills at once (npm and the terminal send one Ctrl-C twice).
 */
export const onStop = ({ children, down }: { children: Children; down: () => Promise<void> }): Stop => {
  let since: number | undefined;
  const now = async (code: number): Promise<void> => {
    since = performance.now();
    await down();
    say(`stopped 已停止 (${((performance.now() - since) / 1000).toFixed(1)} s)`);
    process.exit(code);
  };
  const ask = (why: string, code: number) => {
    if (since === undefined) {
      say(`stopping (${why}) 正在停止`);
      now(code).catch((error: unknown) => {
        say(String(error));
        process.exit(1);
      });
    } else if (why === ctrlC && performance.now() - since > forceAfterMs) {
      children.killAll();
      process.exit(130);
    }
  };
  process.on('SIGINT', () => ask(ctrlC, 0));
  process.on('SIGTERM', () => ask('SIGTERM', 0));
  process.on('SIGHUP', () => ask('the terminal closed', 0));
  process.stdout.on('error', () => {}); // the terminal is gone; SIGHUP or the parent's death stops us
  process.stderr.on('error', () => {});
  children.onGuardLost(() => ask('the guard process died', 1));
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && since === undefined) ask('its starter died', 1);
  }, 500);
  return { asked: () => since !== undefined, now };
};
