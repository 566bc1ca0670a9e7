import type { DuckDBConnection } from '@duckdb/node-api';
import { Refused } from './refused.ts';
import type { LoadedSheet, ReadLimits } from './table.ts';

/** @throws Refused cellTooLong with its column, for formats whose cells are known only once they are read. */
export const mustFitCells = async (
  connection: DuckDBConnection,
  { sheet, table, columns }: LoadedSheet,
  limits: ReadLimits,
): Promise<void> => {
  const longest = columns.map(({ column }) => `max(strlen(${column}))`);
  const [row = []] = (await connection.runAndReadAll(`select ${longest.join(', ')} from ${table}`)).getRows();
  const at = row.findIndex((length) => Number(length ?? 0) > limits.cellBytes);
  if (at !== -1)
    throw new Refused('cellTooLong', `a cell of more than ${limits.cellBytes} bytes`, {
      column: columns[at]?.name ?? '',
      sheet,
    });
};
