/**
 * What stands within a cell (E1): a cell of JSON, an object or a list, is taken apart, and each value within it stands in a
 * column of its own, named by its path, so that rows put into one object are compared field by field.
 *
 * Bounds, for each column: eight levels, twenty places of a list, and the 200 paths that most rows have, equals by name.
 * Where they take in all values, the cell itself is left out: its fields are not counted twice, nor does the order of its
 * names count. Not taken apart: JSON within a text of JSON; several rows in one cell.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { telling } from '@gongshu/shared/egress/identifiers/json';
import { mustGoOn } from './refused.ts';
import { type LoadedSheet, literal, quoted } from './table.ts';

const mostLevels = 8;
const mostPlaces = 20;
const mostPaths = 200;
/** What the head of a fingerprint holds. */
const mostColumns = 2_000;

type Column = LoadedSheet['columns'][number];
/** A sheet's columns; `shown` where a report may not say the path as it stands. */
export type NestedSheet = Omit<LoadedSheet, 'columns'> & { columns: (Column & { shown?: string })[] };
type Within = { paths: string[]; all: boolean };

/** A sheet with what stands within its cells: its own columns first, as they were. The same sheet where nothing does. */
export const withNested = async (
  connection: DuckDBConnection,
  sheet: LoadedSheet,
  signal?: AbortSignal,
): Promise<NestedSheet> => {
  const opened = new Map<Column, Within>();
  const added: { column: Column & { shown: string }; sql: string }[] = [];
  for (const column of await columnsOfJson(connection, sheet)) {
    const room = Math.min(mostPaths, mostColumns - sheet.columns.length - added.length);
    const within = await pathsWithin(connection, sheet, column, room, signal);
    if (within.paths.length === 0) continue;
    opened.set(column, within);
    for (const [at, path] of within.paths.entries())
      added.push({
        column: {
          name: `${column.name}${path}`,
          shown: `${column.name}${shownPath(path, at)}`,
          column: `n${added.length}`,
        },
        sql: `${quoted(`w_${column.column}`)}[${at + 1}]`,
      });
  }
  if (added.length === 0) return sheet;
  const table = `${sheet.table}_nested`;
  const lists = [...opened].map(
    ([column, { paths }]) =>
      `json_extract_string(${jsonOf(column)}, [${paths.map(literal).join(', ')}]) AS ${quoted(`w_${column.column}`)}`,
  );
  const own = sheet.columns.map((column) => {
    const name = quoted(column.column);
    return opened.get(column)?.all ? `CASE WHEN ${jsonOf(column)} IS NULL THEN ${name} END AS ${name}` : name;
  });
  const nested = added.map(({ column, sql }) => `${sql} AS ${quoted(column.column)}`);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${quoted(table)} AS SELECT r, ${[...own, ...nested].join(', ')}
     FROM (SELECT *, ${lists.join(', ')} FROM ${quoted(sheet.table)})`,
  );
  return { ...sheet, table, columns: [...sheet.columns, ...added.map(({ column }) => column)] };
};

/** A name within a cell may be somebody's number, or a text: then the path's ordinal stands for it, as in findings. */
const shownPath = (path: string, at: number): string =>
  path
    .split('/')
    .map((name) => (telling(name) || name.length > 60 ? `#${at + 1}` : name))
    .join('/');

const looksLikeJson = (name: string): string => `left(ltrim(${name}), 1) IN ('{', '[')`;

const columnsOfJson = async (connection: DuckDBConnection, sheet: LoadedSheet): Promise<Column[]> => {
  const any = sheet.columns.map(({ column }) => `bool_or(${looksLikeJson(quoted(column))})`);
  const read = await connection.runAndReadAll(`SELECT ${any.join(', ')} FROM ${quoted(sheet.table)}`);
  const found = read.getRows()[0] ?? [];
  return sheet.columns.filter((_, at) => found[at] === true);
};

/** The cell as JSON, NULL where it is none. */
const jsonOf = ({ column }: Column): string => {
  const name = quoted(column);
  return `CASE WHEN ${looksLikeJson(name)} AND json_valid(${name}) THEN ${name}::JSON END`;
};

/** The paths, as JSON pointers, that lead to values; level by level, one pass over the rows for each. */
const pathsWithin = async (
  connection: DuckDBConnection,
  sheet: LoadedSheet,
  column: Column,
  room: number,
  signal?: AbortSignal,
): Promise<Within> => {
  const found: { path: string; rows: number }[] = [];
  let all = true;
  let within = `SELECT '' AS p, ${jsonOf(column)} AS v FROM ${quoted(sheet.table)}`;
  for (let level = 0; within !== ''; level += 1) {
    mustGoOn(signal);
    if (level === mostLevels) return { paths: mostFound(found, room), all: false };
    const read = await connection.runAndReadAll(
      `SELECT CASE WHEN NOT beyond THEN path END AS place, nested, count(*) AS n FROM (
         SELECT p || '/' || replace(replace(e.key, '~', '~0'), '/', '~1') AS path,
           e.type IN ('OBJECT', 'ARRAY') AS nested,
           json_type(v) = 'ARRAY' AND try_cast(e.key AS BIGINT) >= ${mostPlaces} AS beyond
         FROM (${within}), json_each(v) e WHERE v IS NOT NULL AND e.type <> 'NULL')
       GROUP BY ALL ORDER BY n DESC, place LIMIT ${4 * mostPaths}`,
    );
    const places = read.getRows().map(([path, nested, n]) => ({ path, nested, rows: Number(n) }));
    const rows = places.flatMap(({ path, ...one }) => (typeof path === 'string' ? [{ path, ...one }] : []));
    all &&= places.length < 4 * mostPaths && rows.length === places.length;
    found.push(...rows.filter(({ nested }) => nested !== true));
    const deeper = rows.filter(({ nested }) => nested === true);
    all &&= deeper.length <= mostPaths;
    const pointers = deeper.slice(0, mostPaths).map(({ path }) => literal(path));
    within = pointers.length
      ? `SELECT unnest([${pointers.join(', ')}]) AS p,
          unnest(json_extract(${jsonOf(column)}, [${pointers.join(', ')}])) AS v FROM ${quoted(sheet.table)}`
      : '';
  }
  return { paths: mostFound(found, room), all: all && found.length <= room };
};

const mostFound = (found: { path: string; rows: number }[], room: number): string[] =>
  found
    .toSorted((a, b) => b.rows - a.rows || (a.path < b.path ? -1 : 1))
    .slice(0, room)
    .map(({ path }) => path);
