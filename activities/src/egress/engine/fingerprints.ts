/**
 * Fingerprints (E1: raw data stays inside, 原始数据不出域): a table whose cells are keyed hashes of their normal form, 64 bits of
 * SHA-256. Equal cells have equal hashes, in whatever column; nothing else can be told without the key. With the key, values
 * of a small range can be guessed, and how often a value stands in a column shows without it: a fingerprint is kept like
 * the classified data it came from, and the key apart from it. Rows stand in the order of their hashes, not the file's.
 */
import { createHash } from 'node:crypto';
import type { FingerprintKey } from '@gongshu/infra/fingerprints/key';
import { FingerprintHeader, fingerprintForm } from '@gongshu/shared/egress/fingerprint';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type NestedSheet, withNested } from './nested-cells.ts';
import { canonicalSql, trimmedSql } from './normal-form.ts';
import { Refused, mustGoOn } from './refused.ts';
import { type Loaded, literal, quoted } from './table.ts';

export {
  type FingerprintKey,
  fingerprintKeyOf,
  randomFingerprintKey,
} from '@gongshu/infra/fingerprints/key';

/** Keyed hash of a name, so that the same column can be known again without saying what it is called. */
export const hashedName = (name: string, key: FingerprintKey): string =>
  createHash('sha256')
    .update(`${key.secret}name ${name.normalize('NFKC').trim().toLowerCase()}`)
    .digest('hex')
    .slice(0, 16);

export type TokenColumn = { name: string; hashed: string; column: string };
/**
 * The hashes of one sheet: `r` as in the sheet, then `t0`, `t1`, … UBIGINT, NULL where the cell is empty. The sheet's own
 * columns come first, in their order; then those that stand within its cells (nested-cells.ts).
 */
export type TokenSheet = { sheet: string | null; table: string; rows: number; columns: TokenColumn[] };

const kept = new WeakMap<Loaded, Map<string, Promise<TokenSheet[]>>>();

/** The hashes of a loaded file under a key; made once, in its database, however often asked. */
export const tokensOf = (
  loaded: Loaded,
  key: FingerprintKey,
  signal?: AbortSignal,
): Promise<TokenSheet[]> => {
  const byKey = kept.get(loaded) ?? new Map<string, Promise<TokenSheet[]>>();
  kept.set(loaded, byKey);
  const made = byKey.get(key.id) ?? tokenise(loaded, key, signal);
  byKey.set(key.id, made);
  return made;
};

const tokenise = async (loaded: Loaded, key: FingerprintKey, signal?: AbortSignal): Promise<TokenSheet[]> => {
  const sheets: TokenSheet[] = [];
  for (const sheet of loaded.sheets) {
    mustGoOn(signal);
    const nested = await withNested(loaded.connection, sheet, signal);
    sheets.push(await tokeniseSheet(loaded.connection, nested, key));
    if (nested !== sheet) await loaded.connection.run(`DROP TABLE ${quoted(nested.table)}`);
  }
  return sheets;
};

/** Values that come again are hashed once: from this share of distinct ones on it is cheaper to hash every cell. */
const dictionaryUpTo = 0.25;

const tokenise1 = (x: string): string =>
  `SELECT ${x} AS v, ('0x' || left(sha256(getvariable('fingerprint_secret') || k), 16))::UBIGINT AS t`;

