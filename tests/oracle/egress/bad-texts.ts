/** Texts that are not whole: counts, quotes, encodings, sizes. */
import { gunzipSync } from 'node:zlib';
import { type BadFile, bytes, identifiers, plain } from './bad-file.ts';

const chinese = gunzipSync(identifiers('table.csv.gz'));
const gb = gunzipSync(identifiers('table-gb18030.csv.gz'));

const deep = 100_000;

export const texts: BadFile[] = [
  bytes('empty.csv', 'no byte', () => '', 'empty'),
  bytes('empty.parquet', 'no byte, named Parquet', () => '', 'empty'),
  bytes('mark.csv', 'a byte order mark alone', () => '\uFEFF', 'empty'),
  bytes('blank.csv', 'blank lines alone', () => '\n\n\n', 'empty', 'malformed', 'unknownFormat'),
  bytes('wider.csv', 'a row with more columns', () => `${plain}1,2,3\n${plain.slice(4)}`, 'unevenRows'),
  bytes('narrower.csv', 'a row with fewer columns', () => `${plain}1\n${plain.slice(4)}`, 'unevenRows'),
  bytes(
    'late.csv',
    'a wider row after a hundred thousand',
    () => `a,b\n${'1,2\n'.repeat(100_000)}1,2,3\n1,2\n`,
    'unevenRows',
  ),
  bytes('last.csv', 'a narrower last row', () => `a,b\n${'1,2\n'.repeat(1000)}1`, 'unevenRows', 'truncated'),
  bytes(
    'quote.csv',
    'a lone quote',
    () => `a,b\n1,"2\n${'3,4\n'.repeat(20)}`,
    'malformed',
    'unevenRows',
    'truncated',
  ),
  bytes('cell.csv', 'a cell of 10 MB', () => `a,b\n1,${'x'.repeat(10 * 1024 ** 2)}\n`, 'cellTooLong'),
  bytes('cell.jsonl', 'a value of 10 MB', () => `{"a":"${'x'.repeat(10 * 1024 ** 2)}"}\n`, 'cellTooLong'),
  bytes(
    'wide.csv',
    '20,000 columns',
    () => `${Array.from({ length: 20_000 }, (_, at) => `c${at}`).join(',')}\n${'1,'.repeat(19_999)}1\n`,
    'tooManyColumns',
  ),
  bytes(
    'wide.jsonl',
    '20,000 keys',
    () =>
      `${JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`c${at}`, at])))}\n`,
    'tooManyColumns',
  ),
  bytes('nul.csv', 'a NUL in a cell', () => `${plain}1,\0\n`, 'malformed', 'unknownFormat', 'mixedEncodings'),
  bytes(
    'mixed.csv',
    'UTF-8, then GB18030',
    () => Buffer.concat([chinese, gb.subarray(gb.indexOf(10) + 1)]),
    'mixedEncodings',
  ),
  bytes(
    'mixed-late.csv',
    'GB18030, then UTF-8',
    () => Buffer.concat([gb, chinese.subarray(chinese.indexOf(10) + 1)]),
    'mixedEncodings',
  ),
  bytes(
    'latin.csv',
    'bytes of no encoding known',
    () => Buffer.concat([Buffer.from(plain), Buffer.from('1,\xff\xff\xfe\n', 'latin1')]),
    'mixedEncodings',
    'unknownFormat',
    'malformed',
  ),
  bytes(
    'mixed.jsonl',
    'UTF-8 and a line of GB18030',
    () => Buffer.concat([Buffer.from('{"a":"中文"}\n'), Buffer.from('7b2261223a22d6d0ceb4227d0a', 'hex')]),
    'mixedEncodings',
    'malformed',
  ),
  bytes(
    'utf16.csv',
    'UTF-16 with its mark',
    () => Buffer.from(`\uFEFF${plain}`, 'utf16le'),
    'unknownFormat',
    'mixedEncodings',
    'malformed',
  ),
  bytes(
    'utf16-bare.csv',
    'UTF-16 without it',
    () => Buffer.from(plain, 'utf16le'),
    'unknownFormat',
    'mixedEncodings',
    'malformed',
  ),
  bytes(
    'cut-letter.csv',
    'cut within a letter',
    () => Buffer.concat([Buffer.from(`${plain}1,`), Buffer.from('中').subarray(0, 2)]),
    'truncated',
    'mixedEncodings',
    'malformed',
  ),
  bytes('cut.jsonl', 'a last line cut', () => '{"a":1}\n{"a":2}\n{"a":', 'truncated', 'malformed'),
  bytes('broken.jsonl', 'a line in the middle that is none', () => '{"a":1}\n{a:2}\n{"a":3}\n', 'malformed'),
  bytes(
    'deep.jsonl',
    '100,000 levels',
    () => `{"a":${'['.repeat(deep)}${']'.repeat(deep)}}\n`,
    'malformed',
    'cellTooLong',
    'outOfMemory',
  ),
  bytes(
    'deep-objects.jsonl',
    '100,000 levels of objects',
    () => `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}\n`,
    'malformed',
    'cellTooLong',
    'outOfMemory',
  ),
];
