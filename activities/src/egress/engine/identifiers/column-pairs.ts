import type { DuckDBConnection } from '@duckdb/node-api';
import { axisOf } from '@gongshu/shared/egress/identifiers/coordinates';
import { findingsKept } from '@gongshu/shared/egress/report';
import type { LoadedSheet } from '../table.ts';

type Column = LoadedSheet['columns'][number];
export type Pair = { longitude: Column; latitude: Column; rows: number; kept: number[] };

const [east, north] = ['between 73 and 136', 'between 3 and 54'];

const decimal = (column: string, places: number): string =>
  `regexp_full_match(${column}, '\\s*[0-9]{1,3}[.][0-9]{${places},18}\\s*°?\\s*')`;
const degrees = (column: string): string => `try_cast(rtrim(trim(${column}), ' °') as double)`;

/** Columns that share a header but for the axis go together: 起点经度 with 起点纬度. */
const named = (columns: readonly Column[]): { longitude: Column; latitude: Column }[] => {
  const latitudes = columns.filter(({ name }) => axisOf(name) === 'latitude');
  return columns
    .filter(({ name }) => axisOf(name) === 'longitude')
    .flatMap((longitude) => {
      const after = columns.indexOf(longitude);
      const near = latitudes.toSorted(
        (one, other) => Math.abs(columns.indexOf(one) - after) - Math.abs(columns.indexOf(other) - after),
      );
      return near[0] ? [{ longitude, latitude: near[0] }] : [];
    });
};

/** Neighbours whose first thousand cells all look like the one and the other axis, to five places and more. */
const valued = async (connection: DuckDBConnection, { table, columns }: LoadedSheet) => {
  if (columns.length < 2) return [];
  const within = (column: string, range: string) =>
    `coalesce(bool_and(${decimal(column, 3)} and ${degrees(column)} ${range}), false) and count(${column}) filter (where ${decimal(column, 5)}) >= 0.8 * count(*) and count(${column}) = count(*) and approx_count_distinct(${column}) >= least(10, count(*))`;
  const found: { longitude: Column; latitude: Column }[] = [];
  for (let from = 0; from < columns.length; from += 100) {
    const some = columns.slice(from, from + 100);
    const asks = some.flatMap(({ column }) => [within(column, east), within(column, north)]);
    const sample = `select ${some.map(({ column }) => column).join(', ')} from ${table} limit 1000`;
    const reader = await connection.runAndReadAll(`select ${asks.join(', ')} from (${sample})`);
    const says = reader.getRows()[0] ?? [];
    for (const at of some.keys()) {
      const [one, other] = [some[at], some[at + 1]];
      if (!one || !other) continue;
      if (says[2 * at] === true && says[2 * at + 3] === true) found.push({ longitude: one, latitude: other });
      else if (says[2 * at + 1] === true && says[2 * at + 2] === true)
        found.push({ longitude: other, latitude: one });
    }
  }
  return found;
};

/**
 * Longitudes and latitudes in two columns, by their headers or by their values: rows where both stand in China's box with
 * three decimals at least, one with four (ten metres or so). Half the rows must be that exact.
 */
export const findPairs = async (connection: DuckDBConnection, sheet: LoadedSheet): Promise<Pair[]> => {
  const byName = named(sheet.columns);
  const taken = new Set(byName.flatMap(({ longitude, latitude }) => [longitude, latitude]));
  const byValue = (await valued(connection, sheet)).filter(
    ({ longitude, latitude }) => !taken.has(longitude) && !taken.has(latitude),
  );
  const pairs: Pair[] = [];
  for (const { longitude, latitude } of [...byName, ...byValue]) {
    const [x, y] = [longitude.column, latitude.column];
    const place = `${decimal(x, 3)} and ${decimal(y, 3)} and (${decimal(x, 4)} or ${decimal(y, 4)}) and ${degrees(x)} ${east} and ${degrees(y)} ${north}`;
    const reader = await connection.runAndReadAll(
      `select count(*), count(*) filter (where ${place}) from ${sheet.table} where ${x} is not null and ${y} is not null`,
    );
    const [all, rows] = (reader.getRows()[0] ?? []).map(Number);
    if (!rows || !all || rows < all / 2) continue;
    const kept = await connection.runAndReadAll(
      `select r::double from ${sheet.table} where ${place} order by r limit ${findingsKept}`,
    );
    pairs.push({ longitude, latitude, rows, kept: kept.getRows().map(([row]) => row as number) });
  }
  return pairs;
};
