import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkspace } from '@gongshu/activities/egress/engine/database';
import { openFile } from '@gongshu/activities/egress/engine/open';
import { Refused } from '@gongshu/activities/egress/engine/refused';
import { defaultLimits, type OpenOptions } from '@gongshu/activities/egress/engine/table';
import { sheetStart, smallStrings, workbook, writeZip } from '../oracle/egress/bad-zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongshu-reading-'));
const temp = join(folder, 'temp');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const path = (): string => join(folder, `file-${(files += 1)}`); // no ending: the format is in the bytes
const written = (content: string | Buffer): string => {
  const file = path();
  writeFileSync(file, content);
  return file;
};

const read = async (file: string, options: OpenOptions = {}) => {
  const loaded = await openFile(file, options);
  const sheets = [];
  for (const { sheet, table, columns, rows } of loaded.sheets) {
    const cells = (await loaded.connection.runAndReadAll(`select * from ${table} order by r`)).getRows();
    sheets.push({
      sheet,
      names: columns.map(({ name }) => name),
      rows,
      cells: cells.map(([r, ...row]) => [Number(r), ...row]),
    });
  }
  const { format, encoding } = loaded;
  loaded.close();
  return { format, encoding, sheets };
};
const refusal = async (file: string, options: OpenOptions = {}) => {
  const opened = await openFile(file, options).catch((error: unknown) => error);
  if (!(opened instanceof Refused)) throw new Error('it was taken');
  return opened;
};

const names = ['姓名', '证件', '备注'];
const cells = [
  [1, '张三', '110101199003070012', null],
  [2, '李四', '13800138000', 'x,"y"\nz'],
];
const csv = '姓名,证件,备注\n张三,110101199003070012,\n李四,13800138000,"x,""y""\nz"\n';
const gb18030 = Buffer.from(
  'd0d5c3fb2cd6a4bcfe2cb1b8d7a20ad5c5c8fd2c3131303130313139393030333037303031322c0ac0eecbc42c31333830303133383030302c22782c222279222' +
    '20a7a220a',
  'hex',
);
const jsonLines =
  '{"姓名":"张三","证件":110101199003070012}\n{"姓名":"李四","证件":"13800138000","备注":"x,\\"y\\"\\nz"}\n';
