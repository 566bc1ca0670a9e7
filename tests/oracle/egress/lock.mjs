/** Writes corpus.lock.json: the corpora were fixed before any detector was tuned on them, and a change of one shows. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
export const locked = () =>
  ['names.csv', 'addresses.csv', 'templates.json', 'placements.ts']
    .concat(
      ['identifiers', 'negatives'].flatMap((folder) =>
        readdirSync(join(here, folder)).map((file) => `${folder}/${file}`),
      ),
    )
    .sort();
export const hashOf = (file) =>
  createHash('sha256')
    .update(readFileSync(join(here, file)))
    .digest('hex');

if (import.meta.main) {
  const hashes = Object.fromEntries(locked().map((file) => [file, hashOf(file)]));
  writeFileSync(join(here, 'corpus.lock.json'), `${JSON.stringify(hashes, null, 2)}\n`);
}
