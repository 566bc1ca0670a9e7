import { type AggregateCell, judgeCell, numberIn } from '@gongshu/shared/egress/aggregate-cell';
import { type AggregateTable, columnsOf } from '@gongshu/shared/egress/aggregate-table';
import type { Fraction } from '@gongshu/shared/exact';
import { type AggregateFinding, findingsKept } from '@gongshu/shared/egress/report';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';
import { type Ask, whileAsking } from './asking.ts';
import { Refused } from './refused.ts';
import { recoverableCells } from './suppressed-cells.ts';
import { type Loaded, type LoadedSheet, quoted } from './table.ts';

const rowsAtOnce = 20_000;

type Work = { ask: Ask; sheet: LoadedSheet; declared: AggregateTable; limits: EgressThresholds['aggregate'] };

const columnIn = ({ columns }: LoadedSheet, name: string): string | undefined =>
  columns.find((column) => column.name === name)?.column;

/** The sheets a declaration speaks of. @throws Refused columnMissing with the first column that stands in none. */
export const sheetsOf = (sheets: readonly LoadedSheet[], declared: AggregateTable): LoadedSheet[] => {
  const named = sheets.filter(({ sheet }) => declared.sheet === undefined || sheet === declared.sheet);
  const has = (sheet: LoadedSheet, name: string) => columnIn(sheet, name) !== undefined;
  const names = columnsOf(declared);
  const whole = named.filter((sheet) => names.every((name) => has(sheet, name)));
  if (whole.length > 0) return whole;
  const missing = names.find((name) => !named.some((sheet) => has(sheet, name))) ?? names.at(-1) ?? '';
  throw new Refused('columnMissing', 'a column declared of a table of aggregates is not in it', {
    column: missing,
    sheet: declared.sheet ?? null,
  });
};

/** @throws Refused malformed for a cell that is neither a number nor suppressed: whoever cannot read it cannot judge it. */
const read = (sheet: LoadedSheet, row: number, column: string, cell: unknown, signed = false) => {
  const number = numberIn(typeof cell === 'string' ? cell : null);
  const at = { row, column, sheet: sheet.sheet };
  if (number === 'unreadable')
    throw new Refused('malformed', 'neither a number nor a suppressed cell, in a column of aggregates', at);
  if (!signed && number && number.n < 0n)
    throw new Refused('malformed', 'a count or a contribution below nought', at);
  return number;
};

/** Judges each cell by itself, and notes which are empty. */
const judgeRows = async ({ ask, sheet, declared, limits }: Work, findings: AggregateFinding[]) => {
  const { count, total, contributions } = declared;
  const names = [count, total, ...(contributions ?? [])].filter((name) => name !== undefined);
  const cells = names.map((name) => quoted(columnIn(sheet, name) ?? ''));
  const empty = { count: [] as number[], total: [] as number[] };
  for (let from = 1; from <= sheet.rows; from += rowsAtOnce) {
    const rows = await ask(
      `select r, ${cells.join(', ')} from ${sheet.table} where r between ${from} and ${from + rowsAtOnce - 1} order by r`,
    );
    for (const [r, ...values] of rows) {
      const row = Number(r);
      const of = (name: string): Fraction | null =>
        read(sheet, row, name, values[names.indexOf(name)], name === total && contributions === undefined);
      const cell: AggregateCell = {
        count: count === undefined ? null : of(count),
        total: total === undefined ? null : of(total),
        contributions: contributions?.map(of) ?? null,
      };
      if (cell.count === null) empty.count.push(row);
      if (cell.total === null) empty.total.push(row);
      for (const { of: part, rule } of judgeCell(cell, limits))
        findings.push({ sheet: sheet.sheet, row, column: (part === 'count' ? count : total) ?? '', rule });
    }
  }
  return empty;
};

/**
 * What shows of single contributors in the declared tables of aggregates (E1, 中卫 二十三): the rules of
 * shared/egress/aggregate-cell for each row's cell, and empty cells that follow from their totals (suppressed-cells.ts).
 * Findings stand in the order of the declarations, sheets, rows; at most `findingsKept`.
 * @throws Refused columnMissing; malformed for a cell that cannot be read, with its place; stopped.
 */
export const judgeAggregates = async (
  { connection, sheets }: Pick<Loaded, 'connection' | 'sheets'>,
  declarations: readonly AggregateTable[],
  { aggregate: limits }: Pick<EgressThresholds, 'aggregate'>,
  signal?: AbortSignal,
): Promise<AggregateFinding[]> => {
  const judged = declarations.map((declared) => ({ declared, of: sheetsOf(sheets, declared) }));
  return whileAsking(connection, signal, async (ask) => {
    const all: AggregateFinding[] = [];
    for (const { declared, of } of judged)
      for (const sheet of of) {
        const findings: AggregateFinding[] = [];
        const empty = await judgeRows({ ask, sheet, declared, limits }, findings);
        for (const part of ['count', 'total'] as const) {
          const column = declared[part];
          if (column === undefined || empty[part].length === 0) continue;
          for (const row of await recoverableCells(ask, sheet, declared, empty[part]))
            findings.push({ sheet: sheet.sheet, row, column, rule: 'recoverable' });
        }
        all.push(...findings.sort((a, b) => a.row - b.row));
      }
    return all.slice(0, findingsKept);
  });
};
