import { columnsReached, isWithin, setsOf } from './quasi-sets.ts';

describe('E1: the order in which sets of columns are looked at', () => {
  it('all sets of the first columns come before any with the next', () => {
    expect([...setsOf(['a', 'b', 'c', 'd'], 2)].map((set) => set.join(''))).toEqual([
      'ab',
      'ac',
      'bc',
      'ad',
      'bd',
      'cd',
    ]);
  });

  it('every set once', () => {
    const sets = [...setsOf([1, 2, 3, 4, 5, 6, 7], 3)].map((set) => set.join());
    expect(new Set(sets).size).toBe(35);
    expect(sets).toHaveLength(35);
  });

  it('none of more columns than there are', () => {
    expect([...setsOf(['a'], 2)]).toEqual([]);
  });

  it('one set at a time, of however many columns', () => {
    const [first] = setsOf(
      Array.from({ length: 2_000 }, (_, at) => at),
      3,
    );
    expect(first).toEqual([0, 1, 2]);
  });

  it.each([
    [2_000, 64],
    [2_016, 64],
    [2_017, 65],
    [1, 2],
    [0, 2],
  ])('%i looks reach the pairs of %i columns', (sets, columns) => {
    expect(columnsReached(sets)).toBe(columns);
  });

  it('a part is within the whole, not the other way round', () => {
    expect([isWithin(['a'], ['b', 'a']), isWithin(['a', 'b'], ['a'])]).toEqual([true, false]);
  });
});
