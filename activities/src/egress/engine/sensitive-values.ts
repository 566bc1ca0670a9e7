import type { Ask } from './asking.ts';
import { literal, quoted, type LoadedSheet } from './table.ts';

/**
 * How the values of one sensitive field lie in the whole table: a DuckDB table of
 * `v` (value), `i` (its place from 1: numbers by size, an empty cell last), `n` (rows), `d` (how far a group of this
 * value alone is from the whole table) and, for numbers, `upto`, `before`, `s` (running counts, and their running sums).
 */
export type SensitiveValues = {
  name: string;
  column: string;
  /** The cell's value in SQL: text, or a number where every cell that is not empty is one. */
  value: string;
  table: string;
  ordered: boolean;
  /** Distinct values, the empty cell one of them. */
  values: number;
  rows: number;
  /** Running sum of the running counts over all values; for numbers alone. */
  whole: bigint;
};

const whole = '[+-]?[0-9]{1,18}';
const number = '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?';

/** A field counts as numbers when each cell that is not empty is one; as whole numbers they stay exact to 18 digits. */
const valueIn = async (ask: Ask, table: string, column: string) => {
  const cell = quoted(column);
  const is = (form: string) => `count(*) filter (regexp_full_match(trim(${cell}), ${literal(form)}))`;
  const finite = `count(*) filter (isfinite(try_cast(${cell} as double)))`;
  const [[given, wholes, numbers, finites] = []] = await ask(
    `select count(${cell}), ${is(whole)}, ${is(number)}, ${finite} from ${table}`,
  );
  if (wholes === given) return { value: `cast(${cell} as bigint)`, ordered: true };
  if (numbers === given && finites === given) return { value: `cast(${cell} as double)`, ordered: true };
  return { value: cell, ordered: false };
};

/**
 * Writes down how a sensitive field lies in the whole table, under `table`. The distances of `d` are those of
 * group-figures.ts: equal distance for texts, ordered distance for numbers.
 */
export const sensitiveValues = async (
  ask: Ask,
  sheet: LoadedSheet,
  { name, column }: LoadedSheet['columns'][number],
  table: string,
): Promise<SensitiveValues> => {
  const { rows } = sheet;
  const { value, ordered } = await valueIn(ask, sheet.table, column);
  const alone = ordered
    ? `cast(if(v is null, whole, 2 * (s - upto) + cast(among - i + 1 as hugeint) * ${rows} - whole) as double)
        / (cast(${rows} as hugeint) * greatest(among - 1, 1))`
    : `cast(${rows} - n as double) / ${rows}`;
  await ask(`create or replace temp table ${table} as
    with counted as (select ${value} as v, count(*) as n from ${sheet.table} group by all),
    placed as (
      select v, n, row_number() over (order by v nulls last) as i,
        cast(sum(if(v is null, 0, n)) over (order by v nulls last) as bigint) as upto
      from counted),
    summed as (select *, sum(cast(upto as hugeint)) over (order by i) as s, count(*) over () as among from placed),
    whole as (select *, max(s) over () as whole from summed)
    select v, n, i, upto, s - upto as before, s, ${alone} as d from whole`);
  const [[values, whole] = []] = await ask(`select count(*), max(s) from ${table}`);
  return { name, column, value, table, ordered, values: Number(values), rows, whole: BigInt(String(whole)) };
};
