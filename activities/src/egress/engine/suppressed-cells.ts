import { type AggregateTable, wholeWords } from '@gongshu/shared/egress/aggregate-table';
import type { Ask } from './asking.ts';
import { type LoadedSheet, literal, quoted } from './table.ts';

/** A chain of cells, each following from the one before, is followed this far; the first of it is a finding already. */
const rounds = 100;

/**
 * Rows whose empty cell follows from the others (secondary disclosure): along one dimension, all other dimensions equal,
 * the parts add up to the one row that stands for the whole; where one cell of these alone is empty, it is the
 * difference. What is found so counts as known, and the search goes on until nothing more follows.
 * Covered: sums along each declared dimension with one row for the whole (`wholes`). Not covered: two or more empty
 * cells of one sum (bounds on them), subtotals within one column, sums over rows that were left out, other tables.
 */
export const recoverableCells = async (
  ask: Ask,
  sheet: LoadedSheet,
  { dimensions, wholes = wholeWords }: AggregateTable,
  empty: readonly number[],
): Promise<number[]> => {
  const columns = dimensions.map(
    (name) => sheet.columns.find((column) => column.name === name)?.column ?? '',
  );
  const words = wholes.map((word) => literal(word.trim().toLowerCase())).join(', ');
  const part = (column: string) => {
    const text = `trim(coalesce(${quoted(column)}, ''))`;
    return `${words === '' ? text : `if(lower(${text}) in (${words}), null, ${text})`} as ${quoted(column)}`;
  };
  const table = `${sheet.table}_sums`;
  await ask(`create or replace temp table ${table} as
    select r${columns.map((column) => `, ${part(column)}`).join('')}, false as empty from ${sheet.table}`);
  for (let from = 0; from < empty.length; from += 10_000)
    await ask(`update ${table} set empty = true where r in (${empty.slice(from, from + 10_000).join(', ')})`);
  const found: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const now: number[] = [];
    for (const column of columns) {
      const along = quoted(column);
      const others = columns.filter((one) => one !== column).map(quoted);
      const rows = await ask(`select max(r) filter (empty) from ${table}
        group by ${others.length > 0 ? others.join(', ') : '()'}
        having count(*) filter (${along} is null) = 1 and count(${along}) > 0 and count(*) filter (empty) = 1
        order by 1`);
      now.push(...rows.map(([r]) => Number(r)));
    }
    const fresh = [...new Set(now)];
    if (fresh.length === 0) break;
    found.push(...fresh);
    for (let from = 0; from < fresh.length; from += 10_000)
      await ask(
        `update ${table} set empty = false where r in (${fresh.slice(from, from + 10_000).join(', ')})`,
      );
  }
  await ask(`drop table ${table}`);
  return found.sort((a, b) => a - b);
};
