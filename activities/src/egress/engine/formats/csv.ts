import { createHash } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { eachPiece, Utf8Check } from '../bytes.ts';
import { Refused } from '../refused.ts';
import { literal, type LoadedSheet, type OpenOptions, type ReadLimits } from '../table.ts';
import { CsvShape, delimiterOf } from './csv-shape.ts';

/**
 * Walks the file once for its shape, encoding and hash.
 * `null` at the first byte that is not UTF-8.
 * @throws Refused as CsvShape; unknownFormat where it holds NUL bytes.
 */
export const shapeOf = async (
  path: string,
  head: Buffer,
  limits: ReadLimits,
  options: Pick<OpenOptions, 'signal' | 'progress'>,
): Promise<{ shape: CsvShape; delimiter: string; sha256: string } | null> => {
  const delimiter = delimiterOf(head.toString('utf8'));
  const shape = new CsvShape(delimiter, limits);
  const utf8 = new Utf8Check();
  const hash = createHash('sha256');
  let valid = true;
  let first = true;
  await eachPiece(path, options, (piece) => {
    valid = utf8.push(piece);
    if (!valid) return false;
    if (piece.includes(0)) throw new Refused('mixedEncodings', 'NUL bytes in a text file');
    hash.update(piece);
    shape.push(first ? withoutMark(piece) : piece);
    first = false;
    return undefined;
  });
  if (!valid || !utf8.end()) return null;
  shape.end();
  return { shape, delimiter, sha256: hash.digest('hex') };
};

/** The byte order mark is no part of the first name. */
const withoutMark = (piece: Buffer): Buffer =>
  piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf ? piece.subarray(3) : piece;

/** Takes a CSV file of a shape already held into DuckDB, every cell as the text that stands there. */
export const loadCsv = async (
  connection: DuckDBConnection,
  path: string,
  { shape, delimiter }: { shape: CsvShape; delimiter: string },
  limits: ReadLimits,
): Promise<LoadedSheet> => {
  const columns = shape.names.map((name, index) => ({ name, column: `c${index}` }));
  const types = columns.map(({ column }) => `${column}: 'VARCHAR'`).join(', ');
  const line = Math.min(limits.cellBytes * columns.length, 16_000_000) + 64 * columns.length;
  await connection.run(
    `create table cells as select * from read_csv(${literal(path)}, auto_detect = false, header = true,
       delim = ${literal(delimiter)}, quote = '"', escape = '"', columns = {${types}}, strict_mode = true,
       null_padding = false, compression = 'none', max_line_size = ${line})`,
  );
  await connection.run('create view sheet_0 as select rowid + 1 as r, * from cells');
  return { sheet: null, table: 'sheet_0', columns, rows: shape.rows };
};
