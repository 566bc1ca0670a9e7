import { judgeGroups, type GroupsAsk } from '@gongshu/activities/egress/engine/groups';
import type { Loaded, LoadedSheet } from '@gongshu/activities/egress/engine/table';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';
import { type Cells, openTables, tableOf } from '../support/egress-tables.ts';

const thresholds: EgressThresholds = {
  k: 2,
  l: 2,
  t: 0.5,
  search: { columns: 3, sets: 2_000 },
  aggregate: { minimumCell: 5, dominance: { n: 2, share: 0.85 }, pRatio: 0.1, zeros: 'finding' },
  raw: { fields: 3, shareOfProduct: 0 },
};
const unsearched = { ...thresholds, search: { columns: 0, sets: 0 } };

let opened: Pick<Loaded, 'connection' | 'close'>;
beforeAll(async () => {
  opened = await openTables();
});
afterAll(() => opened.close());

type Asked = Partial<GroupsAsk> & { connection?: Loaded['connection'] };
const judgeSheets = (sheets: LoadedSheet[], { connection = opened.connection, ...asked }: Asked) =>
  judgeGroups({ connection, sheets }, { qi: null, sensitive: [], thresholds, ...asked });
const judge = async (columns: string[], rows: Cells, asked: Asked = {}) =>
  judgeSheets([await tableOf(opened.connection, columns, rows)], asked);

/** The same connection with one piece of the engine's SQL replaced; a replacement that meets nothing fails the test. */
const sabotaged = (from: string, to: string) => {
  let met = 0;
  const { connection } = opened;
  const ask: Loaded['connection']['runAndReadAll'] = (sql, ...rest) => {
    if (sql.includes(from)) met += 1;
    return connection.runAndReadAll(sql.replaceAll(from, to), ...rest);
  };
  const twin = new Proxy(connection, {
    get: (of, name) => (name === 'runAndReadAll' ? ask : Reflect.get(of, name).bind(of)),
  });
  return { connection: twin, met: () => met };
};

/**
 * Six people; the last has no region on record. Groups by region and age: rows 1–3 (flu twice, cold), rows 4–5 (cold,
 * gout), row 6 (gout). The whole: a third each. Distances: ½(⅓+0+⅓) = ⅓; ½(⅓+⅙+⅙) = ⅓; ½(⅓+⅓+⅔) = ⅔.
 */
const people = {
  columns: ['region', 'age', 'illness'],
  rows: [
    ['north', '30', 'flu'],
    ['north', '30', 'flu'],
    ['north', '30', 'cold'],
    ['south', '30', 'cold'],
    ['south', '30', 'gout'],
    [null, '30', 'gout'],
  ],
};
const ofPeople = { qi: ['region', 'age'], sensitive: ['illness'], thresholds: unsearched };
const onPaper = [
  {
    qi: ['region', 'age'],
    sensitive: 'illness',
    searched: false,
    sheet: null,
    k: 1,
    l: 1,
    t: 2 / 3,
    singledOut: 1,
    singledOutRows: [6],
  },
];

/**
 * No group of one value: north flu, flu, cold; south cold, gout three times. The whole: 2, 2 and 3 of 7.
 * Distances: ½(8/21 + 1/21 + 9/21) = 3/7; ½(8/28 + 1/28 + 9/28) = 9/28.
 */
const mixed = {
  columns: ['region', 'illness'],
  rows: [
    ['north', 'flu'],
    ['north', 'flu'],
    ['north', 'cold'],
    ['south', 'cold'],
    ['south', 'gout'],
    ['south', 'gout'],
    ['south', 'gout'],
  ],
};
const ofMixed = { qi: ['region'], sensitive: ['illness'], thresholds: unsearched };

/**
 * The example of Li, Li and Venkatasubramanian (t-Closeness, 2007, table 3 and section 5.2): salaries of 3k to 11k in
 * groups of three; the paper computes 0.375 for {3k, 4k, 5k} and 0.167 for {6k, 8k, 11k}.
 */
const salaries = (groups: readonly number[][]) => ({
  columns: ['group', 'salary'],
  rows: groups.flatMap((group, at) => group.map((salary) => [`g${at}`, String(salary)])),
});
const paper = salaries([
  [3_000, 4_000, 5_000],
  [6_000, 8_000, 11_000],
  [7_000, 9_000, 10_000],
]);

