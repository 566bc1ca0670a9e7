/** Files that are something else than their name says, or that were cut. */
import { gzipSync } from 'node:zlib';
import { type BadFile, bytes, identifiers, magic, plain } from './bad-file.ts';
import { lyingParquet } from './bad-parquet.ts';

const oleOf = (stream: string): Buffer => {
  const file = Buffer.alloc(4096);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  Buffer.from(stream, 'utf16le').copy(file, 1024);
  return file;
};

export const disguised: BadFile[] = [
  bytes(
    'page.csv',
    'a web page',
    () =>
      '<!DOCTYPE html>\n<html><head><title>表</title></head>\n<body><table><tr><td>1</td></tr></table></body></html>\n',
    'unknownFormat',
    'malformed',
    'unevenRows',
  ),
  bytes(
    'paper.xlsx',
    'a PDF',
    () => '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<<>>\n%%EOF\n',
    'unknownFormat',
    'malformed',
  ),
  bytes(
    'picture.csv',
    'a picture',
    () => magic('89504e470d0a1a0a0000000d49484452'),
    'unknownFormat',
    'malformed',
    'mixedEncodings',
  ),
  bytes('program.parquet', 'a program', () => magic('7f454c4602010100'), 'unknownFormat', 'malformed'),
  bytes(
    'base.csv',
    'an SQLite file',
    () => Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080)]),
    'unknownFormat',
    'malformed',
  ),
  bytes(
    'noise.bin',
    'noise',
    () => Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * at * 31 + at * 7) % 251)),
    'unknownFormat',
    'malformed',
    'mixedEncodings',
  ),
  bytes('table.gz', 'gzip', () => gzipSync(plain), 'archive'),
  bytes('table.csv', 'gzip, named CSV', () => gzipSync(plain), 'archive'),
  bytes(
    'table.tar',
    'tar',
    () => {
      const file = Buffer.alloc(10_240);
      file.write('a.csv');
      file.write('ustar\0', 257);
      return file;
    },
    'archive',
  ),
  bytes('table.7z', '7z', () => magic('377abcaf271c0004'), 'archive'),
  bytes('table.rar', 'rar', () => magic('526172211a070100'), 'archive'),
  bytes('table.bz2', 'bzip2', () => magic('425a6839314159265359'), 'archive'),
  bytes('table.zst', 'Zstandard', () => magic('28b52ffd'), 'archive'),
  bytes('table.xz', 'xz', () => magic('fd377a585a00'), 'archive'),
  bytes('locked.xlsx', 'an encrypted workbook', () => oleOf('EncryptedPackage'), 'encrypted'),
  bytes('old.xls', 'a workbook of the old form', () => oleOf('Workbook'), 'unknownFormat', 'encrypted'),
  bytes(
    'cut.xlsx',
    'half a workbook',
    () => identifiers('table.xlsx').subarray(0, 25_000),
    'truncated',
    'malformed',
  ),
  bytes(
    'cut-end.xlsx',
    'a workbook without its last bytes',
    () => identifiers('table.xlsx').subarray(0, -40),
    'truncated',
    'malformed',
  ),
];

export const parquet = Object.entries(lyingParquet).map(([what, data], at) =>
  bytes(
    `lie-${at + 1}.parquet`,
    `Parquet: ${what}`,
    data,
    'malformed',
    'truncated',
    'unknownFormat',
    ...(what.includes('encrypted') ? (['encrypted'] as const) : []),
    ...(what.includes('2^40') ? (['tooLarge'] as const) : []),
  ),
);
