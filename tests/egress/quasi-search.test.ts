import { judgeGroups, type GroupsAsk } from '@gongshu/activities/egress/engine/groups';
import type { Loaded } from '@gongshu/activities/egress/engine/table';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';
import { openTables, tableOf } from '../support/egress-tables.ts';

const thresholds: EgressThresholds = {
  k: 3,
  l: 1,
  t: 1,
  search: { columns: 3, sets: 2_000 },
  aggregate: { minimumCell: 5, dominance: { n: 2, share: 0.85 }, pRatio: 0.1, zeros: 'finding' },
  raw: { fields: 3, shareOfProduct: 0 },
};
const searching = (search: EgressThresholds['search'], l = 1) => ({ ...thresholds, l, search });

let opened: Pick<Loaded, 'connection' | 'close'>;
beforeAll(async () => {
  opened = await openTables();
});
afterAll(() => opened.close());

type Row = Record<string, string | null>;
const judge = async (rows: readonly Row[], asked: Partial<GroupsAsk> = {}) => {
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => columns.map((column) => row[column] ?? null));
  const sheet = await tableOf(opened.connection, columns, cells);
  return judgeGroups(
    { connection: opened.connection, sheets: [sheet] },
    { qi: null, sensitive: [], thresholds, ...asked },
  );
};
const setsIn = (groups: Awaited<ReturnType<typeof judge>>) =>
  groups.filter(({ searched }) => searched).map(({ qi }) => qi.join('+'));

/** 120 rows; each pair of sex (2), area (3) and month (4) has ten rows or more, all three together five. */
const even = (change: (at: number) => Row = () => ({})): Row[] =>
  Array.from({ length: 120 }, (_, at) => ({
    sex: `s${at % 2}`,
    area: `a${Math.floor(at / 2) % 3}`,
    month: `m${Math.floor(at / 6) % 4}`,
    land: 'CN',
    ...change(at),
  }));

