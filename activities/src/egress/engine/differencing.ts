/**
 * Differencing (E1): what two releases tell together that neither tells alone. Over the fields that both carry, rows that
 * came or went in a number below k single out whoever they are of, though each release by itself keeps k. Of a declared
 * table of aggregates, the counts of one cell are compared: a cell that grew or fell by fewer than k. Rows are compared by
 * hashes of their normal forms, equal rows counted as often as they stand; counts as the numbers that were released.
 * Releases that share no more than half of the smaller one tell of different rows and make no finding. A row of which one field changed counts
 * as one that went and one that came.
 */
import type { AggregateTable } from '@gongshu/shared/egress/aggregate-table';
import type { FingerprintHeader } from '@gongshu/shared/egress/fingerprint';
import type { DifferenceFinding } from '@gongshu/shared/egress/report';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type SourceTable, matchColumns, overlaps } from './column-match.ts';
import {
  type FingerprintKey,
  type TokenSheet,
  hashedName,
  readFingerprint,
  tokensOf,
} from './fingerprints.ts';
import { mustGoOn } from './refused.ts';
import { type Loaded, type LoadedSheet, type ScanProgress, literal, quoted } from './table.ts';

/** The fingerprint of a version released before: of the same product, or of another of the same source. */
export type EarlierRelease = { id: string; file: string };

export type DifferencesOptions = {
  key: FingerprintKey;
  /** Declared tables of aggregates of the file that is judged. */
  aggregates?: readonly AggregateTable[];
  signal?: AbortSignal;
  progress?: (progress: ScanProgress) => void;
};

/**
 * Differences smaller than `k`, in the order of the releases, sheets of the product, sheets of the release: by counts only.
 * @throws Refused where a fingerprint cannot be used (`fingerprintUnusable`) or the signal says stop.
 */
export const differences = async (
  loaded: Loaded,
  earlier: readonly EarlierRelease[],
  k: number,
  { key, aggregates = [], signal, progress }: DifferencesOptions,
): Promise<DifferenceFinding[]> => {
  const findings: DifferenceFinding[] = [];
  if (earlier.length === 0) return findings;
  const { connection } = loaded;
  const sheets = await tokensOf(loaded, key, signal);
  for (const [at, release] of earlier.entries()) {
    progress?.({ phase: 'differences', done: at, of: earlier.length });
    const { header, file } = await readFingerprint(connection, release.file, { key, of: 'release' });
    for (const [ordinal, product] of sheets.entries()) {
      const sheet = loaded.sheets[ordinal];
      const declared = sheet ? declaredOf(sheet, aggregates) : [];
      for (const [number, before] of header.sheets.entries()) {
        mustGoOn(signal);
        const table = await releasedTable(connection, file, number, before);
        const found =
          sheet && declared.length > 0
            ? await ofCounts(connection, { sheet, product, table, before, declared, key, k })
            : await ofRows(connection, { product, table, k, ...(signal ? { signal } : {}) });
        findings.push(...found.map((one) => ({ against: release.id, sheet: product.sheet, ...one })));
        await connection.run(`DROP TABLE ${quoted(table.table)}`);
      }
    }
  }
  progress?.({ phase: 'differences', done: earlier.length, of: earlier.length });
  return findings;
};

type Difference = Pick<DifferenceFinding, 'fields' | 'appeared' | 'disappeared'>;
type ReleasedSheet = FingerprintHeader['sheets'][number];

const declaredOf = (sheet: LoadedSheet, aggregates: readonly AggregateTable[]): AggregateTable[] => {
  const names = new Set(sheet.columns.map(({ name }) => name));
  return aggregates.filter(
    ({ sheet: named, count, dimensions }) =>
      (named === undefined || named === sheet.sheet) &&
      count !== undefined &&
      [count, ...dimensions].every((name) => names.has(name)),
  );
};

/** The declared counts of a file by sheet: what its fingerprint keeps as numbers. */
export const countsIn = (
  { sheets }: Pick<Loaded, 'sheets'>,
  aggregates: readonly AggregateTable[],
): { sheet: string | null; columns: string[] }[] =>
  sheets.map((sheet) => ({
    sheet: sheet.sheet,
    columns: declaredOf(sheet, aggregates).flatMap(({ count }) => count ?? []),
  }));

