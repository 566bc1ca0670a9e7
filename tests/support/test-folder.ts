import { lstatSync, readdirSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { ensureFolder, projectFolder, shortHash } from '@gongshu/infra/backends/places';

/** Linux's file system in memory. A run's data may be lost with the machine, and a disk's flushes are half its time. */
const memory = '/dev/shm';
/** What a whole run holds at its widest, three times over. */
const enough = 6 * 2 ** 30;

const onDisk = join(projectFolder, '.data', 'test');

const roomInMemory = (): boolean => {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return Math.min(bavail * bsize, freemem()) >= enough;
  } catch {
    return false; // no such file system here
  }
};

/** Makes it, or finds it made by us: everybody may write beside it, so what stands there may be another's. */
const ours = (folder: string): boolean => {
  try {
    const found = lstatSync(ensureFolder(folder, 0o711));
    return found.isDirectory() && found.uid === process.getuid?.();
  } catch {
    return false;
  }
};

const chosen = (): string => {
  const inMemory = join(memory, `gongshu-${shortHash(projectFolder)}`);
  return roomInMemory() && ours(inMemory) ? inMemory : ensureFolder(onDisk);
};

/**
 * Where a test run keeps its data: in memory where there is room, else in `.data/test` of the checkout. A folder below
 * it is named as what it is for and ends with the process that owns it: {@link ownFolderName}.
 */
export const testFolder = chosen();

/** `name` with the number of this process, by which it is swept when the process was killed. */
export const ownFolderName = (name: string): string => `${name}-${process.pid}`;

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The folders of processes that are gone: what they had started ended with them, by the guard. */
export const leftFolders = (): string[] =>
  readdirSync(testFolder)
    .filter((name) => {
      const pid = /(?:^|-)(\d+)$/.exec(name)?.[1];
      return pid !== undefined && !alive(Number(pid));
    })
    .map((name) => join(testFolder, name));