describe('E1: quasi-identifiers nobody declared', () => {
  it('nothing where every combination has enough rows', async () => {
    expect(await judge(even())).toEqual([]);
  });

  it('a combination no column of which singles out by itself', async () => {
    // The row's month moves on: sex s0, area a0 and month m3 lose three of five rows, each pair stays at seven and more.
    const moved = even((at) => ([18, 42, 66].includes(at) ? { month: 'm2' } : {}));
    expect(await judge(moved)).toMatchObject([
      {
        qi: ['sex', 'area', 'month'],
        searched: true,
        k: 2,
        singledOut: 0,
        singledOutRows: [],
        sensitive: null,
      },
    ]);
  });

  it('an order number of each row is reported, and the search goes on among the others', async () => {
    const groups = await judge(
      even((at) => ({ order: `n${at}`, ...([18, 42, 66, 90].includes(at) ? { month: 'm2' } : {}) })),
    );
    expect(groups).toMatchObject([
      { qi: ['order'], k: 1, singledOut: 120 },
      { qi: ['sex', 'area', 'month'], k: 1, singledOut: 1, singledOutRows: [115] },
    ]);
  });

  it('a rare value among many alike is found, a column of one value is not', async () => {
    const groups = await judge(even((at) => ({ flag: at === 77 ? 'Y' : 'N' })));
    expect(groups).toMatchObject([{ qi: ['flag'], k: 1, singledOut: 1, singledOutRows: [78] }]);
  });

  it('an empty cell is rare like any other value', async () => {
    const groups = await judge(even((at) => ({ flag: at === 77 ? null : 'N' })));
    expect(groups).toMatchObject([{ qi: ['flag'], singledOutRows: [78] }]);
  });

  it('fewer rows than k: every column says so, those of one value too', async () => {
    expect(setsIn(await judge([{ a: 'x' }, { a: 'x' }]))).toEqual(['a']);
  });

  it('sensitive columns are no quasi-identifiers, but l is judged', async () => {
    const rows = even((at) => ({ illness: at % 2 === 0 ? 'flu' : `i${at}` }));
    expect(setsIn(await judge(rows, { sensitive: ['illness'] }))).toEqual([]);
    const groups = await judge(rows, { sensitive: ['illness'], thresholds: searching(thresholds.search, 2) });
    expect(groups).toMatchObject([{ qi: ['sex'], sensitive: 'illness', k: 60, l: 1 }]);
  });

  it('a set that holds a smaller one is not reported', async () => {
    const rows = even((at) => ({
      a: at < 3 ? 'x' : `y${at % 2}`,
      b: at < 2 || at === 5 ? 'x' : `y${at % 2}`,
    }));
    const sets = setsIn(await judge(rows));
    expect(sets).toContain('a+b');
    const columns = sets.map((set) => new Set(set.split('+')));
    expect(
      columns.filter((one) =>
        columns.some((other) => other !== one && [...other].every((name) => one.has(name))),
      ),
    ).toEqual([]);
  });

  it('at most twenty sets, those that single out most first', async () => {
    const columns = (at: number) =>
      Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`c${n}`, at < 4 * n + 4 ? `v${at}` : 'same']));
    const sets = setsIn(await judge(Array.from({ length: 120 }, (_, at) => columns(at))));
    expect(sets).toEqual(Array.from({ length: 20 }, (_, n) => `c${24 - n}`));
  });

  it('no more sets than the pack allows, no larger ones either', async () => {
    const moved = even((at) => ([18, 42, 66].includes(at) ? { month: 'm2' } : {}));
    expect(setsIn(await judge(moved, { thresholds: searching({ columns: 2, sets: 2_000 }) }))).toEqual([]);
    // four columns, all three together, three pairs: the eighth look is not the ninth
    expect(setsIn(await judge(moved, { thresholds: searching({ columns: 3, sets: 8 }) }))).toEqual([]);
    expect(setsIn(await judge(moved, { thresholds: searching({ columns: 3, sets: 9 }) }))).toHaveLength(1);
  });

  it('what was declared is not found again, nor its supersets', async () => {
    const moved = even((at) => ([18, 42, 66].includes(at) ? { month: 'm2' } : {}));
    const groups = await judge(moved, { qi: ['sex', 'area', 'month'] });
    expect(groups).toMatchObject([{ searched: false, k: 2 }]);
    expect(
      setsIn(
        await judge(
          even((at) => ({ order: `n${at}` })),
          { qi: ['order'] },
        ),
      ),
    ).toEqual([]);
  });

  it('declared sets within the thresholds spare their parts, not sets with other columns', async () => {
    const moved = even((at) => ([18, 42, 66].includes(at) ? { month: 'm2' } : {}));
    expect(await judge(moved, { qi: ['sex', 'area'] })).toMatchObject([
      { searched: false, qi: ['sex', 'area'], k: 20 },
      { searched: true, qi: ['sex', 'area', 'month'], k: 2 },
    ]);
  });

  it('columns of very many or very long values are searched too', async () => {
    const long = 'x'.repeat(300);
    const moved = even((at) => ([18, 42, 66].includes(at) ? { month: 'm2' } : {}));
    const rows = moved.map((row) => ({ ...row, area: long + (row['area'] ?? '') }));
    expect(setsIn(await judge(rows))).toEqual(['sex+area+month']);
  });

  it('the same table gives the same report, and leaves no table behind', async () => {
    const rows = even((at) => ({ order: `n${at}`, pay: String((at * 37) % 11), month: `m${(at * at) % 7}` }));
    const asked = { sensitive: ['pay'], thresholds: searching(thresholds.search, 3) };
    const first = JSON.stringify(await judge(rows, asked));
    expect(first).toContain('"searched":true');
    expect(JSON.stringify(await judge(rows, asked))).toBe(first);
    const left = await opened.connection.runAndReadAll(
      'select table_name from duckdb_tables() union all select type_name from duckdb_types() where not internal',
    );
    expect(left.getRows()).toEqual([['sheet0']]);
  });
});
