/** Files of a form on their way to a service: on the disk, so that the largest form takes no more memory than the smallest. */
import { createWriteStream, openAsBlob } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What a form brought. `discard` takes everything away again; before that its files can be read any number of times. */
export type UploadFolder = {
  keep: (bytes: Readable, name: string, mediaType: string) => Promise<File>;
  discard: () => Promise<void>;
};

/** How this process’s folders begin: others keep theirs beside them. */
export const folderPrefix = `gongshu-form-${process.pid}-`;
const anyFolder = /^gongshu-form-(\d+)-/;

/** Whether another process of this number lives; at start nothing under our own number is ours yet. */
const livesElsewhere = (pid: number): boolean => {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code !== 'ESRCH'; // a process that we may not signal lives too
  }
};

/**
 * At start, before any form is taken in: what killed processes of this user left of people's files goes; what belongs to a
 * living one stays. Answers the names of the folders removed.
 */
export const removeLeftovers = async (
  parent: string = tmpdir(),
  lives: (pid: number) => boolean = livesElsewhere,
): Promise<string[]> => {
  const removed: string[] = [];
  for (const name of await readdir(parent)) {
    const pid = anyFolder.exec(name)?.[1];
    if (pid === undefined || lives(Number(pid))) continue;
    const path = join(parent, name);
    const found = await lstat(path).catch(() => undefined); // another that starts may have been quicker
    if (!found?.isDirectory() || found.uid !== process.getuid?.()) continue;
    await rm(path, { recursive: true, force: true });
    removed.push(name);
  }
  return removed;
};

/** A folder of its own for one request, made with its first file; nobody else can read it. */
export const uploadFolder = (): UploadFolder => {
  let folder: string | undefined;
  let files = 0;
  return {
    keep: async (bytes, name, type) => {
      folder ??= await mkdtemp(join(tmpdir(), folderPrefix));
      files += 1;
      const path = join(folder, String(files));
      await pipeline(bytes, createWriteStream(path, { mode: 0o600 }));
      return new File([await openAsBlob(path)], name, { type });
    },
    discard: async () => {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
};
