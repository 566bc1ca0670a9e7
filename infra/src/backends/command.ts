import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a finished command said. `failed` is one line when it could not run or ended with another code than 0. */
export type Ran = { out: string; err: string; failed?: string };

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Runs a command to its end, never through a shell. Never throws: the reason comes back in `failed`. */
export const run = (
  command: string,
  args: readonly string[],
  options: {
    cwd?: string;
    env?: NodeJS.ProcessEnv;
    account?: { uid: number; gid: number } | undefined;
    withinMs?: number;
  } = {},
): Promise<Ran> =>
  new Promise((done) => {
    const { account, withinMs = 600_000, ...rest } = options;
    const child = spawn(command, [...args], {
      ...rest,
      ...account,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: withinMs,
    });
    running.add(child);
    child.once('close', () => running.delete(child));
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.once('error', (error: NodeJS.ErrnoException) =>
      done({ out, err, failed: error.code === 'ENOENT' ? `${command} is not installed` : error.message }),
    );
    child.once('close', (code, signal) => {
      if (code === 0) return done({ out, err });
      const words = `${err}\n${out}`
        .split('\n')
        .filter((line) => line.trim() && !/^(WARNING|\[notice\])/.test(line));
      const last = (
        words.findLast((line) => /error|denied|no space|cannot|could not/i.test(line)) ??
        words.at(-1) ??
        ''
      ).trim();
      done({
        out,
        err,
        failed: `${command} ended with ${signal ?? `code ${code}`}${last ? `: ${last.slice(0, 250)}` : ''}`,
      });
    });
  });

/** The full path of a program on PATH, or `undefined`. */
export const onPath = (program: string): string | undefined => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (!folder || folder.includes(`${join('node_modules', '.bin')}`)) continue;
    const file = join(folder, program);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // not in this folder
    }
  }
  return undefined;
};
