import { csvText } from './csv.ts';

const columns = [
  { title: '名称', value: (row: { name: string | null }) => row.name },
  { title: '数', value: () => -1 },
];

describe('CSV: nothing in a cell is run by a spreadsheet', () => {
  it.each([
    ['plain', 'plain'],
    ['=1+1', `"'=1+1"`],
    ['＝1+1', `"'＝1+1"`],
    [' @SUM(A1)', `"' @SUM(A1)"`],
    ['-x', `"'-x"`],
    ['\t=1', `"'\t=1"`],
    ['a,"b"\nc', '"a,""b""\nc"'],
    [null, ''],
  ])('%j', (name, cell) => expect(csvText(columns, [{ name }])).toBe(`\uFEFF名称,数\r\n${cell},-1\r\n`));
});
