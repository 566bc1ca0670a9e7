import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importLimits, parseCatalogCsv } from './catalog-csv.ts';
import type { ColumnMapping } from './mapping.ts';
import { CatalogFileRefused } from './reasons.ts';

const source = join(import.meta.dirname, '..', '..', '..', 'infra', 'sample-city', 'source');
const mapping = JSON.parse(readFileSync(join(source, 'mapping.json'), 'utf8')) as ColumnMapping;
const real = readFileSync(join(source, 'city-catalogue.csv'));

const small: ColumnMapping = {
  name: 'test',
  columns: {
    key: 'id',
    title: 'title',
    provider: 'provider',
    abstract: 'abstract',
    fields: 'fields',
    updateFrequency: 'frequency',
    sourceUpdatedAt: 'updated',
    grade: 'grade',
    level: 'level',
  },
  values: { grade: { 一般: 'general' } },
};
const header = 'id,title,provider,abstract,fields,frequency,updated,grade,level';
const line = (change: Partial<Record<string, string>> = {}) =>
  Object.values({
    id: '1',
    title: '路灯',
    provider: 'A1 【城管局】',
    abstract: '路灯清单',
    fields: '编号、位置',
    frequency: '每月',
    updated: '',
    grade: '',
    level: '',
    ...change,
  }).join(',');
const parse = (...lines: string[]) => parseCatalogCsv(Buffer.from([header, ...lines].join('\r\n')), small);
const refusal = (bytes: Uint8Array, by: ColumnMapping = small): CatalogFileRefused => {
  try {
    parseCatalogCsv(bytes, by);
  } catch (error) {
    if (error instanceof CatalogFileRefused) return error;
    throw error;
  }
  throw new Error('the file was taken');
};

describe('the real catalogue of a city', () => {
  const parsed = parseCatalogCsv(real, mapping);

  it('accounts for every one of 1,429 rows: good or reported with number, column and reason', () => {
    const refused = new Set(parsed.errors.map(({ row }) => row));
    const seen = [...parsed.rows.map(({ row }) => row), ...refused].sort((a, b) => a - b);
    expect(parsed.total).toBe(1429);
    expect(seen).toEqual(Array.from({ length: 1429 }, (_, index) => index + 1));
    expect(parsed.rows).toHaveLength(1414);
  });

  it('reports the rows whose field list is prose or nothing, and no others', () => {
    expect(new Set(parsed.errors.map(({ code, column }) => `${column} ${code}`))).toEqual(
      new Set(['主要欄位 fieldsUnreadable']),
    );
    expect(parsed.errors.map(({ row }) => row)).toEqual([
      161, 208, 245, 354, 376, 444, 596, 603, 652, 943, 1025, 1250, 1295, 1368, 1376,
    ]);
    expect(parsed.errors[1]).toEqual({
      row: 208,
      column: '主要欄位',
      value: 'NULL',
      code: 'fieldsUnreadable',
      reason: { zh: expect.stringContaining('字段名'), en: expect.stringContaining('field names') },
    });
  });

  it('invents no class, grade, level or reviewer: the file has none', () => {
    for (const row of parsed.rows) {
      for (const field of ['classification', 'grade', 'level', 'reviewer'])
        expect(row).not.toHaveProperty(field);
    }
  });

  it('splits providers, closes frequencies, keeps times with their zone', () => {
    expect(new Set(parsed.rows.map(({ providerCode }) => providerCode)).size).toBe(34);
    expect(parsed.rows[0]).toMatchObject({
      row: 1,
      key: '1',
      providerCode: '380120000J',
      providerName: '社會局',
      updateFrequency: 'irregular',
      sourceUpdatedAt: '2017-08-18T15:37:43+08:00',
      format: 'CSV',
    });
    expect(parsed.rows[0]?.fields.map(({ name }) => name)).toEqual([
      '委辦單位',
      '電話',
      '地址',
      '服務對象',
      '服務內容',
    ]);
    expect(parsed.ignoredColumns).toContain('資料量');
  });

  it('gives the same answer twice', () => expect(parseCatalogCsv(real, mapping)).toEqual(parsed));
});

