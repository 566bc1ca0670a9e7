import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RefusalReason, ScanReport } from '@gongshu/shared/egress/report';
import { memoryOf, sizeOf } from './process-watch.ts';
import type { ScanAsk } from './scan-ask.ts';
import { type FromScanner, scanFolder, type ToScanner } from './scan-messages.ts';
import { refusedReport } from './scan.ts';
import { defaultLimits, type OpenOptions, type ReadLimits } from './table.ts';

export type ScanBounds = {
  /** Memory of the process, resident; beyond it the process is killed. */
  memoryBytes: number;
  millis: number;
};

/** A file of ten million rows stays below both. */
export const defaultBounds: ScanBounds = { memoryBytes: 1_500_000_000, millis: 30 * 60_000 };

export type ScanProcessOptions = Pick<OpenOptions, 'signal' | 'progress'> & {
  limits?: Partial<ReadLimits>;
  bounds?: Partial<ScanBounds>;
  /** Told of a refusal's words: place and kind, never a value. */
  refused?: (refusal: { reason: string; what: string; at: object }) => void;
  /** Told of the process once it runs. */
  started?: (child: ChildProcess) => void;
};

const watchMillis = 100;

/** What a process that ended without a word died of. */
const causeOf = (signal: NodeJS.Signals | null): RefusalReason => {
  if (signal === 'SIGABRT' || signal === 'SIGTRAP') return 'outOfMemory'; // V8 and allocators give up so
  if (signal === 'SIGSEGV' || signal === 'SIGBUS' || signal === 'SIGFPE' || signal === 'SIGILL')
    return 'malformed';
  return 'stopped';
};

/** Nothing of ours goes along: no address, no password, no key. */
const bareEnvironment = (folder: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  TMPDIR: folder,
  TEMP: folder,
  TMP: folder,
  TZ: 'UTC',
});

type Ended = { report: ScanReport } | { reason: RefusalReason; failed?: string };

const run = (ask: ScanAsk, folder: string, options: ScanProcessOptions): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const { signal, progress, refused } = options;
    const bounds = { ...defaultBounds, ...options.bounds };
    const disk = options.limits?.diskBytes ?? defaultLimits.diskBytes;
    const child = fork(join(import.meta.dirname, 'scanner.ts'), [], {
      execArgv: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=768'],
      env: bareEnvironment(folder),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    let ended: Ended | undefined;
    const kill = (reason: RefusalReason) => {
      ended = { reason };
      child.kill('SIGKILL');
    };
    const stop = () => kill('stopped');
    const timer = setTimeout(() => kill('timedOut'), bounds.millis);
    const watch = setInterval(() => {
      if (memoryOf(child.pid) > bounds.memoryBytes) kill('outOfMemory');
      else if (sizeOf(folder) > disk) kill('tooLarge');
    }, watchMillis);
    const done = () => {
      clearTimeout(timer);
      clearInterval(watch);
      signal?.removeEventListener('abort', stop);
    };
    child.on('message', (message: FromScanner) => {
      if (ended) return;
      if ('progress' in message) progress?.(message.progress);
      else if ('refused' in message) refused?.(message.refused);
      else if ('failed' in message) ended = { reason: 'malformed', failed: message.failed };
      else ended = { report: ScanReport.parse(message.report) };
    });
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('exit', (_code, by) => {
      done();
      resolve(ended ?? { reason: causeOf(by) });
    });
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop);
    options.started?.(child);
    child.send({ ask, limits: options.limits ?? {} } satisfies ToScanner, (error) => {
      if (error) child.kill('SIGKILL');
    });
  });

/**
 * `scanFile` in a process of its own with bounded memory, disk and time. A process that dies, is killed, stopped or too
 * slow gives a refused report with the reason, never a clean one; the caller serves on. Its temporary files are removed.
 * @throws Error where the file is not there, or no process can be started.
 */
export const scanInProcess = async (ask: ScanAsk, options: ScanProcessOptions = {}): Promise<ScanReport> => {
  await Promise.all([ask.file, ...ask.sources.map(({ file }) => file)].map((file) => stat(file)));
  const folder = await mkdtemp(join(tmpdir(), scanFolder));
  try {
    const ended = await run(ask, folder, options);
    if ('report' in ended) return ended.report;
    if (ended.failed) console.error(`scan failed: ${ended.failed}`);
    return await refusedReport(ask, ended.reason, { ...defaultLimits, ...options.limits });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
