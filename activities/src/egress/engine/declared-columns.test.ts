import { columnsKept } from '@gongshu/shared/egress/report';
import { declaredColumns } from './declared-columns.ts';
import type { LoadedSheet } from './table.ts';

const sheetOf = (names: string[], sheet: string | null = null): LoadedSheet => ({
  ...{ sheet, table: 't', rows: 1 },
  columns: names.map((name, at) => ({ name, column: `c${at}` })),
});

describe('the columns of a file and the fields that were declared (E1)', () => {
  it('nothing is found where both are the same, in whatever order and over several sheets', () =>
    expect(declaredColumns([sheetOf(['b', 'a'], 'one'), sheetOf(['a'], 'two')], ['a', 'b'])).toEqual({
      undeclared: [],
      missing: [],
    }));

  it('each undeclared column by sheet and place, and the second of one name; each field that is in no sheet', () =>
    expect(
      declaredColumns([sheetOf(['a', 'zip'], 'one'), sheetOf(['a', 'b', 'a'], 'two')], ['a', 'b', 'c']),
    ).toEqual({
      undeclared: [
        { sheet: 'one', number: 2, column: 'zip' },
        { sheet: 'two', number: 3, column: 'a' },
      ],
      missing: [{ pointer: '/fields/2/name', column: 'c' }],
    }));

  it('a name that tells of somebody, or a sentence, is told by its place alone', () => {
    const names = ['电话13800138000', '京A12345', 'x'.repeat(300), '区县'];
    const { undeclared, missing } = declaredColumns([sheetOf(names)], ['11010519491231002X']);
    expect(undeclared.map(({ number, column }) => [number, column])).toEqual([
      ...[
        [1, null],
        [2, null],
        [3, null],
      ],
      [4, '区县'],
    ]);
    expect(missing).toEqual([{ pointer: '/fields/0/name', column: null }]);
  });

  it('a report names no more than it keeps', () => {
    const many = Array.from({ length: columnsKept }, (_, n) => `c${n}`);
    const { undeclared } = declaredColumns([sheetOf(many, 'one'), sheetOf(many, 'two')], []);
    expect(undeclared).toHaveLength(columnsKept);
  });
});