describe('rows that are refused', () => {
  it.each([
    { fault: 'no title', change: { title: ' ' }, errors: [['title', 'missingValue']] },
    { fault: 'a title too long', change: { title: '长'.repeat(301) }, errors: [['title', 'cellTooLong']] },
    {
      fault: 'a frequency nobody knows',
      change: { frequency: '偶尔' },
      errors: [['frequency', 'updateFrequencyUnknown']],
    },
    {
      fault: 'a provider without code',
      change: { provider: '城管局' },
      errors: [['provider', 'providerUnreadable']],
    },
    {
      fault: 'a day that does not exist',
      change: { updated: '2023-02-29' },
      errors: [['updated', 'dateUnreadable']],
    },
    { fault: 'a grade outside the mapping', change: { grade: '绝密' }, errors: [['grade', 'valueUnknown']] },
    {
      fault: 'a level outside the code table',
      change: { level: '省级' },
      errors: [['level', 'valueUnknown']],
    },
    {
      fault: 'a replacement character',
      change: { abstract: '路灯\ufffd' },
      errors: [['abstract', 'unreadableCharacter']],
    },
    { fault: 'a NUL', change: { title: '路\u0000灯' }, errors: [['title', 'unreadableCharacter']] },
    {
      fault: 'three faults at once',
      change: { title: '', frequency: '', fields: 'NULL' },
      errors: [
        ['title', 'missingValue'],
        ['frequency', 'missingValue'],
        ['fields', 'fieldsUnreadable'],
      ],
    },
  ])('$fault', ({ change, errors }) => {
    const parsed = parse(line({ id: '7' }), line(change));
    expect(parsed.rows.map(({ key }) => key)).toEqual(['7']);
    expect(parsed.errors.map(({ row, column, code }) => [row, column, code])).toEqual(
      errors.map(([column, code]) => [2, column, code]),
    );
    expect(parsed.total).toBe(2);
  });

  it('a key that stands twice: the first row is taken, the second names it', () => {
    const parsed = parse(line(), line({ id: '2' }), line({ title: '别的' }));
    expect(parsed.rows.map(({ row }) => row)).toEqual([1, 2]);
    expect(parsed.errors).toMatchObject([{ row: 3, column: 'id', value: '1', code: 'duplicateKey' }]);
    expect(parsed.errors[0]?.reason.zh).toContain('第 1 行');
  });

  it('cells too many or too few; blank lines are no rows', () => {
    const parsed = parse(`${line()},more`, '', ',,,,,,,,', line({ id: '3' }));
    expect(parsed).toMatchObject({
      total: 2,
      rows: [{ key: '3' }],
      errors: [{ row: 1, code: 'columnCount' }],
    });
  });

  it('an excerpt stays short', () => {
    const [error] = parse(line({ frequency: '年'.repeat(500) })).errors;
    expect(error?.value).toHaveLength(61);
  });

  it('takes grade and level where the file itself says them, by the mapping’s words', () => {
    expect(parse(line({ grade: '一般', level: 'county' })).rows[0]).toMatchObject({
      grade: 'general',
      level: 'county',
    });
  });
});

describe('files that are refused', () => {
  const file = (text: string) => Buffer.from(text);
  it.each([
    { fault: 'empty', bytes: file(''), code: 'fileEmpty' },
    { fault: 'no such columns', bytes: file('id,title\n1,x\n'), code: 'columnMissing' },
    { fault: 'a mapped column twice', bytes: file(`${header},id\n`), code: 'columnTwice' },
    { fault: 'a quotation mark left open', bytes: file(`${header}\n"1,2\n`), code: 'quoteNotClosed' },
    { fault: 'too many columns', bytes: file(`${header}${',x'.repeat(200)}\n`), code: 'tooManyColumns' },
    { fault: 'too large', bytes: Buffer.alloc(importLimits.bytes + 1), code: 'fileTooLarge' },
    {
      fault: 'a record beyond measure',
      bytes: file(`${header}\n${'x'.repeat(500_000)}`),
      code: 'recordTooLong',
    },
    {
      fault: 'too many rows, of two files that end their lines in two ways',
      bytes: file(`${header}\r\n${`${line()}\n`.repeat(importLimits.rows + 1)}`),
      code: 'tooManyRows',
    },
    {
      fault: 'bytes of no known encoding',
      bytes: Buffer.from([0x69, 0x64, 0xff, 0xff, 0x0a]),
      code: 'encodingUnknown',
    },
  ])('$fault: $code', ({ bytes, code }) => expect(refusal(bytes).code).toBe(code));

  it('lines that end in different ways are rows of their own', () => {
    const lines = [line(), line({ id: '2' }), line({ id: '3' })];
    for (const [first, rest] of [
      ['\r\n', '\n'],
      ['\n', '\r\n'],
      ['\n', '\r'],
    ] as const) {
      const parsed = parseCatalogCsv(file(`${header}${first}${lines.join(rest)}`), small);
      expect(parsed).toMatchObject({ total: 3, errors: [] });
    }
  });

  it('names every missing column', () => {
    expect(refusal(file('id,title,provider,abstract\n')).columns).toEqual([
      'fields',
      'frequency',
      'updated',
      'grade',
      'level',
    ]);
  });

  it('names the line whose bytes are not of the encoding', () => {
    const bytes = Buffer.concat([file(`${header}\n${line()}\n`), Buffer.from([0xc4, 0x0a])]);
    expect(refusal(bytes)).toMatchObject({
      code: 'malformedBytes',
      reason: { en: 'Line 3 has bytes that are not UTF-8.' },
    });
  });
});
