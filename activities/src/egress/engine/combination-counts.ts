/** What is counted of a combination of matched columns, for chance to be judged by (chance.ts). Exact, by group. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Chance, Repeats } from './chance.ts';
import type { Match, SourceTable } from './column-match.ts';
import type { TokenSheet } from './fingerprints.ts';
import { quoted } from './table.ts';

/** One hash of a row's cells in these columns; empty cells are alike. */
export const combined = (side: 'product' | 'source', columns: Match[]): string =>
  `hash(${columns.map((match) => `t${match[side]}`).join(', ')})`;

/** Of a query of group sizes `n`: how many groups there are of each. */
export const repeatsOf = async (connection: DuckDBConnection, counts: string): Promise<Repeats> => {
  const read = await connection.runAndReadAll(`SELECT n, count(*) FROM (${counts}) GROUP BY n ORDER BY n`);
  const times = new Map(read.getRows().map(([n, c]) => [Number(n), Number(c)] as const));
  let [rows, pairs] = [0, 0];
  for (const [n, c] of times) {
    rows += n * c;
    pairs += (c * n * (n - 1)) / 2;
  }
  return { rows, pairs, times };
};

const grouped = (table: string, by: string): string => `SELECT count(*) AS n FROM ${table} GROUP BY ${by}`;

/** All that tells how often strangers agree, the rare field left out; rests on `containment_combinations` of these columns. */
export const chanceOf = async (
  connection: DuckDBConnection,
  product: TokenSheet,
  source: SourceTable,
  columns: Match[],
  below: number,
): Promise<Chance> => {
  const repeats = await repeatsOf(connection, 'SELECT n FROM containment_combinations');
  const own = product.columns.map(({ column }) => column).join(', ');
  const small = source.rows < 1_000;
  const unlike = `(SELECT DISTINCT ${own} FROM ${quoted(product.table)})`;
  return {
    productRows: product.rows,
    source: repeats,
    ...(small ? { product: await repeatsOf(connection, grouped(unlike, combined('product', columns))) } : {}),
    columnPairs: columns.map(({ pairs }) => pairs),
    below,
  };
};

/** Of the rarest field, where fewer than `below` rows of the source have a value of it on average. */
export const rareField = async (
  connection: DuckDBConnection,
  source: SourceTable,
  columns: Match[],
  { source: whole, below }: Chance,
): Promise<Pick<Chance, 'rare'>> => {
  const rarest = columns.toSorted((a, b) => a.pairs - b.pairs)[0];
  if (!rarest || columns.length < 2) return {};
  const own = await repeatsOf(connection, grouped(quoted(source.table), `t${rarest.source}`));
  const values = [...own.times.values()].reduce((sum, n) => sum + n, 0);
  if (own.rows / values >= below) return {};
  const rest = columns.filter((match) => match !== rarest);
  const others = await repeatsOf(connection, grouped(quoted(source.table), combined('source', rest)));
  const all = (source.rows * (source.rows - 1)) / 2;
  return { rare: { across: rarest.pairs, restPairs: others.pairs - whole.pairs, allPairs: all - own.pairs } };
};
