import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { PartUnavailable } from './part.ts';

/** @throws PartUnavailable when the disk that holds the folder has less than `megabytes` free. */
export const mustHaveRoom = (folder: string, megabytes: number): void => {
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  const { bavail, bsize } = statfsSync(there);
  const free = Math.floor((bavail * bsize) / 1_000_000);
  if (free >= megabytes) return;
  throw new PartUnavailable(
    `The disk of ${folder} has ${free} MB free and Gongshu needs ${megabytes}; free some, or put the data elsewhere: GONGSHU_DATA_DIR=/another/disk npm start`,
  );
};
