import { usccCheckDigit } from '../uscc.ts';
import { listRowLimit, readListFile, readListRows } from './debarment-file.ts';

const code = (n: number) => {
  const first = `91640500${String(n).padStart(9, '0')}`;
  return first + usccCheckDigit(first);
};
const csv = (...lines: string[]) => readListFile(Buffer.from(lines.join('\r\n')), 'csv');

describe('a debarment list is read', () => {
  it('from CSV: codes once each, people counted, no end or the later one', () => {
    expect(
      csv(
        'uscc,name,until',
        `${code(2)},乙,`,
        `${code(1).toLowerCase()},甲,2024-05-01`,
        `${code(1)},甲,2024-06-01`,
        ',张某,',
      ),
    ).toEqual({
      entries: [
        { uscc: code(1), name: '甲', until: '2024-06-01' },
        { uscc: code(2), name: '乙', until: null },
      ],
      ...{ withoutCode: 1, faults: [], source: null },
    });
    expect(csv('uscc', code(1), code(1)).entries).toHaveLength(1);
  });

  it('from CSV with Chinese headings, in GB18030 as in UTF-8', () => {
    const heading = '统一社会信用代码,名称,截止日期';
    expect(csv(heading, `${code(1)},甲,`).entries).toHaveLength(1);
    // 统一社会信用代码 in GB18030, as a department's export has it.
    const gb = Buffer.concat([
      Buffer.from('cdb3d2bbc9e7bbe1d0c5d3c3b4fac2eb', 'hex'),
      Buffer.from(`,x\n${code(1)},y\n`),
    ]);
    expect(readListFile(gb, 'csv')).toMatchObject({ entries: [{ uscc: code(1) }], faults: [] });
  });

  it('from JSON, with its source', () => {
    const file = JSON.stringify({ source: '信用中国', entries: [{ uscc: code(1) }] });
    expect(readListFile(Buffer.from(file), 'json')).toMatchObject({
      source: '信用中国',
      entries: [{ uscc: code(1), name: null, until: null }],
    });
  });

  it('every fault is told by its row and column', () => {
    const rows = [
      { uscc: code(1) },
      { uscc: code(1).slice(0, 17) },
      { name: '甲'.repeat(201) },
      { uscc: code(2), until: '2024-02-30' },
      {},
    ];
    expect(readListRows(rows).faults).toEqual([
      { row: 1, column: 'uscc', code: 'usccCheckDigit' },
      { row: 2, column: 'name', code: 'cellTooLong' },
      { row: 3, column: 'until', code: 'dateUnreadable' },
      { row: 4, column: 'uscc', code: 'missingValue' },
    ]);
  });

  it.each<[string, Uint8Array, 'csv' | 'json']>([
    ['no column of codes', Buffer.from('a,b\n1,2'), 'csv'],
    ['a quotation mark left open', Buffer.from(`uscc\n"${code(1)}`), 'csv'],
    ['a row with a cell too many', Buffer.from(`uscc\n${code(1)},x`), 'csv'],
    ['nothing', Buffer.from(''), 'csv'],
    ['no JSON', Buffer.from('{'), 'json'],
    ['another shape', Buffer.from('[]'), 'json'],
    ['a key nobody knows', Buffer.from('{"entries":[{"code":"1"}]}'), 'json'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0xff]), 'json'],
  ])('a file that cannot be read is refused whole: %s', (_name, bytes, format) => {
    expect(readListFile(bytes, format)).toMatchObject({
      entries: [],
      faults: [{ column: 'file', code: 'unreadable' }],
    });
  });

  it('too many rows are refused, never cut', () => {
    const rows = Array.from({ length: listRowLimit + 1 }, () => ({ name: '某' }));
    expect(readListRows(rows)).toMatchObject({
      entries: [],
      withoutCode: 0,
      faults: [{ code: 'tooManyRows' }],
    });
  });
});
