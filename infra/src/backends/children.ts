import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Say } from './download.ts';
import { reason } from './part.ts';

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
  pid: () => number;
  /** `undefined` while it runs, then how it ended. */
  ended: () => string | undefined;
  /** From now on, should it end by itself, it is started again: after 1 second, doubling to 30. */
  keepUp: (say: Say) => void;
  stop: () => Promise<void>;
};

export type Children = {
  /** Starts a child in a process group of its own and tells the guard. @throws when the program cannot be run. */
  start: (spec: ChildSpec) => Promise<Child>;
  running: () => Child[];
  /**
   * Stops all, starts no more and lets the guard go. The names of a wave are stopped side by side, wave after wave;
   * a child that no wave names goes before them.
   */
  stopAll: (waves?: readonly (readonly string[])[]) => Promise<void>;
  /** SIGKILL to all, now. */
  killAll: () => void;
  /** Called when the guard dies: from then on a kill -9 would leave processes behind. */
  onGuardLost: (act: () => void) => void;
};

const guardFile = join(import.meta.dirname, 'guard.mjs');
const turnOverAt = 20 * 1024 * 1024;

const openLog = (file: string): number => {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > turnOverAt) renameSync(file, `${file}.old`);
  return openSync(file, 'a');
};

const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch {
    // the group has ended
  }
};

const startGuard = (): ChildProcess => {
  const guard = spawn(process.execPath, [guardFile], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guard.stdin?.on('error', () => {}); // the guard is gone: onGuardLost tells
  guard.unref();
  (guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return guard;
};

type Tell = (line: string) => void;
type Run = { pid: number; exited: Promise<void>; ended: () => string | undefined };

const launch = async (spec: ChildSpec, tell: Tell): Promise<Run> => {
  const log = openLog(spec.logFile);
  const { account, cwd, env = process.env } = spec;
  const child = spawn(spec.command, [...spec.args], {
    detached: true,
    stdio: ['ignore', log, log],
    env,
    cwd,
    ...account,
  });
  closeSync(log);
  let ending: string | undefined;
  const exited = new Promise<void>((done) => {
    child.once('exit', (code, signal) => {
      ending = `ended by itself with ${signal ?? `code ${code}`}; its last words are in ${spec.logFile}`;
      tell(`-${child.pid}`);
      done();
    });
  });
  await new Promise<void>((began, failed) => child.once('spawn', began).once('error', failed));
  const pid = child.pid as number;
  tell(`+${pid} ${spec.stopSignal ?? 'SIGTERM'}`);
  return { pid, exited, ended: () => ending };
};

const endRun = async (run: Run, { stopSignal = 'SIGTERM', graceMs = 10_000 }: ChildSpec): Promise<void> => {
  if (!run.ended()) {
    signalGroup(run.pid, stopSignal);
    const timeUp = new AbortController();
    await Promise.race([run.exited, sleep(graceMs, undefined, { signal: timeUp.signal }).catch(() => {})]);
    timeUp.abort();
  }
  signalGroup(run.pid, 'SIGKILL'); // whatever of its group is left
  await run.exited;
};

const supervise = async (spec: ChildSpec, tell: Tell, changed: () => void): Promise<Child> => {
  let run = await launch(spec, tell);
  const wanted = new AbortController();
  const again = async (say: Say): Promise<void> => {
    for (let waitMs = 1000; ; waitMs = Math.min(waitMs * 2, 30_000)) {
      const since = performance.now();
      await run.exited;
      if (wanted.signal.aborted) return;
      if (performance.now() - since > 60_000) waitMs = 1000;
      say(
        `${spec.name} ${run.ended()}; it is started again in ${waitMs / 1000} s ${spec.name} 意外退出，将重启`,
      );
      await sleep(waitMs, undefined, { signal: wanted.signal }).catch(() => {});
      if (wanted.signal.aborted) return;
      run = await launch(spec, tell);
      changed();
    }
  };
  return {
    name: spec.name,
    pid: () => run.pid,
    ended: () => run.ended(),
    keepUp: (say) => {
      again(say).catch((error: unknown) => say(`${spec.name} cannot be started again: ${reason(error)}`));
    },
    stop: async () => {
      wanted.abort();
      await endRun(run, spec);
    },
  };
};

/**
 * Child processes that never outlive this one: each stands in its own group, so that Ctrl-C in the terminal reaches
 * only us, and a guard process ends all groups when we die, even by kill -9.
 * `changed` is told the children whenever one is started or stopped.
 */
export const createChildren = (changed: (children: Child[]) => void = () => {}): Children => {
  let guard: ChildProcess | undefined;
  let stopping = false;
  const lost: (() => void)[] = [];
  const children = new Set<Child>();
  const tellChanged = () => changed([...children]);

  const tell: Tell = (line) => {
    guard ??= startGuard().once('exit', () => {
      if (!stopping) for (const act of lost) act();
    });
    guard.stdin?.write(`${line}\n`);
  };

  return {
    start: async (spec) => {
      if (stopping) throw new Error(`${spec.name} is not started: everything is being stopped`);
      const child = await supervise(spec, tell, tellChanged);
      const { stop } = child;
      let stopped: Promise<void> | undefined;
      child.stop = async () => {
        stopped ??= stop();
        await stopped;
        if (children.delete(child)) tellChanged();
      };
      children.add(child);
      tellChanged();
      return child;
    },
    running: () => [...children],
    stopAll: async (waves = []) => {
      stopping = true;
      const named = new Set(waves.flat());
      const unnamed = [...children].filter(({ name }) => !named.has(name));
      for (const wave of [unnamed.map(({ name }) => name), ...waves])
        await Promise.all(
          [...children].filter(({ name }) => wave.includes(name)).map((child) => child.stop()),
        );
      guard?.stdin?.end();
      guard = undefined;
    },
    killAll: () => {
      for (const child of children) signalGroup(child.pid(), 'SIGKILL');
    },
    onGuardLost: (act) => lost.push(act),
  };
};
