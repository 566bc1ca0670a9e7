/**
 * Which column of a product is which of a source (E1): by the values they share, never by name alone, so renamed, moved and
 * left-out columns are seen through. First the values every pair of columns shares; then, from a column whose values lead
 * to few rows (a number, a moment), which columns agree on the rows it leads to, more often than by chance. Where no such
 * column is, columns of one name, or of the same values in the same shares.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { tail } from './chance.ts';
import type { TokenSheet } from './fingerprints.ts';
import { mustGoOn } from './refused.ts';
import { quoted } from './table.ts';

/** Hashes of a source in the same database: `q` for the row, `t0`, … as in the fingerprint. */
export type SourceTable = { table: string; rows: number; columns: { hashed: string; column: string }[] };

/** Two columns that share values: distinct ones, pairs of rows that agree, and how alike the shares are (0 to 1). */
export type Overlap = { product: number; source: number; shared: number; pairs: number; alike: number };
/** A product's column and the source's it comes from. */
export type Match = Overlap;

const cellsAtOnce = 14_000_000;
const columnsAtOnce = 48;
const pairsLookedAt = 20_000;
const leadsTried = 6;
/** Leads whose result is compared, once one has brought columns enough. */
const leadsCompared = 2;

const numbers = async (connection: DuckDBConnection, sql: string): Promise<number[][]> =>
  (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(Number));

const slices = (count: number): number[][] => {
  const all = Array.from({ length: count }, (_, at) => at);
  return Array.from({ length: Math.ceil(count / columnsAtOnce) }, (_, at) =>
    all.slice(at * columnsAtOnce, (at + 1) * columnsAtOnce),
  );
};

/** What each pair of columns shares. Columns of one value say nothing and take no part. Exact: every value is looked at. */
export const overlaps = async (
  connection: DuckDBConnection,
  product: TokenSheet,
  source: SourceTable,
  signal?: AbortSignal,
): Promise<Overlap[]> => {
  const cells = product.rows * product.columns.length + source.rows * source.columns.length;
  const parts = Math.max(1, Math.ceil(cells / cellsAtOnce));
  // hashes spread evenly over 64 bits: each part takes a stretch of them
  const from = (part: number) => `${(2n ** 64n * BigInt(part)) / BigInt(parts)}::UBIGINT`;
  const within = (at: number, part: number) =>
    part + 1 < parts ? `t${at} >= ${from(part)} AND t${at} < ${from(part + 1)}` : `t${at} >= ${from(part)}`;
  const counted = (table: string, columns: number[], part: number) =>
    columns
      .map(
        (at) =>
          `SELECT ${at} AS c, t${at} AS x, count(*) AS n FROM ${quoted(table)} WHERE ${within(at, part)} GROUP BY x`,
      )
      .join(' UNION ALL ');
  const found = new Map<string, Overlap>();
  for (const ofProduct of slices(product.columns.length))
    for (const ofSource of slices(source.columns.length))
      for (let part = 0; part < parts; part += 1) {
        mustGoOn(signal);
        const rows = await numbers(
          connection,
          `WITH a AS (${counted(product.table, ofProduct, part)}), b AS (${counted(source.table, ofSource, part)})
          SELECT a.c, b.c, count(*), sum(a.n::DOUBLE * b.n), sum(least(a.n / ${product.rows}, b.n / ${source.rows}))
          FROM a JOIN b USING (x) GROUP BY ALL ORDER BY ALL`,
        );
        for (const [p = 0, s = 0, shared = 0, pairs = 0, alike = 0] of rows) {
          const before = found.get(`${p},${s}`) ?? { product: p, source: s, shared: 0, pairs: 0, alike: 0 };
          found.set(`${p},${s}`, {
            ...before,
            shared: before.shared + shared,
            pairs: before.pairs + pairs,
            alike: before.alike + alike,
          });
        }
      }
  const telling = (at: number, rows: number, pairs: number) => pairs < at * rows;
  return [...found.values()].filter(({ pairs }) => telling(product.rows, source.rows, pairs));
};

