import type { Ask } from './asking.ts';
import type { SensitiveValues } from './sensitive-values.ts';
import { quoted } from './table.ts';

/**
 * k-anonymity, distinct l-diversity and t-closeness as PyPI `pycanon` defines them, in whole numbers until the last
 * division, so that the same table gives the same figures on any machine:
 * - k: rows of the smallest group that shares a combination. An empty cell is a value like any other.
 * - l: fewest distinct sensitive values in a group.
 * - t: greatest earth mover's distance between a group's sensitive values and the whole table's. Texts: equal distance,
 *   half the sum of the differences. Numbers: ordered distance, the differences summed up along the distinct values by
 *   size, over one less than their number. An empty cell among numbers stands last and has no weight of its own, as
 *   `pycanon` has it; what would exceed 1 thereby is 1. One value alone has distance 0.
 */
export type Spread = { l: number; t: number };
export type Groups = { k: number; singledOut: number };

/** Rows to group, `r` their number. `placed`: its sensitive columns hold the value's place, not the cell. */
export type People = { table: string; placed: boolean };

const listed = (columns: readonly string[], of?: string) =>
  columns.map((column) => (of ? `${of}.${quoted(column)}` : quoted(column))).join(', ');
const same = (columns: readonly string[], a: string, b: string) =>
  columns.map((one) => `${a}.${quoted(one)} is not distinct from ${b}.${quoted(one)}`).join(' and ');

/** How many rows the smallest group has, and how many groups are of one row. */
export const groupsOf = async (
  ask: Ask,
  { table }: Pick<People, 'table'>,
  qi: readonly string[],
): Promise<Groups> => {
  const [[k, singledOut] = []] = await ask(
    `select min(n), count(*) filter (n = 1)
    from (select count(*) as n from ${table} group by ${listed(qi)})`,
  );
  return { k: Number(k ?? 0), singledOut: Number(singledOut ?? 0) };
};

/** The first rows, in order, whose combination is theirs alone. */
export const rowsAlone = async (
  ask: Ask,
  { table }: Pick<People, 'table'>,
  qi: readonly string[],
  atMost: number,
): Promise<number[]> => {
  const rows = await ask(
    `select min(r) from ${table} group by ${listed(qi)} having count(*) = 1 order by 1 limit ${atMost}`,
  );
  return rows.map(([r]) => Number(r));
};

/** Each row with the place of its sensitive value. */
const withPlace = ({ table, placed }: People, { column, value, table: values }: SensitiveValues) =>
  placed
    ? `(select p.*, v.i as place, v.d as alone from ${table} p join ${values} v on p.${quoted(column)} = v.i)`
    : `(select p.*, v.i as place, v.d as alone from (select *, ${value} as read from ${table}) p
        join ${values} v on p.read is not distinct from v.v)`;

/** Distance of each suspect group of texts. */
const equalDistance = (qi: readonly string[], { table, rows }: SensitiveValues) => `
  select cast(${rows} * g.size + sum(abs(c.n * ${rows} - v.n * g.size) - v.n * g.size) as double)
    / (2 * ${rows} * g.size) as t
  from suspects g join cells c on ${same(qi, 'g', 'c')} join ${table} v on v.i = c.place
  group by ${listed(qi, 'g')}, g.size`;

/**
 * Distance of each suspect group of numbers. Between two of its values a group's running share stands still while the
 * whole table's grows: each such stretch a…b is cut where the one passes the other (`e`), and both sides are sums known
 * beforehand. So the work grows with the group's values, not with the table's.
 */
const orderedDistance = (qi: readonly string[], v: SensitiveValues) => `
  select cast(sum(
      cast(upto as hugeint) * ${v.rows} * ((e - a + 1) - (b - e))
      - size * (se - before) + size * (after - se) + if(first, size * before, 0)) as double)
    / (cast(${BigInt(v.rows) * BigInt(Math.max(v.values - 1, 1))} as double) * size) as t
  from (
    select w.*, greatest(a - 1, least(b, coalesce(p.i, 0))) as e,
      case when coalesce(p.i, 0) < a then before when p.i > b then after else p.s end as se
    from (
      select ${listed(qi, 'g')}, g.size, v.i as a, v.before,
        sum(if(v.v is null, 0, c.n)) over w as upto,
        cast(sum(if(v.v is null, 0, c.n)) over w as bigint) * ${v.rows} // g.size as reached,
        lead(v.i, 1, ${v.values + 1}) over w - 1 as b,
        lead(v.before, 1, ${v.whole}) over w as after,
        row_number() over w = 1 as first
      from suspects g join cells c on ${same(qi, 'g', 'c')} join ${v.table} v on v.i = c.place
      window w as (partition by ${listed(qi, 'g')} order by v.i)) w
    asof left join (select max(i) as i, max(s) as s, upto from ${v.table} group by upto) p
      on w.reached >= p.upto)
  group by ${listed(qi)}, size`;

/**
 * The furthest value standing alone in a group, and the furthest value in a group of several. A group is never further
 * than its furthest value alone, so only groups whose furthest value is beyond the first need to be measured.
 */
const furthest = async (ask: Ask, people: People, qi: readonly string[], values: SensitiveValues) => {
  const [[alone = null, others = null] = []] = await ask(
    `select max(d) filter (first = last), max(d) filter (first <> last)
    from (select min(place) as first, max(place) as last, max(alone) as d
      from ${withPlace(people, values)} group by ${listed(qi)})`,
  );
  return { alone: Number(alone ?? 0), others: Number(others ?? 0) };
};

/** l and t of one sensitive field in the groups of `qi`; `k` is their smallest. */
export const spreadOf = async (
  ask: Ask,
  people: People,
  qi: readonly string[],
  values: SensitiveValues,
  k: number,
): Promise<Spread> => {
  const keys = listed(qi);
  const { alone, others } = k === 1 ? await furthest(ask, people, qi, values) : { alone: -1, others: 0 };
  if (others <= alone) return { l: 1, t: Math.min(1, alone) };
  const cells =
    people.placed && k > 1
      ? `select ${keys}, ${quoted(values.column)} as place, count(*) as n from ${people.table} group by all`
      : `select ${keys}, place, any_value(alone) as alone, count(*) as n
        from ${withPlace(people, values)} group by ${keys}, place`;
  const [[l = 1n, t = null] = []] = await ask(
    `with cells as materialized (${cells}),
    suspects as materialized (
      select ${keys}, cast(sum(n) as bigint) as size
      from cells group by ${keys} ${k > 1 ? '' : `having max(alone) > ${alone}`})
    select (select min(l) from (select count(*) as l from cells group by ${keys})),
      (select max(t) from (${values.ordered ? orderedDistance(qi, values) : equalDistance(qi, values)}))`,
  );
  return { l: Number(l), t: Math.min(1, Math.max(alone, Number(t ?? 0))) };
};
