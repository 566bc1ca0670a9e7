import { Refused } from './refused.ts';

/** What the first bytes say; text is CSV unless it begins as JSON does. */
export type Sniffed = 'csv' | 'jsonLines' | 'parquet' | 'zip';

const at = (bytes: Buffer, offset: number, mark: string | readonly number[]): boolean => {
  const wanted = typeof mark === 'string' ? Buffer.from(mark, 'latin1') : Buffer.from(mark);
  return bytes.subarray(offset, offset + wanted.length).equals(wanted);
};

const archives: readonly (readonly [string, number, string | readonly number[]])[] = [
  ['gzip', 0, [0x1f, 0x8b]],
  ['compress', 0, [0x1f, 0x9d]],
  ['compress', 0, [0x1f, 0xa0]],
  ['bzip2', 0, 'BZh'],
  ['xz', 0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['lzma', 0, [0x5d, 0x00, 0x00]],
  ['lzip', 0, 'LZIP'],
  ['lz4', 0, [0x04, 0x22, 0x4d, 0x18]],
  ['zstd', 0, [0x28, 0xb5, 0x2f, 0xfd]],
  ['7z', 0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', 0, 'Rar!\x1a\x07'],
  ['cab', 0, 'MSCF'],
  ['xar', 0, 'xar!'],
  ['ar', 0, '!<arch>'],
  ['tar', 257, 'ustar'],
];

const sealed: readonly (readonly [string, string])[] = [
  ['OpenPGP', '-----BEGIN PGP MESSAGE-----'],
  ['age', 'age-encryption.org/'],
  ['OpenSSL', 'Salted__'],
  ['Parquet with an encrypted footer', 'PARE'],
];

const others: readonly (readonly [string, number, string | readonly number[]])[] = [
  ['UTF-32', 0, [0xff, 0xfe, 0, 0]],
  ['UTF-32', 0, [0, 0, 0xfe, 0xff]],
  ['UTF-16', 0, [0xff, 0xfe]],
  ['UTF-16', 0, [0xfe, 0xff]],
  ['PDF', 0, '%PDF'],
  ['PostScript', 0, '%!PS'],
  ['RTF', 0, '{\\rtf'],
  ['PNG', 0, '\x89PNG'],
  ['JPEG', 0, [0xff, 0xd8, 0xff]],
  ['GIF', 0, 'GIF8'],
  ['TIFF', 0, 'II*\0'],
  ['RIFF', 0, 'RIFF'],
  ['ELF', 0, '\x7fELF'],
  ['Windows program', 0, 'MZ'],
  ['Java class', 0, [0xca, 0xfe, 0xba, 0xbe]],
  ['script', 0, '#!'],
  ['SQLite', 0, 'SQLite format 3\0'],
  ['DuckDB', 8, 'DUCK'],
  ['Arrow', 0, 'ARROW1'],
  ['Avro', 0, 'Obj\x01'],
  ['ORC', 0, 'ORC'],
  ['HDF5', 0, '\x89HDF'],
];

/** Old tar has no mark; its header sums up. */
const isOldTar = (head: Buffer): boolean => {
  if (head.length < 512) return false;
  const said = Number.parseInt(head.toString('latin1', 148, 156).replaceAll(/[\0 ]/g, '') || 'x', 8);
  let sum = 8 * 0x20;
  for (let index = 0; index < 512; index += 1) if (index < 148 || index >= 156) sum += head[index] ?? 0;
  return said === sum;
};

/** Office's container of 1997: an encrypted workbook is one, so are the formats before XLSX. */
const isOle = (head: Buffer): boolean => at(head, 0, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * The format of a file by its bytes; its name says nothing.
 * @throws Refused archive, encrypted, truncated (Parquet without its end), unknownFormat.
 */
export const sniff = (head: Buffer, tail: Buffer): Sniffed => {
  if (at(head, 0, 'PK\x03\x04') || at(head, 0, 'PK\x05\x06') || at(head, 0, 'PK\x07\x08')) return 'zip';
  if (at(head, 0, 'PAR1')) {
    if (head.length < 12 || !at(tail, tail.length - 4, 'PAR1'))
      throw new Refused('truncated', 'a Parquet file without its footer');
    return 'parquet';
  }
  const seal = sealed.find(([, mark]) => at(head, 0, mark));
  if (seal) throw new Refused('encrypted', seal[0]);
  if (isOle(head)) {
    if (head.includes(encryptedPackage) || tail.includes(encryptedPackage))
      throw new Refused('encrypted', 'an encrypted Office document');
    throw new Refused('unknownFormat', 'an Office document of before XLSX');
  }
  const packed = archives.find(([, offset, mark]) => at(head, offset, mark));
  if (packed ?? isOldTar(head)) throw new Refused('archive', packed?.[0] ?? 'tar');
  const other = others.find(([, offset, mark]) => at(head, offset, mark));
  if (other) throw new Refused('unknownFormat', other[0]);
  return ofText(head);
};

const ofText = (head: Buffer): Sniffed => {
  if (head.some((byte) => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d)))
    throw new Refused('unknownFormat', 'control characters: not a text');
  const text = head.toString('latin1').replace(/^\xEF\xBB\xBF/, '');
  const first = text.trimStart();
  if (first.length === 0) throw new Refused('empty', 'nothing but blanks');
  if (first.startsWith('<')) throw new Refused('unknownFormat', 'HTML or XML');
  if (/^\[\s*(?:[[{\]"\d-]|true|false|null)/.test(first)) throw new Refused('unknownFormat', 'a JSON array');
  return first.startsWith('{') ? 'jsonLines' : 'csv';
};
