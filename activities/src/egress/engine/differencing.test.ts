import type { AggregateTable } from '@gongshu/shared/egress/aggregate-table';
import {
  type Cell,
  type MadeTable,
  below,
  madeTables,
  seeded,
  shuffled,
} from '../../../../tests/support/made-tables.ts';
import { differences } from './differencing.ts';
import { fingerprint, randomFingerprintKey } from './fingerprints.ts';

const tables = madeTables();
afterAll(() => tables.remove());
let files = 0;

const compare = async (
  now: MadeTable,
  before: MadeTable,
  aggregates: AggregateTable[] = [],
  key = randomFingerprintKey(),
) => {
  const counts = aggregates.map(({ sheet = null, count = '' }) => ({ sheet, columns: [count] }));
  const { file } = await fingerprint(
    await tables.open(before),
    key,
    { of: 'release', id: 'v1', counts },
    tables.path(`d${(files += 1)}`),
  );
  return differences(await tables.open(now), [{ id: 'v1', file }], 5, { key, aggregates });
};

const random = seeded(1);
const visits: MadeTable = {
  columns: ['年龄段', '区县', '科室', '费用'],
  rows: Array.from({ length: 2_000 }, (): Cell[] => [
    `${10 * below(random, 9)}岁`,
    `区${below(random, 5)}`,
    `科${below(random, 12)}`,
    below(random, 900),
  ]),
};
const without = (rows: number): MadeTable => ({
  ...visits,
  rows: shuffled(visits.rows.slice(rows), seeded(2)),
});

describe('E1: two releases whose difference is fewer rows than k', () => {
  it.each([
    { gone: 0, told: false },
    { gone: 1, told: true },
    { gone: 4, told: true },
    { gone: 5, told: false },
  ])('$gone rows left out', async ({ gone, told }) => {
    const fields = visits.columns;
    expect(await compare(without(gone), visits)).toEqual(
      told ? [{ against: 'v1', sheet: null, fields, appeared: 0, disappeared: gone }] : [],
    );
    expect(await compare(visits, without(gone))).toEqual(
      told ? [{ against: 'v1', sheet: null, fields, appeared: gone, disappeared: 0 }] : [],
    );
  });

  it('tables of different rows that have a number or two in common make no difference', async () => {
    const counts = {
      columns: ['区', '病', '总额'],
      rows: [
        ['东', '甲', 0],
        ['西', '乙', 50],
        ['南', '丙', 7],
        ['北', '丁', 9],
      ],
    };
    const spaces = {
      columns: ['district', '总额'],
      rows: Array.from({ length: 60 }, (_, row): Cell[] => [`D${row % 3}`, (row % 7) * 50]),
    };
    expect(await compare(counts, spaces)).toEqual([]);
  });

  it('one row doubled is one row more', async () => {
    const doubled = { ...visits, rows: [...visits.rows, visits.rows[3] ?? []] };
    expect(await compare(doubled, visits)).toMatchObject([{ appeared: 1, disappeared: 0 }]);
  });

  it('over the fields both carry, renamed and moved', async () => {
    const other = {
      columns: ['费', '区', '年龄'],
      rows: without(3).rows.map((row) => [row[3] ?? null, row[1] ?? null, row[0] ?? null]),
    };
    expect(await compare(other, visits)).toEqual([
      { against: 'v1', sheet: null, fields: ['费', '区', '年龄'], appeared: 0, disappeared: 3 },
    ]);
  });

  it('other data altogether tells nothing, though its rows are few', async () => {
    const other = { columns: visits.columns, rows: [['甲', '乙', '丙', 'x']] as Cell[][] };
    expect(await compare(other, visits)).toEqual([]);
  });
});

describe('E1: tables of aggregates, cell by cell', () => {
  const table = (change: (cell: number) => number): MadeTable => ({
    columns: ['区县', '年份', '人数'],
    rows: Array.from({ length: 60 }, (_, at) => [
      `区${at % 6}`,
      2015 + Math.floor(at / 6),
      change(at) + 100 + at,
    ]),
  });
  const declared: AggregateTable = { dimensions: ['区县', '年份'], count: '人数' };
  const before = table(() => 0);

  it.each([
    { name: 'grown by fewer than k', by: 3, finding: { appeared: 1, disappeared: 0 } },
    { name: 'fallen by fewer than k', by: -4, finding: { appeared: 0, disappeared: 1 } },
    { name: 'grown by k', by: 5, finding: undefined },
    { name: 'the same', by: 0, finding: undefined },
  ])('a cell $name', async ({ by, finding }) => {
    const now = table((at) => (at === 7 ? by : 0));
    const fields = ['区县', '年份', '人数'];
    expect(await compare(now, before, [declared])).toEqual(
      finding ? [{ against: 'v1', sheet: null, fields, ...finding }] : [],
    );
  });
});
