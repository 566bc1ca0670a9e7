/**
 * Raw containment (E1; 原始数据不出域): how many rows of a product reproduce rows of a source. Only hashes are compared.
 *
 * A row reproduces a source row where a combination of at least `thresholds.raw.fields` fields agrees with it, fewer than
 * `thresholds.k` source rows have that combination, and chance is ruled out for the combination (chance.ts); where nearly
 * the whole product agrees with the source, all rows that do, however common. Combinations
 * looked at: all columns that match, halves and quarters of them, and where the columns are few every choice of that many.
 *
 * Covered: rows in any order, left out, doubled or mixed with others; columns renamed, moved, left out or added; other
 * writings of one value (normal-form.ts); cells altered or emptied, as long as one combination of the row stays whole: any
 * one field of a row, and up to three where the columns carry four telling combinations; rows put into JSON, one a cell
 * (nested-cells.ts). Not covered: the long form, one field a row with the row's number beside it; several columns put into
 * one otherwise or one into several, rounded or noised numbers, pseudonyms put for values; copies too few to be told from
 * chance (about twenty rows in ten thousand) where no field is rare, and where the fields are so coarse that strangers
 * often agree in all of them, any but a product that is nearly all copied.
 */
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';
import type { RawFinding } from '@gongshu/shared/egress/report';
import type { DuckDBConnection } from '@duckdb/node-api';
import { byChance, exactEnough, nearlyAllCopied, tellsOfCopying } from './chance.ts';
import { type Match, type SourceTable, matchColumns, overlaps } from './column-match.ts';
import { chanceOf, combined, rareField, repeatsOf } from './combination-counts.ts';
import { combinationsOf } from './combinations.ts';
import { type FingerprintKey, type TokenSheet, readFingerprint, tokensOf } from './fingerprints.ts';
import { mustGoOn } from './refused.ts';
import { type Loaded, type ScanProgress, literal, quoted } from './table.ts';

/** The fingerprint of a granted resource; `lawfullyPublic` where both checkers found its ground to hold. */
export type RawSource = { id: string; file: string; lawfullyPublic: boolean };

export type ContainmentOptions = {
  key: FingerprintKey;
  signal?: AbortSignal;
  progress?: (progress: ScanProgress) => void;
};

/**
 * One finding a source and sheet of which any row is reproduced, in the order of the sources. Exact for the combinations
 * looked at, and the same for any key.
 * @throws Refused where a fingerprint cannot be used (`fingerprintUnusable`) or the signal says stop.
 */
export const rawContainment = async (
  loaded: Loaded,
  sources: RawSource[],
  thresholds: Pick<EgressThresholds, 'k' | 'raw'>,
  { key, signal, progress }: ContainmentOptions,
): Promise<RawFinding[]> => {
  const findings: RawFinding[] = [];
  if (sources.length === 0) return findings;
  const sheets = await tokensOf(loaded, key, signal);
  for (const [at, source] of sources.entries()) {
    progress?.({ phase: 'containment', done: at, of: sources.length });
    const { header, file } = await readFingerprint(loaded.connection, source.file, { key, of: 'source' });
    const best = new Map<TokenSheet, Reproduced>();
    for (const [ordinal, sheet] of header.sheets.entries()) {
      const table = await sourceTable(loaded.connection, file, ordinal, sheet);
      for (const product of sheets) {
        mustGoOn(signal);
        const found = await reproduced(loaded.connection, product, table, thresholds, signal);
        const before = best.get(product);
        if (found.rows > 0 && (!before || found.rows > before.rows)) best.set(product, found);
      }
      await loaded.connection.run(`DROP TABLE ${quoted(table.table)}`);
    }
    for (const product of sheets) {
      const found = best.get(product);
      if (found)
        findings.push({
          source: source.id,
          sheet: product.sheet,
          fields: found.fields,
          shareOfProduct: found.rows / product.rows,
          rows: found.rows,
          lawfullyPublic: source.lawfullyPublic,
        });
    }
  }
  progress?.({ phase: 'containment', done: sources.length, of: sources.length });
  return findings;
};