const inline = (text: string) => `<c t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
const row = (...of: string[]) => `<row>${of.join('')}</row>`;
const book = (rows: string, strings = smallStrings): string => {
  const file = path();
  writeZip(file, workbook(Buffer.from(`${sheetStart}${rows}</sheetData></worksheet>`), strings));
  return file;
};

const parquet = async (query: string): Promise<string> => {
  const file = path();
  const { connection, close } = await openWorkspace(defaultLimits);
  await connection.run(`copy (${query}) to '${file}' (format parquet)`);
  close();
  return file;
};

describe('one table, the same cells from every format and encoding (E1)', () => {
  const alike = { sheets: [{ sheet: null, names, rows: 2, cells }] };
  it('CSV, UTF-8', async () => {
    expect(await read(written(csv))).toEqual({ format: 'csv', encoding: 'utf-8', ...alike });
  });
  it('CSV, UTF-8 with its mark, CRLF', async () => {
    const file = written(`\uFEFF${csv.replaceAll(/(?<!y"")\n/g, '\r\n')}`);
    expect(await read(file)).toEqual({ format: 'csv', encoding: 'utf-8', ...alike });
  });
  it('CSV, GB18030', async () => {
    expect(await read(written(gb18030))).toEqual({ format: 'csv', encoding: 'gb18030', ...alike });
  });
  it('tabs between', async () => {
    expect(
      (await read(written('姓名\t证件\t备注\n张三\t110101199003070012\t\n李四\t13800138000\t"x,""y""\nz"\n')))
        .sheets,
    ).toEqual(alike.sheets);
  });
  it('JSON lines, with and without a mark', async () => {
    expect(await read(written(jsonLines))).toEqual({ format: 'jsonLines', encoding: 'utf-8', ...alike });
    expect((await read(written(`\uFEFF${jsonLines}`))).sheets).toEqual(alike.sheets);
  });
  it('Parquet', async () => {
    const file = await parquet(
      `select '张三' as 姓名, 110101199003070012 as 证件, '' as 备注 union all select '李四', 13800138000, 'x,"y"\nz'`,
    );
    expect(await read(file)).toEqual({ format: 'parquet', encoding: null, ...alike });
  });
  it('XLSX', async () => {
    const file = book(
      row(...names.map(inline)) +
        row(inline('张三'), '<c><v>110101199003070012</v></c>') +
        row(inline('李四'), '<c><v>1.3800138E10</v></c>', inline('x,"y"\nz')),
    );
    expect(await read(file)).toMatchObject({ format: 'xlsx', sheets: [{ ...alike.sheets[0], sheet: 'S' }] });
  });
});

describe('cells as a person reads them', () => {
  it('Parquet: whole doubles, bytes that are text, what is nested', async () => {
    const { sheets } = await read(
      await parquet(
        `select 13800138000.0::double as a, 0.5::double as b, encode('张三') as c, {'k': [1, 2]} as d, true as e, date '1990-03-07' as f`,
      ),
    );
    expect(sheets[0]?.cells).toEqual([
      [1, '13800138000', '0.5', '张三', '{"k":[1,2]}', 'true', '1990-03-07'],
    ]);
  });
  it('JSON lines: a column for each name in the order of first sight, nested values as JSON', async () => {
    const { sheets } = await read(written('{"b":1,"a":{"x":[1]}}\n\n{"c":null,"a":1e400,"b":"\\u0041"}\n'));
    expect(sheets[0]).toMatchObject({
      names: ['b', 'a', 'c'],
      cells: [
        [1, '1', '{"x":[1]}', null],
        [2, 'A', '1e400', null],
      ],
    });
  });
  it('JSON lines: a name twice, but in two objects', async () => {
    const { sheets } = await read(
      written('{"a":{"a":1,"b":"{\\"a\\":1,\\"a\\":2}"}}\n{"a":[{"b":1},{"b\\n":2}]}\n'),
    );
    expect(sheets[0]?.rows).toBe(2);
  });
  it('XLSX: shared texts without their readings, booleans, an empty row between, errors', async () => {
    const strings = Buffer.from(
      '<sst><si><t>名</t></si><si><r><t>张</t></r><r><t>三</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></si></sst>',
    );
    const file = book(
      '<row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3" t="s"><v>0</v></c></row>' +
        '<row r="4"><c r="B4" t="s"><v>1</v></c><c r="C4" t="b"><v>1</v></c></row>' +
        '<row r="6"><c r="C6" t="e"><v>#N/A</v></c></row>',
      strings,
    );
    expect((await read(file)).sheets).toEqual([
      {
        sheet: 'S',
        names: ['#1', '名', '名#3'],
        rows: 3,
        cells: [
          [1, null, '张三', 'TRUE'],
          [2, null, null, null],
          [3, null, null, '#N/A'],
        ],
      },
    ]);
  });
  it('names that are empty or there already are told apart by their place', async () => {
    expect((await read(written('a,,a,a\n1,2,3,4\n'))).sheets[0]?.names).toEqual(['a', '#2', 'a#3', 'a#4']);
  });
});

describe('a file that cannot be read whole is refused, with its place', () => {
  it.each([
    { name: 'a row of another length', content: 'a,b\n1,2\n1\n', reason: 'unevenRows', at: { row: 2 } },
    {
      name: 'a field twice in one object',
      content: '{"a":1}\n{"a":1,"a":2}\n',
      reason: 'malformed',
      at: { row: 2 },
    },
    {
      name: 'a field twice within a value',
      content: '{"a":{"b":1}}\n{"a":[{"b":1},{"b":1}]}\n{"a":{"b":1,"b":2}}\n',
      reason: 'malformed',
      at: { row: 3 },
    },
    {
      name: 'a field twice within a value, once by its escape',
      content: '{"a":{"b":1,"\\u0062":2}}\n',
      reason: 'malformed',
      at: { row: 1 },
    },
    {
      name: 'a line that is no JSON',
      content: '{"a":1}\n{"a":x}\n{"a":1}\n',
      reason: 'malformed',
      at: { row: 2 },
    },
    { name: 'a line cut', content: '{"a":1}\n{"a":1', reason: 'truncated', at: { row: 2 } },
    { name: 'an array of JSON', content: '[{"a":1}]', reason: 'unknownFormat', at: {} },
    { name: 'a script', content: '#!/bin/sh\necho\n', reason: 'unknownFormat', at: {} },
  ])('$name: $reason', async ({ content, reason, at }) => {
    expect(await refusal(written(content))).toMatchObject({ reason, at });
  });
  it.each([
    {
      name: 'a row longer than the header',
      rows: row(inline('a')) + row(inline('1'), inline('2')),
      reason: 'unevenRows',
    },
    {
      name: 'a formula without its value',
      rows: row(inline('a')) + row('<c><f>1+1</f></c>'),
      reason: 'malformed',
    },
    {
      name: 'a formula whose value is empty and no text',
      rows: row(inline('a')) + row('<c><f>CONCATENATE("6405","02")</f><v></v></c>'),
      reason: 'malformed',
    },
    {
      name: 'a shared text that is not there',
      rows: row(inline('a')) + row('<c t="s"><v>9</v></c>'),
      reason: 'malformed',
    },
    {
      name: 'rows out of order',
      rows: `<row r="2">${inline('a')}</row><row r="1">${inline('b')}</row>`,
      reason: 'malformed',
    },
    { name: 'no cell', rows: '', reason: 'empty' },
  ])('XLSX, $name: $reason', async ({ rows, reason }) => {
    expect(await refusal(book(rows))).toMatchObject({ reason });
  });
  it('XLSX with parts nobody reads, such as comments', async () => {
    const file = path();
    const sheet = Buffer.from(`${sheetStart}${row(inline('a'))}${row(inline('1'))}</sheetData></worksheet>`);
    const comments = { name: 'xl/comments1.xml', data: Buffer.from('<comments/>') };
    writeZip(file, [...workbook(sheet, smallStrings), comments]);
    expect(await refusal(file)).toMatchObject({ reason: 'unknownFormat' });
  });
  it.each([
    { limits: { bytes: 10 }, reason: 'tooLarge' },
    { limits: { rows: 1 }, reason: 'tooLarge' },
    { limits: { columns: 2 }, reason: 'tooManyColumns' },
    { limits: { cellBytes: 12 }, reason: 'cellTooLong' },
  ])('beyond $limits: $reason, and taken at the bound', async ({ limits, reason }) => {
    const file = written(csv);
    const [limit = ''] = Object.keys(limits);
    const bound = { bytes: Buffer.byteLength(csv), rows: 2, columns: 3, cellBytes: 18 }[limit];
    expect(await refusal(file, { limits })).toMatchObject({ reason });
    expect((await read(file, { limits: { [limit]: bound } })).sheets[0]?.rows).toBe(2);
  });
  it('stopped before its end', async () => {
    const stop = new AbortController();
    const file = written(csv);
    expect(await refusal(file, { signal: stop.signal, progress: () => stop.abort() })).toMatchObject({
      reason: 'stopped',
    });
  });
  it('no value of the file stands in the words of a refusal', async () => {
    const { message, at } = await refusal(written('姓名,电话\n张三,13800138000\n李四\n'));
    expect(JSON.stringify({ message, at })).not.toMatch(/张三|李四|13800138000/);
  });
});

describe('nothing is left behind', () => {
  it.each([
    ['taken', csv],
    ['refused', 'a,b\n1\n'],
    ['GB18030', gb18030],
  ])('%s', async (_name, content) => {
    rmSync(temp, { recursive: true, force: true });
    const file = written(content);
    mkdirSync(temp);
    await read(file, { tempFolder: temp }).catch(() => {});
    expect(readdirSync(temp)).toEqual([]);
  });
});
