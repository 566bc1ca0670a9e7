import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeOnce } from './key-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongshu-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is made once, for its owner alone, and leaves nothing else behind', () => {
  const file = join(folder, 'deep', 'a.key');
  makeOnce(file, () => 'first');
  makeOnce(file, () => 'second');
  expect(readFileSync(file, 'utf8')).toBe('first');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'deep'))).toEqual(['a.key']);
});

it('one that was made between looking and making stands', () => {
  const file = join(folder, 'a.key');
  makeOnce(file, () => {
    writeFileSync(file, 'theirs');
    return 'ours';
  });
  expect(readFileSync(file, 'utf8')).toBe('theirs');
  expect(readdirSync(folder)).toEqual(['a.key']);
});
