/** Parquet files whose footer lies about what lies before it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const good = (): Buffer => readFileSync(join(import.meta.dirname, 'identifiers', 'table.parquet'));
const magic = Buffer.from('PAR1');
const split = (file: Buffer): { data: Buffer; footer: Buffer } => {
  const length = file.readUInt32LE(file.length - 8);
  return { data: file.subarray(0, file.length - 8 - length), footer: file.subarray(-8 - length, -8) };
};
const joined = (data: Buffer, footer: Buffer, length = footer.length, end = magic): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(length);
  return Buffer.concat([data, footer, size, end]);
};
/** Thrift's compact form of a signed number. */
const varint = (value: bigint): Buffer => {
  const bytes: number[] = [];
  for (let rest = value * 2n; ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
};
/** `number` of the footer said to be `claimed`: all of them, or the first. */
const claim = (number: number, claimed: bigint, all: boolean): Buffer => {
  const { data, footer } = split(good());
  const old = Buffer.concat([Buffer.from([0x16]), varint(BigInt(number))]).toString('latin1');
  const now = Buffer.concat([Buffer.from([0x16]), varint(claimed)]).toString('latin1');
  const text = footer.toString('latin1');
  if (!text.includes(old)) throw new Error('the number is not in the footer');
  return joined(
    data,
    Buffer.from(all ? text.replaceAll(old, () => now) : text.replace(old, () => now), 'latin1'),
  );
};
const rows = 715;
const rowsOfGroup = 200;

export const lyingParquet: Record<string, () => Buffer> = {
  'a footer longer than the file': () => joined(split(good()).data, split(good()).footer, 0x7fffffff),
  'a footer of no length': () => joined(split(good()).data, Buffer.alloc(0)),
  'a footer of noughts': () => joined(split(good()).data, Buffer.alloc(split(good()).footer.length)),
  'half a footer': () => joined(split(good()).data, split(good()).footer.subarray(0, 4000)),
  'a footer said to be encrypted': () =>
    joined(split(good()).data, split(good()).footer, undefined, Buffer.from('PARE')),
  'the two magic words and nothing else': () => Buffer.concat([magic, magic]),
  'the first magic word alone': () => magic,
  '2^40 rows in the file': () => claim(rows, 2n ** 40n, false),
  '2^40 rows in every group and column': () => claim(rowsOfGroup, 2n ** 40n, true),
  'fewer rows than there are': () => claim(rowsOfGroup, 100n, true),
  'columns that lie beyond the end': () => joined(split(good()).data.subarray(0, 5000), split(good()).footer),
  'pages of noughts': () => {
    const { data, footer } = split(good());
    return joined(Buffer.concat([magic, Buffer.alloc(data.length - 4)]), footer);
  },
  'pages of another file': () => {
    const { data, footer } = split(good());
    return joined(Buffer.concat([magic, Buffer.from(data.subarray(4)).reverse()]), footer);
  },
  'cut in the middle': () => good().subarray(0, 60_000),
  'the last byte missing': () => good().subarray(0, -1),
};
