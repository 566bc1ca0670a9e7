import { headerOf } from '@gongshu/shared/egress/identifiers/cues';
import { findingsKept, identifierTypes, type Finding, type ScanReport } from '@gongshu/shared/egress/report';
import { findPairs } from './identifiers/column-pairs.ts';
import { scanColumn, type ColumnFound } from './identifiers/scan-column.ts';
import { mustGoOn } from './refused.ts';
import type { Loaded, LoadedSheet, ScanProgress } from './table.ts';

export type FoundIdentifiers = Pick<ScanReport, 'findings' | 'counts'>;
export type FindOptions = { signal?: AbortSignal; progress?: (progress: ScanProgress) => void };

const typeOrder = new Map(identifierTypes.map((type, at) => [type, at]));
const place = (type: Finding['type']): number => typeOrder.get(type) ?? 0;

/** Cells that are not empty and distinct ones, about, a column; a hundred columns a question. */
const measure = async ({ connection }: Loaded, { table, columns }: LoadedSheet) => {
  const sizes: { cells: number; distinct: number }[] = [];
  for (let from = 0; from < columns.length; from += 100) {
    const asks = columns
      .slice(from, from + 100)
      .map(({ column }) => `count(${column}), approx_count_distinct(${column})`);
    const reader = await connection.runAndReadAll(`select ${asks.join(', ')} from ${table}`);
    const numbers = (reader.getRows()[0] ?? []).map(Number);
    for (let at = 0; at < numbers.length; at += 2)
      sizes.push({ cells: numbers[at] ?? 0, distinct: numbers[at + 1] ?? 0 });
  }
  return sizes;
};

const addPairs = async (loaded: Loaded, sheet: LoadedSheet, found: readonly ColumnFound[]): Promise<void> => {
  const detected = [{ type: 'coordinates', detector: 'coordinates.columns', path: null }] as const;
  for (const { longitude, latitude, rows, kept } of await findPairs(loaded.connection, sheet))
    for (const column of [longitude, latitude]) {
      const of = found[sheet.columns.indexOf(column)];
      if (!of) continue;
      of.counts.set('coordinates', (of.counts.get('coordinates') ?? 0) + rows);
      of.kept = [...of.kept, ...kept.map((row) => ({ row, found: detected }))].sort(
        (one, other) => one.row - other.row,
      );
    }
};

/** The findings of a sheet in the order of row, column, type and path, until the report is full. */
const inOrder = ({ sheet, columns }: LoadedSheet, found: readonly ColumnFound[], room: number): Finding[] => {
  const findings: Finding[] = [];
  const next = found.map(() => 0);
  while (findings.length < room) {
    let row = Infinity;
    for (const [at, { kept }] of found.entries()) row = Math.min(row, kept[next[at] ?? 0]?.row ?? Infinity);
    if (row === Infinity) break;
    for (const [at, { kept }] of found.entries()) {
      const of: Finding[] = [];
      for (let one = kept[next[at] ?? 0]; one?.row === row; one = kept[(next[at] = (next[at] ?? 0) + 1)])
        for (const { type, detector, path } of one.found)
          of.push({ row, column: columns[at]?.name ?? '', sheet, path, type, detector });
      of.sort(
        (one, other) =>
          place(one.type) - place(other.type) || ((one.path ?? '') < (other.path ?? '') ? -1 : 1),
      );
      findings.push(...of);
    }
  }
  return findings.slice(0, room);
};

/**
 * Direct identifiers in every cell of every sheet (E1): place, kind and rule, never the value. Findings stand in the
 * order of sheet, row, column, type; the first `findingsKept` are listed, all are counted. The same file gives the same.
 *
 * Cells in which the SQL of `mayHold` rules everything out are never fetched; columns that repeat themselves are looked
 * at once a value. Memory is bounded by the findings kept.
 *
 * @throws Refused stopped where the signal says so.
 */
export const findIdentifiers = async (
  loaded: Loaded,
  { signal, progress }: FindOptions = {},
): Promise<FoundIdentifiers> => {
  const findings: Finding[] = [];
  const counts: FoundIdentifiers['counts'] = [];
  const of = loaded.sheets.reduce((sum, { rows, columns }) => sum + rows * columns.length, 0);
  let done = 0;
  for (const sheet of loaded.sheets) {
    const sizes = await measure(loaded, sheet);
    const found: ColumnFound[] = [];
    for (const [at, { name, column }] of sheet.columns.entries()) {
      mustGoOn(signal);
      const size = sizes[at] ?? { cells: 0, distinct: 0 };
      const reached = (row: number) => progress?.({ phase: 'identifiers', done: done + row, of });
      const ask = {
        connection: loaded.connection,
        table: sheet.table,
        column,
        header: headerOf(name),
        ...size,
        signal,
        reached,
      };
      found.push(size.cells === 0 ? { kept: [], counts: new Map() } : await scanColumn(ask));
      done += sheet.rows;
      progress?.({ phase: 'identifiers', done, of });
    }
    await addPairs(loaded, sheet, found);
    findings.push(...inOrder(sheet, found, findingsKept - findings.length));
    for (const [at, { name }] of sheet.columns.entries())
      for (const type of identifierTypes) {
        const rows = found[at]?.counts.get(type) ?? 0;
        if (rows > 0) counts.push({ sheet: sheet.sheet, column: name, type, rows });
      }
  }
  return { findings, counts };
};
