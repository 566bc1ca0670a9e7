import { Refused } from '../refused.ts';
import { defaultLimits } from '../table.ts';
import { CsvShape, type Delimiter, delimiterOf } from './csv-shape.ts';

const walk = (text: string, pieces: number, delimiter: Delimiter = ',') => {
  const shape = new CsvShape(delimiter, { ...defaultLimits, cellBytes: 20, columns: 4, rows: 50 });
  const bytes = Buffer.from(text);
  const size = Math.ceil(bytes.length / pieces);
  for (let at = 0; at < bytes.length; at += size) shape.push(bytes.subarray(at, at + size));
  shape.end();
  return { names: shape.names, rows: shape.rows, endsDiffer: shape.endsDiffer };
};
const refusal = (text: string, pieces: number) => {
  try {
    walk(text, pieces);
  } catch (error) {
    if (error instanceof Refused) return { reason: error.reason, row: error.at.row };
    throw error;
  }
  return 'taken';
};

const whole = [
  { name: 'rows', text: 'a,b\n1,2\n3,4\n', rows: 2 },
  { name: 'no line end at the end', text: 'a,b\n1,2\n3,4', rows: 2 },
  { name: 'CRLF', text: 'a,b\r\n1,2\r\n', rows: 1 },
  { name: 'CR', text: 'a,b\r1,2\r', rows: 1 },
  { name: 'several kinds of line end', text: 'a,b\r\n1,2\n3,4\r5,6\n', rows: 3, endsDiffer: true },
  { name: 'line ends and commas in quotes', text: 'a,b\n"1\r\n,2","3\n"\n4,5\n', rows: 2 },
  { name: 'quotes in quotes', text: 'a,b\n"""1""",""\n', rows: 1 },
  { name: 'a quote within a bare cell', text: 'a,b\n5" pipe,2\n', rows: 1 },
  { name: 'empty lines at the end', text: 'a,b\n1,2\n\n\n', rows: 1 },
  { name: 'empty cells', text: 'a,b\n,\n', rows: 1 },
  { name: 'Chinese', text: '姓名,区县\n张三,沙坡头\n', rows: 1, names: ['姓名', '区县'] },
  { name: 'a quoted header', text: '"a,\n""x""",b\n1,2\n', rows: 1, names: ['a,\n"x"', 'b'] },
];
const refused = [
  { name: 'a longer row', text: 'a,b\n1,2\n1,2,3\n', reason: 'unevenRows', row: 2 },
  { name: 'a shorter row', text: 'a,b\n1\n', reason: 'unevenRows', row: 1 },
  { name: 'a shorter last row without its end', text: 'a,b\n1,2\n3', reason: 'unevenRows', row: 2 },
  { name: 'an empty line between rows', text: 'a,b\n1,2\n\n3,4\n', reason: 'unevenRows', row: 2 },
  { name: 'an end within quotes', text: 'a,b\n1,2\n1,"2\n', reason: 'truncated', row: 2 },
  { name: 'text behind a closing quote', text: 'a,b\n1,"2"3\n', reason: 'malformed', row: 1 },
  { name: 'a long cell', text: `a,b\n1,${'x'.repeat(21)}\n`, reason: 'cellTooLong', row: 1 },
  { name: 'a long cell that never ends', text: `a,b\n1,${'x'.repeat(200)}`, reason: 'cellTooLong', row: 1 },
  { name: 'a long header', text: `${'x'.repeat(30)},b\n1,2\n`, reason: 'cellTooLong', row: 0 },
  { name: 'many columns', text: 'a,b,c,d,e\n', reason: 'tooManyColumns', row: 0 },
  { name: 'many rows', text: `a,b\n${'1,2\n'.repeat(51)}`, reason: 'tooLarge', row: 51 },
  { name: 'an empty header', text: '\na,b\n', reason: 'malformed', row: 0 },
];

describe.each([1, 2, 3, 7, 1000])('a CSV file is held to one shape (E1), read in %d pieces', (pieces) => {
  it.each(whole)('taken: $name', ({ text, rows, names, endsDiffer = false }) => {
    expect(walk(text, pieces)).toMatchObject({ rows, endsDiffer, ...(names && { names }) });
  });
  it.each(refused)('refused: $name', ({ text, reason, row }) => {
    expect(refusal(text, pieces)).toEqual({ reason, row });
  });
});

describe('the mark between cells', () => {
  it.each([
    ['a,b,c\n1;2', ','],
    ['a\tb\n', '\t'],
    ['a;b;c,d\n', ';'],
    ['a|b\n', '|'],
    ['"a;b;c",d\n', ','],
    ['alone\n', ','],
  ])('%j', (head, mark) => {
    expect(delimiterOf(head)).toBe(mark);
  });
});
