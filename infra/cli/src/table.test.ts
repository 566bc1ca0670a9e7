import { styleText } from 'node:util';
import { sideBySide, tableText, widthOf } from './table.ts';

describe('tables on a terminal', () => {
  it.each([
    ['abc', 3],
    ['审核', 4],
    ['（A）', 5],
    [styleText('red', '逾期', { validateStream: false }), 4],
  ])('%s takes %i columns', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('line up Chinese and Latin cells', () => {
    const text = tableText(
      '待办',
      ['单位', 'days'],
      [
        ['交通局', 3],
        ['dept', null],
      ],
    );
    expect(text.split('\n')).toEqual(['待办', '单位    days', '──────  ────', '交通局  3', 'dept    –']);
  });

  it('stand beside each other where they fit, else below', () => {
    expect(sideBySide(['审核\nab', 'x'], 20)).toBe('审核    x\nab');
    expect(sideBySide(['审核\nab', 'x'], 8)).toBe('审核\nab\n\nx');
  });
});