const sourceTable = async (
  connection: DuckDBConnection,
  file: string,
  ordinal: number,
  { rows, columns }: { rows: number; columns: { name: string }[] },
): Promise<SourceTable> => {
  const cells = columns.map((_, at) => `t${at}`).join(', ');
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE containment_source AS SELECT ${cells} FROM read_parquet(${literal(file)}) WHERE s = ${ordinal}`,
  );
  return {
    table: 'containment_source',
    rows,
    columns: columns.map(({ name }, at) => ({ hashed: name, column: `t${at}` })),
  };
};

type Reproduced = { rows: number; fields: string[] };
const nothing: Reproduced = { rows: 0, fields: [] };

const reproduced = async (
  connection: DuckDBConnection,
  product: TokenSheet,
  source: SourceTable,
  { k, raw }: Pick<EgressThresholds, 'k' | 'raw'>,
  signal?: AbortSignal,
): Promise<Reproduced> => {
  if (product.rows === 0 || source.rows === 0) return nothing;
  const found = await overlaps(connection, product, source, signal);
  const matches = await matchColumns(connection, product, source, { found, fields: raw.fields }, signal);
  if (matches.length < raw.fields) return nothing;
  await connection.run('CREATE OR REPLACE TEMP TABLE containment_rows (r BIGINT)');
  const told: Match[][] = [];
  for (const { columns, whole } of combinationsOf(matches, raw.fields, product.rows + source.rows)) {
    mustGoOn(signal);
    // a wider choice adds next to nothing where a narrower one tells; the whole is always looked at
    if (!whole && told.some((known) => known.every((match) => columns.includes(match)))) continue;
    const rows = await rowsThatAgree(connection, product, source, columns, { below: k, fields: raw.fields });
    const tells = (expected: number) => (whole ? tellsOfCopying : exactEnough)(rows, expected);
    if (rows === 0) continue;
    const chance = await chanceOf(connection, product, source, columns, k);
    if (
      !tells(byChance(chance)) &&
      !tells(byChance({ ...chance, ...(await rareField(connection, source, columns, chance)) }))
    )
      continue;
    told.push(columns);
    await connection.run('INSERT INTO containment_rows SELECT r FROM containment_agree');
  }
  const whole = await nearlyAll(connection, product, source, matches, {
    fields: raw.fields,
    told: told.length > 0,
  });
  if (whole) told.push(matches);
  const rows = await one(connection, 'SELECT count(DISTINCT r) FROM containment_rows');
  if (rows === 0) return nothing;
  const below = whole ? Infinity : k;
  return { rows, fields: await widest(connection, product, source, matches, { told, below }) };
};

/** Adds every row that agrees with the source in all columns, where nearly the whole product does and not by chance. */
const nearlyAll = async (
  connection: DuckDBConnection,
  product: TokenSheet,
  source: SourceTable,
  matches: Match[],
  { fields, told }: { fields: number; told: boolean },
): Promise<boolean> => {
  const agreeing = await rowsThatAgree(connection, product, source, matches, { below: Infinity, fields });
  if (agreeing === 0) return false;
  const repeats = await repeatsOf(connection, 'SELECT n FROM containment_combinations');
  const read = await connection.runAndReadAll(
    `WITH own AS (SELECT ${combined('product', matches)} AS h, count(*) AS n FROM ${quoted(product.table)} GROUP BY h)
    SELECT count(*) FILTER (own.n = 1 AND s.n = 1), count(*) FILTER (own.n IS NULL AND s.n = 2),
      count(*) FILTER (own.n = 2 AND s.n IS NULL)
    FROM own FULL JOIN containment_combinations s USING (h)`,
  );
  const [oneEach = 0, bothSource = 0, bothProduct = 0] = (read.getRows()[0] ?? []).map(Number);
  const pooled = { agreeing, oneEach, bothSource, bothProduct };
  const columnPairs = matches.map(({ pairs }) => pairs);
  if (!nearlyAllCopied({ productRows: product.rows, source: repeats, columnPairs }, pooled, told))
    return false;
  await connection.run('INSERT INTO containment_rows SELECT r FROM containment_agree');
  return true;
};

const one = async (connection: DuckDBConnection, sql: string): Promise<number> =>
  Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0] ?? 0);

const upTo = (below: number): string => (below === Infinity ? '' : `WHERE n < ${below}`);

/** Leaves the combinations of the source in `containment_source_combinations`, and the product's rows that agree in `containment_agree`. */
const rowsThatAgree = async (
  connection: DuckDBConnection,
  product: TokenSheet,
  source: SourceTable,
  columns: Match[],
  { below, fields }: { below: number; fields: number },
): Promise<number> => {
  await connection.run(`CREATE OR REPLACE TEMP TABLE containment_combinations AS
    SELECT h, count(*) AS n FROM (SELECT ${combined('source', columns)} AS h FROM ${quoted(source.table)}) GROUP BY h`);
  const filled = columns.map((match) => `(t${match.product} IS NOT NULL)::INT`).join(' + ');
  await connection.run(`CREATE OR REPLACE TEMP TABLE containment_agree AS SELECT r
    FROM (SELECT r, ${combined('product', columns)} AS h FROM ${quoted(product.table)} WHERE ${filled} >= ${fields})
    SEMI JOIN (SELECT h FROM containment_combinations ${upTo(below)}) USING (h)`);
  return one(connection, 'SELECT count(*) FROM containment_agree');
};

const rowsLookedAt = 20_000;

/** The most fields in which one of the rows found agrees with one source row; of the first 20,000 such rows. */
const widest = async (
  connection: DuckDBConnection,
  product: TokenSheet,
  source: SourceTable,
  matches: Match[],
  { told, below }: { told: Match[][]; below: number },
): Promise<string[]> => {
  const agreed = matches.map((m) => `(p.t${m.product} IS NOT NULL AND p.t${m.product} = s.t${m.source})`);
  const order = agreed.map((_, at) => at + 1).join(', ');
  let best: number[] = [];
  // the whole stands last where it tells, and there can be none wider
  for (const columns of told.toReversed()) {
    if (best.length === matches.length) break;
    const read = await connection.runAndReadAll(
      `WITH p AS (SELECT *, ${combined('product', columns)} AS h FROM ${quoted(product.table)}
        SEMI JOIN containment_rows USING (r) ORDER BY r LIMIT ${rowsLookedAt}),
      s AS (SELECT *, ${combined('source', columns)} AS h FROM ${quoted(source.table)}),
      near AS (SELECT * FROM s SEMI JOIN p USING (h)),
      single AS (SELECT h FROM near GROUP BY h ${below === Infinity ? '' : `HAVING count(*) < ${below}`})
      SELECT ${agreed.join(', ')}, count(*) AS n
      FROM p JOIN near s USING (h) SEMI JOIN single USING (h) GROUP BY ALL ORDER BY n DESC, ${order}`,
    );
    for (const row of read.getRows()) {
      const fields = matches.flatMap((_, at) => (row[at] === true ? [at] : []));
      if (fields.length > best.length) best = fields;
    }
  }
  return best.flatMap((at) => product.columns[matches[at]?.product ?? -1]?.name ?? []);
};
