import { judgeAggregates } from '@gongshu/activities/egress/engine/aggregates';
import type { Loaded } from '@gongshu/activities/egress/engine/table';
import type { AggregateTable } from '@gongshu/shared/egress/aggregate-table';
import { type Cells, openTables, tableOf } from '../support/egress-tables.ts';

const limits = {
  aggregate: { minimumCell: 5, dominance: { n: 2, share: 0.85 }, pRatio: 0.1, zeros: 'finding' as const },
};

let opened: Pick<Loaded, 'connection' | 'close'>;
beforeAll(async () => {
  opened = await openTables();
});
afterAll(() => opened.close());

const judge = async (columns: string[], rows: Cells, ...declared: AggregateTable[]) => {
  const sheet = await tableOf(opened.connection, columns, rows);
  return judgeAggregates({ connection: opened.connection, sheets: [sheet] }, declared, limits);
};
const places = async (...asked: Parameters<typeof judge>) =>
  (await judge(...asked)).map(({ row, column, rule }) => `${row} ${column} ${rule}`);

describe('E1: tables of aggregates', () => {
  it('finds each rule with its row and column', async () => {
    const found = await judge(
      ['district', 'firms', 'turnover', 'first', 'second'],
      [
        ['Shapotou', '120', '1,000', '300', '200'],
        ['Zhongning', '4', '1000', '300', '200'],
        ['Haiyuan', '9', '1000', '800', '60'],
        ['Xiangshan', '9', '1000', '930', '10'],
        ['Changle', '0', '0', null, null],
        ['Yinshui', '*', '*', null, null],
      ],
      { dimensions: ['district'], count: 'firms', total: 'turnover', contributions: ['first', 'second'] },
    );
    expect(found).toEqual([
      { sheet: null, row: 2, column: 'firms', rule: 'minimumCell' },
      { sheet: null, row: 3, column: 'turnover', rule: 'dominance' }, // 860 > 850; 140 ≥ 80
      { sheet: null, row: 4, column: 'turnover', rule: 'dominance' }, // 940 > 850
      { sheet: null, row: 4, column: 'turnover', rule: 'pRatio' }, // 60 < 93
      { sheet: null, row: 5, column: 'firms', rule: 'zero' },
    ]);
  });

  it('nothing in a table whose cells are safe', async () => {
    expect(
      await judge(
        ['district', 'firms'],
        [
          ['a', '5'],
          ['b', '6'],
          ['合计', '11'],
        ],
        {
          dimensions: ['district'],
          count: 'firms',
        },
      ),
    ).toEqual([]);
  });

  it('each of several declarations of one sheet', async () => {
    expect(
      await places(
        ['district', 'men', 'women'],
        [
          ['a', '3', '9'],
          ['b', '9', '2'],
        ],
        { dimensions: ['district'], count: 'men' },
        { dimensions: ['district'], count: 'women' },
      ),
    ).toEqual(['1 men minimumCell', '2 women minimumCell']);
  });

  it.each([
    ['a count in words', '4人', { dimensions: ['district'], count: 'firms' }],
    ['a count below nought', '-4', { dimensions: ['district'], count: 'firms' }],
    ['a contribution below nought', '-4', { dimensions: [], total: 'district', contributions: ['firms'] }],
  ])('%s cannot be judged: refused with its place, without its value', async (_, cell, declared) => {
    const judged = judge(
      ['district', 'firms'],
      [
        ['9', '9'],
        ['9', cell],
      ],
      declared,
    );
    await expect(judged).rejects.toMatchObject({ reason: 'malformed', at: { row: 2, column: 'firms' } });
    await expect(judged).rejects.not.toThrow(cell);
  });

  it('a total below nought can, where no contributions are declared', async () => {
    expect(
      await judge(['district', 'balance'], [['a', '-4']], { dimensions: ['district'], total: 'balance' }),
    ).toEqual([]);
  });

  it.each([
    [{ dimensions: ['district'], count: 'households' }, 'households'],
    [{ dimensions: ['street'], count: 'firms' }, 'street'],
    [{ sheet: 'B', dimensions: ['district'], count: 'firms' }, 'district'],
  ])('a declared column that is not there is refused: %j', async (declared, column) => {
    await expect(judge(['district', 'firms'], [['a', '9']], declared)).rejects.toMatchObject({
      reason: 'columnMissing',
      at: { column },
    });
  });

  it('the sheet that was named alone', async () => {
    const { connection } = opened;
    const columns = ['district', 'firms'];
    const sheets = [
      await tableOf(connection, columns, [['a', '1']], { sheet: 'A', table: 'a' }),
      await tableOf(connection, columns, [['a', '2']], { sheet: 'B', table: 'b' }),
    ];
    const declared = { dimensions: ['district'], count: 'firms' };
    const of = async (...names: (string | undefined)[]) =>
      (
        await judgeAggregates(
          { connection, sheets },
          names.map((sheet) => ({ ...declared, sheet })),
          limits,
        )
      ).map(({ sheet }) => sheet);
    expect(await of('B')).toEqual(['B']);
    expect(await of(undefined)).toEqual(['A', 'B']);
  });
});

