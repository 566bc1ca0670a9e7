import { DuckDBListValue } from '@duckdb/node-api';
import { singledOutKept } from '@gongshu/shared/egress/report';
import { violates } from '@gongshu/shared/egress/groups';
import { columnsReached, isWithin, setsOf } from '@gongshu/shared/egress/quasi-sets';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';
import type { Ask } from './asking.ts';
import { groupsOf, rowsAlone, spreadOf, type Groups, type People, type Spread } from './group-figures.ts';
import type { SensitiveValues } from './sensitive-values.ts';
import { codedColumns } from './coded-columns.ts';
import { quoted, type LoadedSheet } from './table.ts';

/** Sets a search reports at most; it stops once it has them. */
export const setsKept = 20;

/** Sets, skipped ones too, that a search goes through at most: a bound on its time where nearly all are skipped. */
const setsListed = 1_000_000;

/** A set of columns (DuckDB names) and its figures; one spread for each sensitive field, in their order. */
export type JudgedSet = Groups & { qi: string[]; spreads: Spread[] };

/** With the first `singledOutKept` rows whose combination is theirs alone. */
export type LocatedSet = JudgedSet & { singledOutRows: number[] };

type Numbers = Pick<EgressThresholds, 'k' | 'l' | 't' | 'search'>;
/** One column alone: its distinct values (an empty cell is one) and the bytes of the longest. */
export type Single = Groups & { column: string; values: number; longest: number; singledOutRows: number[] };

/** The set the submitter named, and whether it goes beyond the thresholds. */
export type Declared = { qi: readonly string[]; beyond: boolean };

/** Figures of one set over all rows; `known` where its groups were counted before. */
export const judgeSet = async (
  ask: Ask,
  people: People,
  qi: string[],
  sensitive: readonly SensitiveValues[],
  known?: Groups,
): Promise<JudgedSet> => {
  const { k, singledOut } = known ?? (await groupsOf(ask, people, qi));
  const spreads: Spread[] = [];
  for (const values of sensitive) spreads.push(await spreadOf(ask, people, qi, values, k));
  return { qi, k, singledOut, spreads };
};

/** The first rows the set singles out. */
export const locate = async (ask: Ask, people: People, judged: JudgedSet): Promise<LocatedSet> => ({
  ...judged,
  singledOutRows: judged.singledOut === 0 ? [] : await rowsAlone(ask, people, judged.qi, singledOutKept),
});

/** One of its sensitive fields, or k alone, goes beyond the thresholds. */
export const goesBeyond = ({ k, spreads }: JudgedSet, thresholds: Numbers): boolean =>
  violates({ k, l: null, t: null }, thresholds) ||
  spreads.some((spread) => violates({ k, ...spread }, thresholds));

const singleOf = async (ask: Ask, table: string, column: string): Promise<Single> => {
  const cell = quoted(column);
  const [[values, k, singledOut, longest, alone] = []] = await ask(
    `select count(*), min(n), count(*) filter (n = 1), max(strlen(v)), min(first, ${singledOutKept}) filter (n = 1)
    from (select ${cell} as v, count(*) as n, min(r) as first from ${table} group by ${cell})`,
  );
  return {
    column,
    values: Number(values),
    k: Number(k),
    singledOut: Number(singledOut),
    longest: Number(longest ?? 0),
    singledOutRows: alone instanceof DuckDBListValue ? alone.items.map(Number) : [],
  };
};

/** Most people singled out first, then the smaller groups; else as found. */
const byHarm = (a: Groups, b: Groups) => b.singledOut - a.singledOut || a.k - b.k;

/**
 * Sets of quasi-identifiers that nobody declared (E1): the smallest sets of columns that go beyond the thresholds. k and
 * l only fall and t only grows as columns join a set, so what contains such a set is not looked at, nor is a part of
 * a set that stays within them. First each column alone: one that goes beyond by itself (an order number) is reported
 * and put aside, and the search goes on among the others, those with more distinct values first. Columns of one value
 * tell nothing and are skipped; a rare value among many alike is not nothing. Sensitive columns are left out.
 *
 * Every figure is over all rows; nothing is sampled. At most `thresholds.search.sets` sets are looked at, of at most
 * `thresholds.search.columns` columns, and at most `setsKept` reported: those of one column singling out most people,
 * then larger ones as they are found.
 */
export const searchSets = async (
  ask: Ask,
  sheet: LoadedSheet,
  sensitive: readonly SensitiveValues[],
  declared: Declared | null,
  thresholds: Numbers,
): Promise<LocatedSet[]> => {
  const { search } = thresholds;
  const source: People = { table: sheet.table, placed: false };
  const isDeclared = (qi: readonly string[]) =>
    declared !== null && qi.length === declared.qi.length && isWithin(qi, declared.qi);
  const singles: Single[] = [];
  for (const { column } of sheet.columns.slice(0, search.sets))
    if (!sensitive.some((values) => values.column === column))
      singles.push(await singleOf(ask, sheet.table, column));
  let looks = singles.length;

  const found: LocatedSet[] = [];
  const few = singles.filter(({ k }) => violates({ k, l: null, t: null }, thresholds)).sort(byHarm);
  for (const { column, singledOutRows, ...groups } of few
    .filter((one) => !isDeclared([one.column]))
    .slice(0, setsKept))
    found.push({ ...(await judgeSet(ask, source, [column], sensitive, groups)), singledOutRows });

  const others = singles
    .filter((one) => one.values > 1 && !few.includes(one))
    .sort((a, b) => b.values - a.values)
    .slice(0, columnsReached(search.sets));
  if (found.length >= setsKept || others.length === 0) return found;

  const names = others.map(({ column }) => column);
  const within = declared && !declared.beyond ? [declared.qi] : [];
  const beyond = declared?.beyond ? [declared.qi] : [];
  const isOpen = (qi: readonly string[]) =>
    !beyond.some((one) => isWithin(one, qi)) && !within.some((one) => isWithin(qi, one));
  const coded = await codedColumns(ask, sheet, others, sensitive);
  const judge = (qi: string[]) => judgeSet(ask, coded.people, qi, sensitive);
  try {
    // Where all of them together stay within the thresholds, so does every part.
    looks += 1;
    if (names.every((name) => within[0]?.includes(name)) || !goesBeyond(await judge(names), thresholds))
      return found;
    let listed = 0;
    for (let size = sensitive.length === 0 ? 2 : 1; size <= search.columns; size += 1)
      for (const qi of setsOf(names, size)) {
        listed += 1;
        if (looks >= search.sets || listed > setsListed || found.length >= setsKept) return found;
        if (!isOpen(qi)) continue;
        looks += 1;
        const judged = await judge(qi);
        if (!goesBeyond(judged, thresholds)) continue;
        beyond.push(qi);
        found.push(await locate(ask, coded.people, judged));
      }
    return found;
  } finally {
    await coded.drop();
  }
};