/** The columns that go together, each at most once, in the product's order. */
export const matchColumns = async (
  connection: DuckDBConnection,
  product: TokenSheet,
  source: SourceTable,
  { found, fields }: { found: Overlap[]; fields: number },
  signal?: AbortSignal,
): Promise<Match[]> => {
  const leading = found
    .filter(({ pairs }) => pairs <= 4 * Math.max(product.rows, source.rows))
    .toSorted((a, b) => b.shared - a.shared || a.product - b.product || a.source - b.source)
    .slice(0, leadsTried);
  let best: { matches: Match[]; weight: number } = { matches: [], weight: 0 };
  for (const [tried, lead] of leading.entries()) {
    mustGoOn(signal);
    if (tried >= leadsCompared && best.matches.length >= fields) break;
    const scored = await agreeing(connection, product, source, found, lead);
    const matches = assign(scored);
    const weight = matches.reduce(
      (sum, match) => sum + (scored.find((s) => s.overlap === match)?.score ?? 0),
      0,
    );
    if (
      matches.length > best.matches.length ||
      (matches.length === best.matches.length && weight > best.weight)
    )
      best = { matches, weight };
  }
  const alone = byNameOrShares(product, source, found);
  const matches = best.matches.length >= alone.length ? best.matches : alone;
  return matches.toSorted((a, b) => a.product - b.product);
};

type Scored = { overlap: Overlap; score: number };

/** Columns that agree on the rows a leading pair of columns brings together, far more often than any two rows do. */
const agreeing = async (
  connection: DuckDBConnection,
  product: TokenSheet,
  source: SourceTable,
  found: Overlap[],
  lead: Overlap,
): Promise<Scored[]> => {
  const checks = found.map(({ product: p, source: s }) => `count(*) FILTER (p.t${p} = s.t${s})`);
  const [row] = await numbers(
    connection,
    `WITH led AS (SELECT p.r FROM ${quoted(product.table)} p
      SEMI JOIN ${quoted(source.table)} s ON p.t${lead.product} = s.t${lead.source} ORDER BY p.r LIMIT ${pairsLookedAt}),
    few AS (SELECT p.* FROM ${quoted(product.table)} p SEMI JOIN led USING (r))
    SELECT count(*), ${checks.join(', ')} FROM few p JOIN ${quoted(source.table)} s ON p.t${lead.product} = s.t${lead.source}`,
  );
  const [pairs = 0, ...agreed] = row ?? [];
  const all = product.rows * source.rows;
  return found.flatMap((overlap, at) => {
    const hits = agreed[at] ?? 0;
    const usual = (pairs * overlap.pairs) / all;
    const score = (hits - usual) / Math.sqrt(usual + 1);
    return tail(hits, usual) <= 1e-3 ? [{ overlap, score }] : [];
  });
};

/** The best pairs first, each column once; ties go by the columns' order. */
const assign = (scored: Scored[]): Match[] => {
  const [products, sources] = [new Set<number>(), new Set<number>()];
  return scored
    .toSorted(
      (a, b) =>
        b.score - a.score || a.overlap.product - b.overlap.product || a.overlap.source - b.overlap.source,
    )
    .flatMap(({ overlap }) => {
      if (products.has(overlap.product) || sources.has(overlap.source)) return [];
      products.add(overlap.product);
      sources.add(overlap.source);
      return [overlap];
    });
};

const byNameOrShares = (product: TokenSheet, source: SourceTable, found: Overlap[]): Match[] =>
  assign(
    found.flatMap((overlap) => {
      const sameName = product.columns[overlap.product]?.hashed === source.columns[overlap.source]?.hashed;
      return sameName || overlap.alike >= 0.5 ? [{ overlap, score: overlap.alike + (sameName ? 1 : 0) }] : [];
    }),
  );