describe('E1: an empty cell that follows from its total', () => {
  const byDistrict = { dimensions: ['district'], count: 'firms' };

  it('one empty cell among parts whose total is given', async () => {
    expect(
      await places(
        ['district', 'firms'],
        [
          ['a', '9'],
          ['b', '*'],
          ['合计', '21'],
        ],
        byDistrict,
      ),
    ).toEqual(['2 firms recoverable']);
  });

  it.each([
    [
      'two empty cells',
      [
        ['a', null],
        ['b', '*'],
        ['合计', '21'],
      ],
    ],
    [
      'no row for the whole',
      [
        ['a', '9'],
        ['b', '*'],
        ['c', '21'],
      ],
    ],
    [
      'two rows for the whole',
      [
        ['a', '9'],
        ['b', '*'],
        ['小计', '21'],
        ['合计', '42'],
      ],
    ],
  ])('%s: nothing follows', async (_, rows) => {
    expect(await places(['district', 'firms'], rows, byDistrict)).toEqual([]);
  });

  it('an empty dimension, as ROLLUP writes it, is the whole', async () => {
    expect(
      await places(
        ['district', 'firms'],
        [
          ['a', '9'],
          ['b', null],
          [null, '21'],
        ],
        byDistrict,
      ),
    ).toEqual(['2 firms recoverable']);
  });

  it('words of the submitter for the whole', async () => {
    const rows = [
      ['a', '9'],
      ['b', null],
      ['Everywhere', '21'],
    ];
    expect(await places(['district', 'firms'], rows, byDistrict)).toEqual([]);
    expect(await places(['district', 'firms'], rows, { ...byDistrict, wholes: ['everywhere'] })).toEqual([
      '2 firms recoverable',
    ]);
  });

  const crossed = (cells: (string | null)[][]) =>
    cells.flatMap((row, at) =>
      row.map((cell, along) => [['a', 'b', '合计'][at] ?? '', ['x', 'y', '合计'][along] ?? '', cell]),
    );
  const byBoth = { dimensions: ['district', 'trade'], total: 'turnover' };

  it('four empty cells in a square keep each other', async () => {
    const rows = crossed([
      [null, null, '30'],
      [null, null, '40'],
      ['35', '35', '70'],
    ]);
    expect(await places(['district', 'trade', 'turnover'], rows, byBoth)).toEqual([]);
  });

  it('three do not: one follows, then the others, one after another', async () => {
    const rows = crossed([
      [null, null, '30'],
      [null, '19', '40'],
      ['35', '35', '70'],
    ]);
    expect(await places(['district', 'trade', 'turnover'], rows, byBoth)).toEqual([
      '1 turnover recoverable',
      '2 turnover recoverable',
      '4 turnover recoverable',
    ]);
  });

  it('an empty whole follows from its parts', async () => {
    expect(
      await places(
        ['district', 'firms'],
        [
          ['a', '9'],
          ['b', '8'],
          ['合计', null],
        ],
        byDistrict,
      ),
    ).toEqual(['3 firms recoverable']);
  });
});