const releasedTable = async (
  connection: DuckDBConnection,
  file: string,
  number: number,
  { rows, columns }: ReleasedSheet,
): Promise<SourceTable> => {
  const cells = columns.flatMap(({ count }, at) => (count ? [`t${at}`, `n${at}`] : [`t${at}`])).join(', ');
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE released AS SELECT ${cells} FROM read_parquet(${literal(file)}) WHERE s = ${number}`,
  );
  return {
    table: 'released',
    rows,
    columns: columns.map(({ name }, at) => ({ hashed: name, column: `t${at}` })),
  };
};

const below = (difference: number, k: number): boolean => difference > 0 && difference < k;

const numbersOf = async (connection: DuckDBConnection, sql: string): Promise<number[]> =>
  ((await connection.runAndReadAll(sql)).getRows()[0] ?? []).map(Number);

/** Columns of one name that share a value, and, where names differ, columns whose values show that they are one. */
const sharedColumns = async (
  connection: DuckDBConnection,
  product: TokenSheet,
  table: SourceTable,
  signal?: AbortSignal,
): Promise<{ product: number; source: number }[]> => {
  if (product.rows === 0 || table.rows === 0) return [];
  const named = product.columns.flatMap(({ hashed }, at) => {
    const other = table.columns.findIndex((column) => column.hashed === hashed);
    return other < 0 ? [] : [{ product: at, source: other }];
  });
  if (named.length === product.columns.length) return shareValues(connection, product, table, named);
  const found = await overlaps(connection, product, table, signal);
  const known = await shareValues(connection, product, table, named);
  const free = found.filter(
    (one) => !known.some((pair) => pair.product === one.product || pair.source === one.source),
  );
  const matched = await matchColumns(connection, product, table, { found: free, fields: 1 }, signal);
  return [...known, ...matched].toSorted((a, b) => a.product - b.product);
};

const shareValues = async <T extends { product: number; source: number }>(
  connection: DuckDBConnection,
  product: TokenSheet,
  table: SourceTable,
  pairs: T[],
): Promise<T[]> => {
  if (pairs.length === 0) return [];
  const shared = pairs.map(
    (pair) =>
      `EXISTS (SELECT 1 FROM ${quoted(product.table)} p SEMI JOIN ${quoted(table.table)} s ON p.t${pair.product} = s.t${pair.source})::INT`,
  );
  const flags = await numbersOf(connection, `SELECT ${shared.join(', ')}`);
  return pairs.filter((_, at) => flags[at] === 1);
};

const ofRows = async (
  connection: DuckDBConnection,
  { product, table, k, signal }: { product: TokenSheet; table: SourceTable; k: number; signal?: AbortSignal },
): Promise<Difference[]> => {
  const shared = await sharedColumns(connection, product, table, signal);
  if (shared.length === 0) return [];
  const counted = (from: string, columns: number[]) =>
    `SELECT hash(${columns.map((at) => `t${at}`).join(', ')}) AS h, count(*) AS n FROM ${quoted(from)} GROUP BY h`;
  const [appeared = 0, disappeared = 0, common = 0] = await numbersOf(
    connection,
    `WITH a AS (${counted(
      product.table,
      shared.map((pair) => pair.product),
    )}),
      b AS (${counted(
        table.table,
        shared.map((pair) => pair.source),
      )}),
      both_ AS (SELECT coalesce(a.n, 0) AS now, coalesce(b.n, 0) AS before FROM a FULL JOIN b USING (h))
    SELECT sum(greatest(now - before, 0)), sum(greatest(before - now, 0)), sum(least(now, before)) FROM both_`,
  );
  // Two tables of the same rows share most of the smaller one; a value in common by chance makes no difference of them.
  const alike = common * 2 > Math.min(product.rows, table.rows);
  if (!alike || !(below(appeared, k) || below(disappeared, k))) return [];
  const fields = shared.flatMap((pair) => product.columns[pair.product]?.name ?? []);
  return [{ fields, appeared, disappeared }];
};

type Counted = {
  sheet: LoadedSheet;
  product: TokenSheet;
  table: SourceTable;
  before: ReleasedSheet;
  declared: AggregateTable[];
  key: FingerprintKey;
  k: number;
};

const ofCounts = async (
  connection: DuckDBConnection,
  { sheet, product, table, before, declared, key, k }: Counted,
): Promise<Difference[]> => {
  const found: Difference[] = [];
  const own = (name: string) => sheet.columns.findIndex((column) => column.name === name);
  const earlier = (name: string) =>
    before.columns.findIndex((column) => column.name === hashedName(name, key));
  for (const { dimensions, count = '' } of declared) {
    const counts = { own: own(count), earlier: earlier(count) };
    const pairs = dimensions.map((name) => ({ own: own(name), earlier: earlier(name) }));
    if (!before.columns[counts.earlier]?.count || pairs.some((pair) => pair.earlier < 0)) continue;
    const on = pairs.map((pair) => `p.t${pair.own} IS NOT DISTINCT FROM b.t${pair.earlier}`).join(' AND ');
    const now = `TRY_CAST(replace(s.${quoted(sheet.columns[counts.own]?.column ?? '')}, ',', '') AS DOUBLE)`;
    const [grew = 0, fell = 0] = await numbersOf(
      connection,
      `SELECT count(*) FILTER (d > 0 AND d < ${k}), count(*) FILTER (d < 0 AND d > -${k})
      FROM (SELECT ${now} - b.n${counts.earlier} AS d FROM ${quoted(product.table)} p
        JOIN ${quoted(sheet.table)} s USING (r) JOIN ${quoted(table.table)} b ON ${on || 'true'})`,
    );
    if (grew + fell > 0) found.push({ fields: [...dimensions, count], appeared: grew, disappeared: fell });
  }
  return found;
};
