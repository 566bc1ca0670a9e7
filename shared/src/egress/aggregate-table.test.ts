import { AggregateTable } from './aggregate-table.ts';

describe('E1: a table of aggregates is declared', () => {
  it.each([
    { dimensions: ['区县'], count: '户数' },
    { dimensions: [], total: '金额' },
    {
      sheet: '表1',
      dimensions: ['区县', '行业'],
      count: '户数',
      total: '金额',
      contributions: ['第一', '第二'],
    },
    { sheet: null, dimensions: ['区县'], count: '户数', wholes: ['合计'] },
  ])('%j', (given) => {
    expect(AggregateTable.safeParse(given).success).toBe(true);
  });
  it.each([
    ['without count and total', { dimensions: ['区县'] }],
    ['contributions without a total', { dimensions: ['区县'], count: '户数', contributions: ['第一'] }],
    ['a column twice', { dimensions: ['区县'], count: '户数', total: '户数' }],
    ['an unknown part', { dimensions: ['区县'], count: '户数', weight: 'w' }],
    ['no dimensions named', { count: '户数' }],
  ])('but not %s', (_, given) => {
    expect(AggregateTable.safeParse(given).success).toBe(false);
  });
});
