import { fraction } from '../exact.ts';
import { judgeCell, numberIn } from './aggregate-cell.ts';

const limits = {
  minimumCell: 5,
  dominance: { n: 2, share: 0.85 },
  pRatio: 0.1,
  zeros: 'finding' as const,
};
const of = (text: string | null | undefined) => {
  const number = numberIn(text ?? null);
  if (number === 'unreadable') throw new Error('a test writes numbers');
  return number;
};
const judge = (
  cell: { count?: string; total?: string | null; contributions?: (string | null)[] },
  changed: Partial<typeof limits> | { zeros: 'allowed' } = {},
) =>
  judgeCell(
    { count: of(cell.count), total: of(cell.total), contributions: cell.contributions?.map(of) ?? null },
    { ...limits, ...changed },
  ).map(({ of: part, rule }) => `${part} ${rule}`);

describe('E1: the rules for a cell of aggregates (ESSNet handbook, chapter 4)', () => {
  it.each([
    { name: 'the minimum itself is safe', cell: { count: '5' }, found: [] },
    { name: 'one contributor too few', cell: { count: '4' }, found: ['count minimumCell'] },
    { name: 'one contributor', cell: { count: '1' }, found: ['count minimumCell'] },
    { name: 'nobody', cell: { count: '0' }, found: ['count zero'] },
    { name: 'a suppressed count', cell: { count: '*' }, found: [] },
    { name: 'all contribute nothing', cell: { count: '9', total: '0' }, found: ['total zero'] },
    // 60 + 25 = 85 of 100; 100 − 60 − 25 = 15 ≥ 6
    {
      name: 'two give the greatest share allowed',
      cell: { total: '100', contributions: ['60', '25'] },
      found: [],
    },
    // 60 + 25.01 > 85
    {
      name: 'two give a hundredth more',
      cell: { total: '100', contributions: ['60', '25.01'] },
      found: ['total dominance'],
    },
    // 100 − 70 − 23 = 7 = 0.1 · 70: safe by the p% rule, though 93 > 85
    {
      name: 'the others are exactly p of the largest',
      cell: { total: '100', contributions: ['70', '23'] },
      found: ['total dominance'],
    },
    // 100 − 70 − 23.01 = 6.99 < 7
    {
      name: 'the others are less than p of the largest',
      cell: { total: '100', contributions: ['70', '23.01'] },
      found: ['total dominance', 'total pRatio'],
    },
    // 50 + 45 = 95 > 85, 5 = 0.1 · 50
    {
      name: 'not in order: the largest is found',
      cell: { total: '100', contributions: ['45', '50'] },
      found: ['total dominance'],
    },
    {
      name: 'one contributor alone',
      cell: { count: '1', total: '80', contributions: ['80', null] },
      found: ['count minimumCell', 'total dominance', 'total pRatio'],
    },
    // a second of up to 40 may be there: 80 > 85 no; 100 − 40 − 40 = 20
    {
      name: 'a second not given, harmless at its greatest',
      cell: { total: '100', contributions: ['40', null] },
      found: [],
    },
    // up to 48: 96 > 85; 100 − 48 − 48 = 4 < 4.8
    {
      name: 'a second not given, harmful at its greatest',
      cell: { total: '100', contributions: ['48', null] },
      found: ['total dominance', 'total pRatio'],
    },
    {
      name: 'a suppressed total tells nothing by itself',
      cell: { count: '9', total: null, contributions: ['48', '40'] },
      found: [],
    },
    {
      name: 'numbers with grouped thousands, full width, exponent',
      cell: { count: '１２', total: '1,000,000', contributions: ['6e5', '250000.00'] },
      found: [],
    },
  ])('$name', ({ cell, found }) => {
    expect(judge(cell)).toEqual(found);
  });

  it('zeros are no finding where the pack allows them', () => {
    expect(judge({ count: '0', total: '0' }, { zeros: 'allowed' })).toEqual([]);
  });

  it('n of the pack, not two: three of 30 are 90 of 100', () => {
    const cell = { total: '100', contributions: ['30', '30', '30'] };
    expect(judge(cell)).toEqual([]);
    expect(judge(cell, { dominance: { n: 3, share: 0.85 } })).toEqual(['total dominance']);
  });

  it('floats would call a safe cell unsafe at the edge', () => {
    expect(4.3 - 3 - 1 < 0.1 * 3).toBe(true);
    expect(judge({ total: '4.3', contributions: ['3', '1'] })).not.toContain('total pRatio');
  });
});

describe('the number a cell shows', () => {
  it.each([
    ['12', fraction(12n)],
    ['-0.50', fraction(-1n, 2n)],
    ['.5', fraction(1n, 2n)],
    ['1,234.5', fraction(2469n, 2n)],
    ['1e-2', fraction(1n, 100n)],
    ['1.50E3', fraction(1500n)],
    [' 7 ', fraction(7n)],
  ])('%p', (text, number) => {
    expect(numberIn(text)).toEqual(number);
  });
  it.each([null, '', ' ', '*', '**', '-', '——', '…', '...', 'x', 'N/A', '<5', '＜5', '保密'])(
    '%p is suppressed',
    (text) => {
      expect(numberIn(text)).toBeNull();
    },
  );
  it.each(['4人', 'four', '1,23', '1.2.3', 'NaN', 'Infinity', '0x5', '1e999', '+', '.', '9'.repeat(70)])(
    '%p cannot be read',
    (text) => {
      expect(numberIn(text)).toBe('unreadable');
    },
  );
});
