import type { DuckDBConnection } from '@duckdb/node-api';
import { withEveryKey } from '@gongshu/shared/egress/identifiers/repeated-keys';
import { wordsOf } from '../faults.ts';
import { Refused } from '../refused.ts';
import { literal, type LoadedSheet, type ReadLimits } from '../table.ts';
import { uniqueNames } from './names.ts';

/** Longest line in bytes: as many full cells as fit; a longer one is refused as a cell too long. */
const lineBytes = (limits: ReadLimits): number => limits.cellBytes * 4;

/** Values within values: what any reader after this one still takes apart. */
const mostLevels = 128;

/** Holds JSON lines to their bounds before anything parses them. */
export class JsonLinesShape {
  private readonly most: number;
  private line = 0;
  private lines = 0;
  private depth = 0;
  private inText = false;
  private escaped = false;

  constructor(limits: ReadLimits) {
    this.most = lineBytes(limits);
  }

  /** @throws Refused cellTooLong, malformed (values within values beyond all measure), with the row. */
  push(piece: Buffer): void {
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at] as number;
      if (byte === 0x0a) {
        this.line = -1;
        this.lines += 1;
        this.depth = 0;
        this.inText = false;
        this.escaped = false;
      } else if (this.escaped) this.escaped = false;
      else if (this.inText) {
        if (byte === 0x22) this.inText = false;
        else if (byte === 0x5c) this.escaped = true;
      } else if (byte === 0x22) this.inText = true;
      else if (byte === 0x7b || byte === 0x5b) {
        this.depth += 1;
        if (this.depth > mostLevels)
          throw new Refused('malformed', `more than ${mostLevels} levels`, { row: this.lines + 1 });
      } else if (byte === 0x7d || byte === 0x5d) this.depth -= 1;
      this.line += 1;
      if (this.line > this.most)
        throw new Refused('cellTooLong', `a line of more than ${this.most} bytes`, { row: this.lines + 1 });
    }
  }

  /** Whether the last line was left without its end. */
  get open(): boolean {
    return this.line > 0;
  }

  get whole(): number {
    return this.lines;
  }
}

const rowsOf = async (connection: DuckDBConnection, query: string) =>
  (await connection.runAndReadAll(query)).getRows();

/** SQL for the keys of a JSON text as they are written, a text before a colon; never fewer than there are. */
const written = `regexp_extract_all(json::varchar, '"((?:[^"\\\\]|\\\\.)*)"\\s*:', 1)`;

/**
 * Within a value too a name stands once: of two, readers keep one. SQL picks the lines that write some key twice, in
 * whichever objects, or an escape in one.
 * @throws Refused malformed, with the row.
 */
const mustNameOnceWithin = async (connection: DuckDBConnection): Promise<void> => {
  const result = await connection.stream(
    `select line, json from (
       select rowid + 1 as line, json::varchar as json, ${written} as keys from lines
       where length(json::varchar) - length(replace(json::varchar, '{', '')) > 1)
     where len(keys) <> len(list_distinct(keys)) or len(list_filter(keys, lambda key: contains(key, '\\'))) > 0`,
  );
  for await (const rows of result.yieldRows())
    for (const [line, json] of rows)
      if (withEveryKey(String(json)) !== json)
        throw new Refused('malformed', 'a value that names a field twice', { row: Number(line) });
};

/**
 * Takes JSON lines into DuckDB: one object a line, a column for each name in the order of first sight,
 * numbers digit by digit as they stand, what is nested as JSON text.
 * @throws Refused malformed with the row (no object, a name twice in one object, within its values too), truncated,
 * tooManyColumns, cellTooLong.
 */
export const loadJsonLines = async (
  connection: DuckDBConnection,
  path: string,
  shape: JsonLinesShape,
  limits: ReadLimits,
): Promise<LoadedSheet> => {
  try {
    await connection.run(
      `create table lines as select json from read_json_objects(${literal(path)}, format = 'newline_delimited',
         maximum_object_size = ${lineBytes(limits)}, compression = 'uncompressed')`,
    );
  } catch (error) {
    throw asRefused(error, shape);
  }
  const [[rows] = []] = await rowsOf(connection, 'select count(*) from lines');
  if (Number(rows) > limits.rows) throw new Refused('tooLarge', `more than ${limits.rows} rows`);
  const [[bad] = []] = await rowsOf(
    connection,
    `select min(rowid + 1) from lines
     where json_type(json) <> 'OBJECT' or len(json_keys(json)) <> len(list_distinct(json_keys(json)))`,
  );
  if (bad !== null)
    throw new Refused('malformed', 'a line that is no object, or names a field twice', { row: Number(bad) });
  await mustNameOnceWithin(connection);
  const keys = (
    await rowsOf(
      connection,
      `select key from (
         select unnest(json_keys(json)) as key, generate_subscripts(json_keys(json), 1) as nth, rowid as line from lines)
       group by key order by min(line), arg_min(nth, line) limit ${limits.columns + 1}`,
    )
  ).map(([key]) => String(key));
  if (keys.length > limits.columns)
    throw new Refused('tooManyColumns', `more than ${limits.columns} columns`);
  if (keys.length === 0) throw new Refused('empty', 'objects without fields');
  const pointers = keys.map((key) => literal(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`));
  const columns = uniqueNames(keys).map((name, index) => ({ name, column: `c${index}` }));
  const cells = columns.map(({ column }, index) => `nullif(v[${index + 1}], '') as ${column}`);
  await connection.run(
    `create table cells as select ${cells.join(', ')}
     from (select json_extract_string(json, [${pointers.join(', ')}]) as v from lines)`,
  );
  await connection.run('drop table lines');
  await connection.run('create view sheet_0 as select rowid + 1 as r, * from cells');
  return { sheet: null, table: 'sheet_0', columns, rows: Number(rows) };
};

/** DuckDB counts the lines before its fault, the faulty one being the last; a fault in a last line left open is a cut file. */
const asRefused = (error: unknown, shape: JsonLinesShape): unknown => {
  const line = /Malformed JSON .* in line (\d+)/.exec(wordsOf(error))?.[1];
  if (!line) return error;
  const row = Number(line) - 1;
  return shape.open && row > shape.whole
    ? new Refused('truncated', 'the last line is cut', { row })
    : new Refused('malformed', 'a line that is not JSON', { row });
};
