import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = import.meta.dirname ?? dirname(fileURLToPath(import.meta.url));

/** The checkout: the folder that holds package.json of the whole. */
export const projectFolder = resolve(here, '../../..');

/** Where downloaded parts are kept; `npm start` and `npm test` share it, and it may be deleted at any time. */
export const cacheFolder = join(projectFolder, '.cache');

/** Where `npm start` keeps its data (GONGSHU_DATA_DIR, else .data/start). */
export const startFolder = (): string =>
  resolve(projectFolder, process.env['GONGSHU_DATA_DIR'] || '.data/start');

/** Eight hexadecimal digits that tell two checkouts (or data folders) on one machine apart. */
export const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Makes the folder and its parents when missing; returns it. */
export const ensureFolder = (folder: string, mode = 0o755): string => {
  mkdirSync(folder, { recursive: true, mode });
  return folder;
};