const tokeniseSheet = async (
  connection: DuckDBConnection,
  sheet: NestedSheet,
  key: FingerprintKey,
): Promise<TokenSheet> => {
  const table = `${sheet.table}_tokens_${key.id}`;
  const columns = sheet.columns.map(({ name, shown = name }, at) => ({
    name: shown,
    hashed: hashedName(name, key),
    column: `t${at}`,
  }));
  await connection.run('SET VARIABLE fingerprint_secret = $1::VARCHAR', [key.secret]);
  try {
    const repeated = await repeatedColumns(connection, sheet);
    const names = sheet.columns.map(({ column }) => column);
    for (const [at, column] of names.entries())
      if (repeated[at])
        await connection.run(`CREATE OR REPLACE TEMP TABLE dictionary_${at} AS ${tokenise1('v')}
          FROM (SELECT v, ${canonicalSql('x')} AS k
          FROM (SELECT v, ${trimmedSql('v')} AS x FROM (SELECT DISTINCT ${quoted(column)} AS v FROM ${quoted(sheet.table)})))`);
    const direct = names.filter((_, at) => !repeated[at]);
    const carried = names.filter((_, at) => repeated[at]);
    const pick = (sql: (column: string) => string) =>
      [
        'r',
        ...carried.map(quoted),
        ...direct.map((column) => `${sql(quoted(column))} AS ${quoted(column)}`),
      ].join(', ');
    const hashed = names.map((column, at) =>
      repeated[at]
        ? `d${at}.t AS t${at}`
        : `('0x' || left(sha256(getvariable('fingerprint_secret') || p.${quoted(column)}), 16))::UBIGINT AS t${at}`,
    );
    const joins = names.map((column, at) =>
      repeated[at] ? `LEFT JOIN dictionary_${at} d${at} ON p.${quoted(column)} = d${at}.v` : '',
    );
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${quoted(table)} AS SELECT p.r, ${hashed.join(', ')}
      FROM (SELECT ${pick(canonicalSql)} FROM (SELECT ${pick(trimmedSql)} FROM ${quoted(sheet.table)})) p ${joins.join(' ')}`);
    for (const at of names.keys()) if (repeated[at]) await connection.run(`DROP TABLE dictionary_${at}`);
  } finally {
    await connection.run('RESET VARIABLE fingerprint_secret');
  }
  return { sheet: sheet.sheet, table, rows: sheet.rows, columns };
};

const repeatedColumns = async (connection: DuckDBConnection, sheet: NestedSheet): Promise<boolean[]> => {
  const counts = sheet.columns.map(({ column }) => `approx_count_distinct(${quoted(column)})`);
  const read = await connection.runAndReadAll(`SELECT ${counts.join(', ')} FROM ${quoted(sheet.table)}`);
  return (read.getRows()[0] ?? []).map((distinct) => Number(distinct) <= sheet.rows * dictionaryUpTo);
};

/** Whose fingerprint it is; `counts`: declared counts of tables of aggregates, which differences are taken of. */
export type FingerprintOf = {
  of: 'source' | 'release';
  id: string;
  counts?: { sheet: string | null; columns: string[] }[];
};

export type Fingerprint = { header: FingerprintHeader; file: string };

/** Writes the fingerprint of a loaded file as one Parquet file, its header in the file's own metadata. */
export const fingerprint = async (
  loaded: Loaded,
  key: FingerprintKey,
  about: FingerprintOf,
  file: string,
  signal?: AbortSignal,
): Promise<Fingerprint> => {
  const sheets = await tokensOf(loaded, key, signal);
  const counted = (sheet: string | null, name: string) =>
    about.counts?.some((c) => c.sheet === sheet && c.columns.includes(name)) ?? false;
  const header: FingerprintHeader = {
    form: fingerprintForm,
    keyId: key.id,
    of: about.of,
    id: about.id,
    sha256: loaded.sha256,
    sheets: sheets.map(({ sheet, rows, columns }) => ({
      sheet: sheet === null ? null : hashedName(sheet, key),
      rows,
      columns: columns.map(({ name, hashed }) => ({ name: hashed, count: counted(sheet, name) })),
    })),
  };
  const width = Math.max(...sheets.map(({ columns }) => columns.length));
  const parts = sheets.map((sheet, ordinal) => {
    const loadedSheet = loaded.sheets[ordinal];
    const cells = Array.from({ length: width }, (_, at) =>
      sheet.columns[at] ? `t.t${at}` : `NULL::UBIGINT AS t${at}`,
    );
    const numbers = Array.from({ length: width }, (_, at) => {
      const column = loadedSheet?.columns[at];
      return column && counted(sheet.sheet, column.name)
        ? `TRY_CAST(replace(s.${quoted(column.column)}, ',', '') AS DOUBLE) AS n${at}`
        : `NULL::DOUBLE AS n${at}`;
    }).filter((_, at) => header.sheets.some(({ columns }) => columns[at]?.count));
    const own = sheet.columns.map((_, at) => `t.t${at}`).join(', ');
    const from = numbers.length
      ? `${quoted(sheet.table)} t JOIN ${quoted(loadedSheet?.table ?? '')} s USING (r)`
      : `${quoted(sheet.table)} t`;
    return `SELECT ${ordinal}::USMALLINT AS s, hash(${own}) AS o, ${[...cells, ...numbers].join(', ')} FROM ${from}`;
  });
  mustGoOn(signal);
  await loaded.connection.run(
    `COPY (SELECT * EXCLUDE (o) FROM (${parts.join(' UNION ALL ')}) ORDER BY s, o)
     TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {gongshu: ${literal(JSON.stringify(header))}})`,
  );
  return { header, file };
};

/**
 * Reads a fingerprint's header and holds the file to it: form, key, columns and their types, rows.
 * @throws Refused (`fingerprintUnusable`) for a file that is none, of another key or form, or other than its header says.
 */
export const readFingerprint = async (
  connection: DuckDBConnection,
  file: string,
  { key, of }: { key: FingerprintKey; of: FingerprintHeader['of'] },
): Promise<Fingerprint> => {
  const unusable = (why: string) => new Refused('fingerprintUnusable', why);
  const header = await headerOf(connection, file).catch(() => undefined);
  if (!header) throw unusable('not a fingerprint of this form');
  if (header.keyId !== key.id) throw unusable('a fingerprint under another key');
  if (header.of !== of) throw unusable(`not the fingerprint of a ${of}`);
  const width = Math.max(...header.sheets.map(({ columns }) => columns.length));
  const expected = ['s USMALLINT', ...Array.from({ length: width }, (_, at) => `t${at} UBIGINT`)];
  for (let at = 0; at < width; at += 1)
    if (header.sheets.some(({ columns }) => columns[at]?.count)) expected.push(`n${at} DOUBLE`);
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
  try {
    const described = await rows(`DESCRIBE SELECT * FROM read_parquet(${literal(file)})`);
    if (described.map(([name, type]) => `${String(name)} ${String(type)}`).join() !== expected.join())
      throw unusable('columns differ from its header');
    const counted = new Map(
      (await rows(`SELECT s, count(*) FROM read_parquet(${literal(file)}) GROUP BY s`)).map(([s, n]) => [
        Number(s),
        Number(n),
      ]),
    );
    const same = header.sheets.every(({ rows: said }, at) => said === (counted.get(at) ?? 0));
    if (!same || [...counted.keys()].some((at) => at >= header.sheets.length))
      throw unusable('rows differ from its header');
  } catch (error) {
    throw error instanceof Refused ? error : unusable('cannot be read whole');
  }
  return { header, file };
};

const headerOf = async (
  connection: DuckDBConnection,
  file: string,
): Promise<FingerprintHeader | undefined> => {
  const read = await connection.runAndReadAll(
    `SELECT decode(value) FROM parquet_kv_metadata(${literal(file)}) WHERE decode(key) = 'gongshu'`,
  );
  const text = read.getRows()[0]?.[0];
  return typeof text === 'string' ? FingerprintHeader.parse(JSON.parse(text)) : undefined;
};
