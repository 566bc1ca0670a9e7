import { CatalogFileRefused } from './reasons.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'gb18030' | 'big5';

const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
];

const strictly = (bytes: Uint8Array, encoding: Encoding): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** The first line that does not decode. A line feed is no part of a longer character in any of the encodings read by line. */
const firstBadLine = (bytes: Uint8Array, encoding: Encoding): number => {
  for (let line = 1, from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, from);
    const to = end < 0 ? bytes.length : end + 1;
    if (strictly(bytes.subarray(from, to), encoding) === undefined) return line;
    from = to;
  }
  return 1;
};

const headerHas = (text: string, columns: readonly string[]): boolean => {
  const header = text.slice(0, 20_000);
  return columns.every((column) => header.includes(column));
};

/**
 * The text of a CSV file and the encoding it was read by: that of its byte order mark, else the declared one, else
 * UTF-8, else whichever of GB18030 and Big5 gives a header with the expected columns (both decode nearly any bytes,
 * so only the header can tell them apart). Nothing is replaced: bytes that the encoding does not know refuse the file
 * with the line they stand in. What Big5 maps to the private-use area is left in and refused cell by cell.
 */
export const decodeCsv = (
  bytes: Uint8Array,
  columns: readonly string[],
  declared?: Encoding,
): { text: string; encoding: Encoding } => {
  const mark = marks.find(([, start]) => start.every((byte, index) => bytes[index] === byte));
  const known = mark?.[0] ?? declared;
  if (known) {
    const text = strictly(bytes, known);
    if (text === undefined) {
      const line = known === 'utf-16le' ? 1 : firstBadLine(bytes, known);
      throw new CatalogFileRefused('malformedBytes', { line, encoding: known.toUpperCase() });
    }
    return { text: text.replace(/^\ufeff/, ''), encoding: known };
  }
  const utf8 = strictly(bytes, 'utf-8');
  if (utf8 !== undefined) return { text: utf8, encoding: 'utf-8' };
  const start = bytes.subarray(0, bytes.indexOf(0x0a) + 1 || bytes.length);
  const startOf = (encoding: Encoding) => new TextDecoder(encoding).decode(start);
  const encoding = (['utf-8', 'gb18030', 'big5'] as const).find((one) => headerHas(startOf(one), columns));
  if (!encoding) throw new CatalogFileRefused('encodingUnknown', { column: columns.join('、') });
  return decodeCsv(bytes, columns, encoding);
};
