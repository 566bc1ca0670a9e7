import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onPath, run } from './command.ts';
import { cacheFolder, ensureFolder } from './places.ts';
import { identityOf } from './process-identity.ts';

/** Says what is being done, for the person who waits. */
export type Say = (line: string) => void;

/** Whether the process that wrote the lock is gone (killed while it fetched). */
const abandoned = (lock: string): boolean => {
  try {
    const { pid, identity } = JSON.parse(readFileSync(lock, 'utf8')) as { pid: number; identity: string };
    return identityOf(pid) !== identity;
  } catch {
    return false; // being written or being removed
  }
};

/** Holds a lock file while `act` runs, so that `npm start` and `npm test` do not fetch one thing twice at once. */
const alone = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
  const lock = join(ensureFolder(cacheFolder), `${name}.lock`);
  const owner = JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) });
  for (;;) {
    try {
      writeFileSync(lock, owner, { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (abandoned(lock)) rmSync(lock, { force: true });
      else await sleep(300);
    }
  }
  try {
    return await act();
  } finally {
    rmSync(lock, { force: true });
  }
};

/**
 * Fills `.cache/<name>` once. `fill` writes into a folder of its own that takes the name only when it succeeded, so a
 * broken download is never mistaken for a whole one. Tried three times, 2 and 6 seconds apart.
 * @returns the folder, or one clause why not.
 */
export const fetched = async (
  name: string,
  say: Say,
  fill: (folder: string) => Promise<string | undefined>,
): Promise<{ folder: string } | string> => {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return { folder };
  return await alone(name, async () => {
    if (existsSync(folder)) return { folder };
    let failed: string | undefined;
    for (const waitMs of [0, 2000, 6000]) {
      await sleep(waitMs);
      const partial = `${folder}.partial`;
      rmSync(partial, { recursive: true, force: true });
      ensureFolder(partial);
      say(`fetching ${name} 下载 ${name}`);
      failed = await fill(partial);
      if (!failed) {
        renameSync(partial, folder);
        return { folder };
      }
      rmSync(partial, { recursive: true, force: true });
      if (/not installed|no module named/i.test(failed)) break; // another try would not help
    }
    return failed ?? 'unknown';
  });
};

/** A package of the Python index, unpacked below `.cache`; needs Python 3 with pip (or uv) and no rights. */
export const pythonPackage = (
  name: string,
  version: string,
  say: Say,
): Promise<{ folder: string } | string> =>
  fetched(`${name}-${version}`, say, async (folder) => {
    const what = ['--no-deps', '--target', folder, `${name}==${version}`];
    const pip = [
      '-m',
      'pip',
      'install',
      '-q',
      '--disable-pip-version-check',
      '--root-user-action=ignore',
      ...what,
    ];
    const ways: [string, string[]][] = [];
    for (const python of ['python3', 'python']) if (onPath(python)) ways.push([python, pip]);
    if (onPath('uv')) ways.push(['uv', ['pip', 'install', '-q', ...what]]);
    let failed: string | undefined = 'Python 3 is not installed';
    for (const [command, args] of ways) {
      ({ failed } = await run(command, args));
      if (!failed) return undefined;
    }
    return failed;
  });
