import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellsOf, negativeColumns } from './negatives/columns.ts';

const here = import.meta.dirname;
const lock = JSON.parse(readFileSync(join(here, 'corpus.lock.json'), 'utf8')) as Record<string, string>;
const hashOf = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const linesOf = (file: string): string[] =>
  readFileSync(join(here, file), 'utf8').trimEnd().split('\n').slice(1);

describe('the corpora, fixed before any detector was tuned on them (E1)', () => {
  it.each(Object.keys(lock))('%s stands as it was locked', (file) => {
    expect(hashOf(readFileSync(join(here, file)))).toBe(lock[file]);
  });

  it('the lock names every file of the corpora', () => {
    const files = ['identifiers', 'negatives'].flatMap((folder) =>
      readdirSync(join(here, folder)).map((file) => `${folder}/${file}`),
    );
    expect(Object.keys(lock)).toEqual(expect.arrayContaining(files));
  });

  it('holds more than a thousand names, a thousand addresses and two hundred harmless columns, none twice', () => {
    const [names, addresses] = [linesOf('names.csv'), linesOf('addresses.csv')];
    const headers = negativeColumns.map(({ header }) => header);
    for (const list of [names, addresses, headers]) expect(new Set(list).size).toBe(list.length);
    expect(names.length).toBeGreaterThanOrEqual(1000);
    expect(addresses.length).toBeGreaterThanOrEqual(1000);
    expect(headers.length).toBeGreaterThanOrEqual(200);
  });

  it('the harmless columns have the same cells on every machine', () => {
    const cells = negativeColumns.map((column) => cellsOf(column).join('\n')).join('\n\n');
    expect(hashOf(cells)).toMatchInlineSnapshot(
      `"477d8dc914564f19f1cc8a44cc2ed474b8d99d387ccc17ac465412e88b30891c"`,
    );
  });
});