describe('E1: declared quasi-identifiers, computed on paper', () => {
  it('texts: an empty cell is a value, its row is singled out', async () => {
    expect(await judge(people.columns, people.rows, ofPeople)).toEqual(onPaper);
  });

  it('texts, no group of one value', async () => {
    const [group] = await judge(mixed.columns, mixed.rows, ofMixed);
    expect(group).toMatchObject({ k: 3, l: 2, singledOut: 0 });
    expect(group?.t).toBeCloseTo(3 / 7, 12);
  });

  it('numbers: the ordered distance of the paper on t-closeness', async () => {
    const [group] = await judge(paper.columns, paper.rows, {
      qi: ['group'],
      sensitive: ['salary'],
      thresholds: unsearched,
    });
    expect(group).toMatchObject({ k: 3, l: 3, singledOut: 0, singledOutRows: [] });
    expect(group?.t).toBeCloseTo(0.375, 12);
  });

  it('numbers: 0.1667 for the group spread over them all', async () => {
    // Its complement {3,4,5,7,9,10} lies half as far to the other side.
    const { columns, rows } = salaries([
      [6_000, 8_000, 11_000],
      [3_000, 4_000, 5_000, 7_000, 9_000, 10_000],
    ]);
    const [group] = await judge(columns, rows, {
      qi: ['group'],
      sensitive: ['salary'],
      thresholds: unsearched,
    });
    expect(group?.t).toBeCloseTo(1 / 6, 12);
  });

  it('the same digits as texts are not numbers: half the sum of the differences', async () => {
    const { columns, rows } = paper;
    const [group] = await judge(columns, [...rows.map(([of, pay]) => [of ?? null, `${pay} yuan`])], {
      qi: ['group'],
      sensitive: ['salary'],
      thresholds: unsearched,
    });
    expect(group?.t).toBeCloseTo(2 / 3, 12); // three values of a third against nine of a ninth
  });

  it('1 and 1.0 are one sensitive value', async () => {
    const [group] = await judge(
      ['of', 'pay'],
      [
        ['a', '1'],
        ['a', '1.0'],
        ['a', '1e0'],
      ],
      { qi: ['of'], sensitive: ['pay'], thresholds: unsearched },
    );
    expect(group).toMatchObject({ k: 3, l: 1, t: 0 });
  });

  it('whole numbers beyond what a float holds stay apart', async () => {
    const [group] = await judge(
      ['of', 'number'],
      [
        ['a', '900000000000000001'],
        ['a', '900000000000000002'],
      ],
      { qi: ['of'], sensitive: ['number'], thresholds: unsearched },
    );
    expect(group).toMatchObject({ l: 2 });
  });

  it('a finding for each sensitive field, k alone without', async () => {
    const both = await judge(people.columns, people.rows, {
      qi: ['region'],
      sensitive: ['illness', 'age'],
      thresholds: unsearched,
    });
    expect(both.map(({ sensitive, l }) => [sensitive, l])).toEqual([
      ['age', 1],
      ['illness', 1],
    ]);
    const none = await judge(people.columns, people.rows, { qi: ['age'], thresholds: unsearched });
    expect(none).toMatchObject([{ sensitive: null, l: null, t: null, k: 6 }]);
  });

  it('in a sheet declared to be a table of aggregates nothing is searched; in another sheet beside it it is', async () => {
    const cells = [
      ['north', '7'],
      ['south', '9'],
    ];
    const named = (sheet: string) =>
      tableOf(opened.connection, ['region', 'trips'], cells, { table: sheet, sheet });
    const sheets = [await named('cells'), await named('people')];
    const found = (await judgeSheets(sheets, {})).map(({ sheet, searched }) => [sheet, searched]);
    expect(new Set(found.map(([sheet]) => sheet))).toEqual(new Set(['cells', 'people']));
    const aggregates = [{ sheet: 'cells', dimensions: ['region'], count: 'trips' }];
    const spared = await judgeSheets(sheets, { aggregates });
    expect(spared).toHaveLength(found.length / 2);
    expect(spared.every(({ sheet }) => sheet === 'people')).toBe(true);
    const declared = await judgeSheets(sheets, { aggregates, qi: ['region'], thresholds: unsearched });
    expect(declared.map(({ sheet, k }) => [sheet, k])).toEqual([
      ['cells', 1],
      ['people', 1],
    ]);
  });

  it('a table of aggregates that the file does not have is refused', async () => {
    const aggregates = [{ dimensions: ['region'], count: 'trips' }];
    await expect(judge(people.columns, people.rows, { aggregates })).rejects.toMatchObject({
      reason: 'columnMissing',
      at: { column: 'trips' },
    });
  });

  it('the first thousand rows singled out, all of them counted', async () => {
    const rows = Array.from({ length: 1_500 }, (_, at) => [`n${at}`]);
    const [group] = await judge(['number'], rows, { qi: ['number'], thresholds: unsearched });
    expect(group).toMatchObject({ k: 1, singledOut: 1_500 });
    expect(group?.singledOutRows).toEqual(Array.from({ length: 1_000 }, (_, at) => at + 1));
  });

  it.each([{ qi: ['region', 'zip'] }, { qi: ['region'], sensitive: ['zip'] }, { sensitive: ['zip'] }])(
    'a declared column the file does not have is refused: %j',
    async (asked) => {
      await expect(judge(people.columns, people.rows, asked)).rejects.toMatchObject({
        reason: 'columnMissing',
        at: { column: 'zip' },
      });
    },
  );

  it('in a workbook each sheet is judged by those of the columns it has', async () => {
    const { connection } = opened;
    const first = await tableOf(connection, ['region'], [['north'], ['north']], { sheet: 'A', table: 'a' });
    const second = await tableOf(connection, ['age', 'x'], [['30', '1']], { sheet: 'B', table: 'b' });
    const empty = await tableOf(connection, ['region', 'age'], [], { sheet: 'C', table: 'c' });
    const groups = await judgeSheets([first, second, empty], {
      qi: ['region', 'age'],
      thresholds: unsearched,
    });
    expect(groups.map(({ sheet, qi, k }) => [sheet, qi, k])).toEqual([
      ['A', ['region'], 2],
      ['B', ['age'], 1],
    ]);
  });

  it('names with quotes and keywords are columns like any other', async () => {
    const groups = await judge(['a"b', "select '"], [["x'", 'y"']], { qi: ['a"b', "select '"] });
    expect(groups[0]).toMatchObject({ qi: ['a"b', "select '"], k: 1 });
  });

  it('a stop is refused, not passed', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(judge(people.columns, people.rows, { signal: stop.signal })).rejects.toMatchObject({
      reason: 'stopped',
    });
  });
});

