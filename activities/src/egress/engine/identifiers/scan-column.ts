import {
  DuckDBDataChunk,
  INTEGER,
  UBIGINT,
  type DuckDBConnection,
  type DuckDBResult,
} from '@duckdb/node-api';
import type { Header } from '@gongshu/shared/egress/identifiers/cues';
import type { Detected } from '@gongshu/shared/egress/identifiers/detect';
import { shortNumber } from '@gongshu/shared/egress/identifiers/idle';
import { findingsKept, type IdentifierType } from '@gongshu/shared/egress/report';
import { mustGoOn } from '../refused.ts';
import { gather, judged, type Gathered, type Seen } from './buckets.ts';
import { mayHold } from './prefilter.ts';

export type ColumnAsk = {
  connection: DuckDBConnection;
  table: string;
  column: string;
  header: Header;
  /** Cells that are not empty. */
  cells: number;
  /** Distinct cells, about. */
  distinct: number;
  signal: AbortSignal | undefined;
  /** Called with the row reached. */
  reached: (row: number) => void;
};
/** What a column holds: the first rows in their order, and how many rows hold each kind. */
export type ColumnFound = {
  kept: { row: number; found: readonly Detected[] }[];
  counts: Map<IdentifierType, number>;
};

/** Up to here the distinct cells of a column fit in memory, and looking at each once is quicker. */
const fewDistinct = 50_000;

const addCounts = (counts: Map<IdentifierType, number>, found: readonly Detected[], rows: number): void => {
  for (const type of new Set(found.map((one) => one.type))) counts.set(type, (counts.get(type) ?? 0) + rows);
};

const inOrder = (kept: ColumnFound['kept']): ColumnFound['kept'] =>
  kept.sort((one, other) => one.row - other.row).slice(0, findingsKept);

/** The chunks of a result, the next being made while one is looked at. */
async function* ahead(result: DuckDBResult): AsyncGenerator<DuckDBDataChunk> {
  let next = result.fetchChunk();
  try {
    for (;;) {
      const chunk = await next;
      if (!chunk || chunk.rowCount === 0) return;
      next = result.fetchChunk();
      yield chunk;
    }
  } finally {
    await next.catch(() => undefined); // who stops half-way leaves nothing running
  }
}

/** Rules that ask what share of a column's numbers they took also ask for the numbers the prefilter spared. */
const askForNumbers = ['mobile.segment', 'landline.digits', 'residentId.gb11643-15'] as const;

const countSpared = async (
  gathered: Gathered,
  { connection, table, column, header }: ColumnAsk,
): Promise<void> => {
  if (header.says.has('landline') || !askForNumbers.some((rule) => gathered.own.rules.get(rule)?.column))
    return;
  const reader = await connection.runAndReadAll(
    `select count(*) from ${table} where regexp_full_match(${column}, '${shortNumber}')`,
  );
  gathered.own.numbers += Number(reader.getRows()[0]?.[0] ?? 0);
};

/** Looks at every cell in turn: a column whose cells seldom repeat. */
const inTurn = async (ask: ColumnAsk, gathered: Gathered): Promise<ColumnFound> => {
  const { connection, table, column, header, signal } = ask;
  const result = await connection.stream(
    `select r::double, ${column} from ${table} where ${mayHold(column, header.says.has('landline'))}`,
  );
  for await (const chunk of ahead(result)) {
    mustGoOn(signal);
    const rows = chunk.getColumnValues(0) as number[];
    const texts = chunk.getColumnVector(1); // one text at a time: two thousand long ones are too many
    for (const [at, row] of rows.entries()) {
      const seen = gathered.look(texts.getItem(at) as string, 1);
      if (seen) gathered.keep(seen, row);
    }
    ask.reached(rows.at(-1) as number);
  }
  for (const of of gathered.own.rules.values()) {
    of.values = Math.min(of.values, ask.distinct);
    of.missed = Math.min(of.missed, ask.distinct);
  }
  await countSpared(gathered, ask);
  const read = judged(gathered);
  const counts: ColumnFound['counts'] = new Map();
  const kept: ColumnFound['kept'] = [];
  for (const bucket of gathered.buckets.values()) {
    const { paths } = bucket;
    const alike = read({ bucket, paths: null });
    addCounts(counts, alike, bucket.rows);
    if (alike.length === 0) continue;
    for (const [at, row] of bucket.kept.entries())
      kept.push({ row, found: paths ? read({ bucket, paths: paths[at] ?? null }) : alike });
  }
  return { kept: inOrder(kept), counts };
};

/**
 * Looks at every distinct cell once and then asks which rows hold those in which something was. Between the two a cell is
 * known by its hash, so that no text is kept.
 */
const byValue = async (ask: ColumnAsk, gathered: Gathered): Promise<ColumnFound> => {
  const { connection, table, column, signal } = ask;
  const values: { hash: bigint; seen: Seen }[] = [];
  const result = await connection.stream(
    `select ${column}, count(*)::double, hash(${column}) from ${table} where ${column} is not null group by 1 order by 1`,
  );
  for await (const chunk of ahead(result)) {
    mustGoOn(signal);
    const texts = chunk.getColumnVector(0);
    const hashes = chunk.getColumnVector(2);
    for (const [at, rows] of (chunk.getColumnValues(1) as number[]).entries()) {
      const seen = gathered.look(texts.getItem(at) as string, rows);
      if (seen) values.push({ hash: hashes.getItem(at) as bigint, seen });
    }
  }
  const read = judged(gathered);
  const counts: ColumnFound['counts'] = new Map();
  for (const bucket of gathered.buckets.values())
    addCounts(counts, read({ bucket, paths: null }), bucket.rows);
  const borne = values
    .map(({ hash, seen }) => ({ hash, found: read(seen) }))
    .filter(({ found }) => found.length > 0);
  if (borne.length === 0) return { kept: [], counts };
  await connection.run('create or replace temp table identifier_seen (h ubigint, id integer)');
  const appender = await connection.createAppender('identifier_seen', null, 'temp');
  for (let from = 0; from < borne.length; from += 2048) {
    const some = borne.slice(from, from + 2048);
    const chunk = DuckDBDataChunk.create([UBIGINT, INTEGER], some.length);
    chunk.setColumns([some.map(({ hash }) => hash), some.map((_one, at) => from + at)]);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  const rows = await connection.runAndReadAll(
    `select r::double, id from ${table} join identifier_seen on hash(${column}) = h where ${column} is not null
      order by r limit ${findingsKept}`,
  );
  await connection.run('drop table identifier_seen');
  const kept = rows
    .getRows()
    .map(([row, id]) => ({ row: row as number, found: borne[id as number]?.found ?? [] }));
  return { kept, counts };
};

/** Everything the detectors find in one column. */
export const scanColumn = async (ask: ColumnAsk): Promise<ColumnFound> => {
  const gathered = gather(ask.header);
  gathered.own.cells = ask.cells;
  return ask.distinct <= fewDistinct ? byValue(ask, gathered) : inTurn(ask, gathered);
};
