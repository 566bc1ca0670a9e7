import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PartUnavailable } from '../backends/part.ts';
import { identityOf } from '../backends/process-identity.ts';

type Process = { name: string; pid: number; identity: string };
type Record = { pid: number; identity: string; since: string; children: Process[] };

/** One running instance a data folder; remembers its children, so that a later start can end what was left. */
export type InstanceLock = {
  remember: (children: readonly { name: string; pid: number }[]) => void;
  release: () => void;
};

const read = (file: string): Record | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record;
  } catch {
    return undefined; // none, or half written by a machine that stopped
  }
};

const lives = ({ pid, identity }: { pid: number; identity: string }): boolean => identityOf(pid) === identity;

const endLeftovers = async (left: Process[], say: (line: string) => void): Promise<void> => {
  let alive = left.filter(lives);
  if (alive.length > 0)
    say(
      `ending what a killed start left behind: ${alive.map(({ name }) => name).join(', ')} 清理上次残留进程`,
    );
  for (let i = 0; i < 150 && alive.length > 0; i++) {
    for (const { pid, name } of alive) {
      try {
        if (i === 0) process.kill(-pid, name === 'PostgreSQL' ? 'SIGINT' : 'SIGTERM');
        else if (i === 100) process.kill(-pid, 'SIGKILL');
      } catch {
        // it ended meanwhile
      }
    }
    await sleep(100);
    alive = alive.filter(lives);
  }
};

/**
 * Takes the data folder for this process. Leftovers of an instance that was killed are ended first.
 * @throws PartUnavailable when an instance is running on it.
 */
export const takeInstanceLock = async (
  folder: string,
  say: (line: string) => void,
): Promise<InstanceLock> => {
  const file = join(folder, 'running.json');
  const before = read(file);
  if (before && lives(before))
    throw new PartUnavailable(
      `Gongshu is running on ${folder} since ${before.since}; stop it with: kill ${before.pid}, or give this one another folder and ports: GONGSHU_DATA_DIR and GONGSHU_<NAME>_PORT`,
    );
  await endLeftovers(before?.children ?? [], say);
  rmSync(file, { force: true });
  const mine: Record = {
    pid: process.pid,
    identity: identityOf(process.pid) ?? '',
    since: new Date().toISOString(),
    children: [],
  };
  try {
    writeFileSync(file, JSON.stringify(mine), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new PartUnavailable(`Another npm start took ${folder} this moment; wait for it, or stop it`);
  }
  return {
    remember: (children) => {
      const known = children.map(({ name, pid }) => ({ name, pid, identity: identityOf(pid) ?? '' }));
      writeFileSync(`${file}.new`, JSON.stringify({ ...mine, children: known }));
      renameSync(`${file}.new`, file);
    },
    release: () => rmSync(file, { force: true }),
  };
};