describe('E1: sabotaged twins are told apart', () => {
  it.each([
    {
      name: 'rows with an empty cell dropped',
      from: 'group by "c0", "c1")',
      to: 'where "c0" is not null group by "c0", "c1")',
    },
    {
      name: 'empty cells not counted',
      from: 'select count(*) as n from sheet0',
      to: 'select count("c0") as n from sheet0',
    },
    { name: 'rows counted from 0', from: 'select min(r) from', to: 'select min(r) - 1 from' },
  ])('$name', async ({ from, to }) => {
    const { connection, met } = sabotaged(from, to);
    const groups = await judge(people.columns, people.rows, { ...ofPeople, connection });
    expect(met()).toBeGreaterThan(0);
    expect(groups).not.toEqual(onPaper);
  });

  it.each([
    { name: 'rows counted, not distinct values', from: 'count(*) as l', to: 'sum(n) as l' },
    { name: 'the group of most values', from: 'select min(l)', to: 'select max(l) + 1' },
    { name: 'the nearest group instead of the furthest', from: 'select max(t)', to: 'select min(t)' },
    { name: 'the sum of the differences, not half of it', from: '/ (2 * 7', to: '/ (1 * 7' },
  ])('without a group of one value: $name', async ({ from, to }) => {
    const { connection, met } = sabotaged(from, to);
    const [group] = await judge(mixed.columns, mixed.rows, { ...ofMixed, connection });
    expect(met()).toBeGreaterThan(0);
    expect([group?.k, group?.l, group?.t?.toFixed(9)]).not.toEqual([3, 2, (3 / 7).toFixed(9)]);
  });

  it.each([
    { name: 'not divided by one less than the values', from: 'cast(72 as double)', to: 'cast(81 as double)' },
    { name: 'numbers in the order of their text', from: 'cast("c1" as bigint)', to: '"c1"' },
    { name: 'the stretch before the first value left out', from: 'if(first, size * before, 0)', to: '0' },
  ])('in the ordered distance: $name', async ({ from, to }) => {
    const { columns, rows } = salaries([
      [4_000, 5_000, 6_000],
      [3_000, 7_000, 11_000],
      [8_000, 9_000, 10_000],
    ]);
    const asked = { qi: ['group'], sensitive: ['salary'], thresholds: unsearched };
    const right = await judge(columns, rows, asked);
    const { connection, met } = sabotaged(from, to);
    const [group] = await judge(columns, rows, { ...asked, connection });
    expect(met()).toBeGreaterThan(0);
    expect(group?.t).not.toBeCloseTo(right[0]?.t ?? 0, 9);
  });
});
