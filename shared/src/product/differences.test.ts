import { changesBetween, findingsBetween } from './differences.ts';

it('names what was added, removed and changed, fields by their names', () => {
  const before = {
    name: 'a',
    fields: [
      { name: 'x', from: [] },
      { name: 'y/z', from: [1] },
    ],
    tags: ['p'],
  };
  const after = { name: 'b', fields: [{ name: 'new' }, { name: 'y/z', from: [2] }], tags: ['p'] };
  expect(changesBetween(before, after)).toEqual([
    { pointer: '/name', change: 'changed' },
    { pointer: '/fields/x', change: 'removed' },
    { pointer: '/fields/y~1z/from/0', change: 'changed' },
    { pointer: '/fields/new', change: 'added' },
  ]);
  expect(changesBetween(after, structuredClone(after))).toEqual([]);
});

it('a list whose entries repeat goes by place; null is a value', () => {
  expect(changesBetween({ q: ['a', 'a'], s: null }, { q: ['a', 'b'], s: [] })).toEqual([
    { pointer: '/q/1', change: 'changed' },
    { pointer: '/s', change: 'changed' },
  ]);
});

it('a finding with other counts in another file is the same question', () => {
  const found = (item: number, column: string, file: string, rows: number) => ({
    ...{ item, kind: 'identifier' as const },
    place: { file, sheet: null, column, type: 'mobile', rows },
  });
  const before = [found(1, 'phone', 'a.csv', 3), found(2, 'note', 'a.csv', 1)];
  const after = [found(1, 'mail', 'b.csv', 1), found(2, 'phone', 'b.csv', 7)];
  expect(findingsBetween(before, after)).toEqual({ resolved: [2], appeared: [1] });
});
