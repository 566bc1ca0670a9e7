import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How to start one child. Its output goes to `logFile`, which is turned over when it passes 20 MB. */
export type ChildSpec = {
  name: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** The system account to run as, when that is another. */
  account?: { uid: number; gid: number } | undefined;
  logFile: string;
  /** What ends it in good order. PostgreSQL wants SIGINT: on SIGTERM it waits for its clients. */
  stopSignal?: 'SIGTERM' | 'SIGINT';
  /** Milliseconds it is given for that before SIGKILL. */
  graceMs?: number;
};

export type Child = {
  name: string;
  pid: number;
  logFile: string;
  /** `undefined` while it runs, then how it ended. */
  ended: () => string | undefined;
  exited: Promise<void>;
  stop: () => Promise<void>;
};

export type Children = {
  /** Starts a child in a process group of its own and tells the guard. @throws when the program cannot be run. */
  start: (spec: ChildSpec) => Promise<Child>;
  running: () => Child[];
  /** Stops all, the last started first. */
  stopAll: () => Promise<void>;
  /** Called once when the guard dies: from then on a kill -9 would leave processes behind. */
  onGuardLost: (act: () => void) => void;
};

const guardFile = join(import.meta.dirname, 'guard.mjs');
const turnOverAt = 20 * 1024 * 1024;

const openLog = (file: string): number => {
  try {
    if (statSync(file).size > turnOverAt) renameSync(file, `${file}.old`);
  } catch {
    // no log yet
  }
  return openSync(file, 'a');
};

const startGuard = (): ChildProcess => {
  const guard = spawn(process.execPath, [guardFile], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guard.stdin?.on('error', () => {}); // the guard is gone: onGuardLost tells
  guard.unref();
  (guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return guard;
};

const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch {
    // the group has ended
  }
};

/**
 * Child processes that never outlive this one: each stands in its own group, so that Ctrl-C in the terminal reaches
 * only us, and a guard process ends all groups when we die, even by kill -9.
 */
export const createChildren = (): Children => {
  let guard: ChildProcess | undefined;
  let stopping = false;
  const lost: (() => void)[] = [];
  const children = new Set<Child>();

  const watched = (): ChildProcess => {
    if (guard) return guard;
    guard = startGuard();
    guard.once('exit', () => {
      if (!stopping) for (const act of lost) act();
    });
    return guard;
  };

  const start = async (spec: ChildSpec): Promise<Child> => {
    const { stdin } = watched();
    const log = openLog(spec.logFile);
    const child = spawn(spec.command, [...spec.args], {
      detached: true,
      stdio: ['ignore', log, log],
      env: spec.env ?? process.env,
      cwd: spec.cwd,
      ...spec.account,
    });
    closeSync(log);
    let ending: string | undefined;
    const exited = new Promise<void>((done) => {
      child.once('exit', (code, signal) => {
        ending = `ended by itself with ${signal ?? `code ${code}`}; its last words are in ${spec.logFile}`;
        stdin?.write(`-${child.pid}\n`);
        done();
      });
    });
    await new Promise<void>((began, failed) => child.once('spawn', began).once('error', failed));
    const pid = child.pid as number;
    const signal = spec.stopSignal ?? 'SIGTERM';
    stdin?.write(`+${pid} ${signal}\n`);
    const running: Child = {
      name: spec.name,
      pid,
      logFile: spec.logFile,
      ended: () => ending,
      exited,
      stop: async () => {
        if (!ending) {
          signalGroup(pid, signal);
          const timeUp = new AbortController();
          await Promise.race([
            exited,
            sleep(spec.graceMs ?? 10_000, undefined, { signal: timeUp.signal }).catch(() => {}),
          ]);
          timeUp.abort();
        }
        signalGroup(pid, 'SIGKILL'); // whatever of its group is left
        await exited;
        children.delete(running);
      },
    };
    children.add(running);
    return running;
  };

  return {
    start,
    running: () => [...children],
    stopAll: async () => {
      for (const child of [...children].reverse()) await child.stop();
      stopping = true;
      guard?.stdin?.end();
      guard = undefined;
    },
    onGuardLost: (act) => lost.push(act),
  };
};
