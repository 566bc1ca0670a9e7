import type { DuckDBConnection } from '@duckdb/node-api';
import { Refused } from '../refused.ts';
import { literal, quoted, type LoadedSheet, type ReadLimits } from '../table.ts';
import { uniqueNames } from './names.ts';
import { mustNoteNobody } from './parquet-notes.ts';

type Row = Record<string, unknown>;
const rowsOf = async (connection: DuckDBConnection, query: string): Promise<Row[]> =>
  (await connection.runAndReadAll(query)).getRowObjectsJS();

/** The text of a value as a person reads it: whole numbers without a fraction, bytes that are text as text. */
const asText = (column: string, type: string): string => {
  const name = quoted(column);
  if (type === 'VARCHAR') return `nullif(${name}, '')`;
  if (type === 'BLOB') return `nullif(coalesce(try(decode(${name})), base64(${name})), '')`;
  if (type === 'DOUBLE' || type === 'FLOAT')
    return `case when abs(${name}) < 1e18 and ${name} = trunc(${name}) then ${name}::bigint::varchar else ${name}::varchar end`;
  if (/[[(]/.test(type) && !/^(?:DECIMAL|ENUM)/.test(type)) return `to_json(${name})::varchar`;
  return `${name}::varchar`;
};

/** What the footer says must fit into the file and the bounds before a page is read by it. */
const mustAddUp = async (
  connection: DuckDBConnection,
  source: string,
  size: number,
  limits: ReadLimits,
): Promise<number> => {
  const [file] = await rowsOf(
    connection,
    `select num_rows, num_row_groups from parquet_file_metadata(${source})`,
  );
  const rows = Number(file?.['num_rows'] ?? -1);
  if (rows < 0) throw new Refused('malformed', 'a Parquet footer without rows');
  if (rows > limits.rows) throw new Refused('tooLarge', `more than ${limits.rows} rows`);
  const [sums] = await rowsOf(
    connection,
    `select count(distinct column_id)::double as columns, sum(total_uncompressed_size)::double as unpacked,
       bool_or(total_compressed_size < 0 or total_uncompressed_size < 0 or data_page_offset < 4
         or least(data_page_offset, coalesce(nullif(dictionary_page_offset, 0), data_page_offset)) + total_compressed_size > ${size}
         or num_values < 0 or row_group_num_rows < 0) as beyond
     from parquet_metadata(${source})`,
  );
  const [groups] = await rowsOf(
    connection,
    `select coalesce(sum(n), 0)::double as rows from (
       select any_value(row_group_num_rows) as n from parquet_metadata(${source}) group by row_group_id)`,
  );
  if (sums?.['beyond'] === true)
    throw new Refused('malformed', 'a Parquet footer that points beyond the file');
  if (Number(groups?.['rows']) !== rows)
    throw new Refused('malformed', 'a Parquet footer whose rows do not add up');
  if (Number(sums?.['columns'] ?? 0) > limits.columns)
    throw new Refused('tooManyColumns', `more than ${limits.columns} columns`);
  if (Number(sums?.['unpacked'] ?? 0) > limits.unpackedBytes)
    throw new Refused('tooLarge', `more than ${limits.unpackedBytes} bytes unpacked`);
  return rows;
};

/**
 * Takes a Parquet file into DuckDB, every value as text, what is nested as JSON text.
 * @throws Refused malformed where the footer lies, its notes identify somebody or pages cannot be read; tooLarge; tooManyColumns; cellTooLong.
 */
export const loadParquet = async (
  connection: DuckDBConnection,
  path: string,
  size: number,
  limits: ReadLimits,
): Promise<LoadedSheet> => {
  const source = literal(path);
  const rows = await mustAddUp(connection, source, size, limits);
  await mustNoteNobody(connection, source);
  const described = await rowsOf(connection, `describe select * from read_parquet(${source})`);
  const columns = uniqueNames(described.map((row) => String(row['column_name']))).map((name, index) => ({
    name,
    column: `c${index}`,
  }));
  const cells = described.map(
    (row, index) => `${asText(String(row['column_name']), String(row['column_type']))} as c${index}`,
  );
  await connection.run(`create table cells as select ${cells.join(', ')} from read_parquet(${source})`);
  const [counted] = await rowsOf(connection, 'select count(*)::double as rows from cells');
  if (Number(counted?.['rows']) !== rows)
    throw new Refused('malformed', 'fewer rows than the Parquet footer says');
  await connection.run('create view sheet_0 as select rowid + 1 as r, * from cells');
  return { sheet: null, table: 'sheet_0', columns, rows };
};
