import type { DuckDBConnection } from '@duckdb/node-api';
import { wordsOf } from '../faults.ts';
import { Refused } from '../refused.ts';
import { literal, type LoadedSheet } from '../table.ts';
import type { CsvShape, Delimiter } from './csv-shape.ts';
import { uniqueNames } from './names.ts';

/**
 * Takes a CSV file of a shape already held into DuckDB, every cell as the text that stands there.
 * @throws Refused malformed where DuckDB sees other rows than the shape did.
 */
export const loadCsv = async (
  connection: DuckDBConnection,
  path: string,
  shape: CsvShape,
  delimiter: Delimiter,
): Promise<LoadedSheet> => {
  const columns = uniqueNames(shape.names).map((name, index) => ({ name, column: `c${index}` }));
  const types = columns.map(({ column }) => `${column}: 'VARCHAR'`).join(', ');
  const line = Math.max(2_000_000, shape.longest + 16);
  try {
    await connection.run(
      `create table cells as select * from read_csv(${literal(path)}, auto_detect = false, header = true,
         delim = ${literal(delimiter)}, quote = '"', escape = '"', columns = {${types}}, strict_mode = true,
         null_padding = false, compression = 'none', max_line_size = ${line}, buffer_size = ${Math.max(16_000_000, 2 * line)})`,
    );
  } catch (error) {
    if (/CSV Error|CSV Parser|Maximum line size/i.test(wordsOf(error)))
      throw new Refused('malformed', 'not CSV as RFC 4180 has it');
    throw error;
  }
  await connection.run('create view sheet_0 as select rowid + 1 as r, * from cells');
  const [[rows] = []] = (await connection.runAndReadAll('select count(*) from cells')).getRows();
  if (Number(rows) !== shape.rows) throw new Refused('malformed', 'rows that can be read in two ways');
  return { sheet: null, table: 'sheet_0', columns, rows: shape.rows };
};
