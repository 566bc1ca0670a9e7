import { openWorkspace } from '@gongshu/activities/egress/engine/database';
import { defaultLimits, type Loaded, type LoadedSheet } from '@gongshu/activities/egress/engine/table';

export type Cells = readonly (readonly (string | null)[])[];

const text = (cell: string | null) => (cell === null ? 'null' : `'${cell.replaceAll("'", "''")}'`);

/** A table as the engine's reader leaves it: `r` from 1, then `c0`, `c1`, … as text, NULL where empty. */
export const tableOf = async (
  connection: Loaded['connection'],
  columns: readonly string[],
  rows: Cells,
  { table = 'sheet0', sheet = null as string | null } = {},
): Promise<LoadedSheet> => {
  const named = columns.map((name, at) => ({ name, column: `c${at}` }));
  const cells = named.map(({ column }) => `${column} varchar`).join(', ');
  await connection.run(`create or replace table ${table} (r bigint, ${cells})`);
  for (let from = 0; from < rows.length; from += 5_000) {
    const some = rows.slice(from, from + 5_000);
    const values = some.map((row, at) => `(${[from + at + 1, ...row.map(text)].join(', ')})`).join(', ');
    await connection.run(`insert into ${table} values ${values}`);
  }
  return { sheet, table, columns: named, rows: rows.length };
};

/** The engine's own database, bounded as it is there; one thread, which small tables are quickest with. */
export const openTables = (): Promise<Pick<Loaded, 'connection' | 'close'>> =>
  openWorkspace({ ...defaultLimits, threads: 1 });
