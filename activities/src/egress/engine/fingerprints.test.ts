import { readFileSync, writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { type MadeTable, madeTables } from '../../../../tests/support/made-tables.ts';
import { rawContainment } from './containment.ts';
import { fingerprint, fingerprintKeyOf, readFingerprint, tokensOf } from './fingerprints.ts';

const tables = madeTables();
afterAll(() => tables.remove());
const [one, two] = [fingerprintKeyOf(Buffer.alloc(32, 1)), fingerprintKeyOf(Buffer.alloc(32, 2))];
const table: MadeTable = {
  columns: ['姓名', 'Phone'],
  rows: [
    ['张三丰', '13800138000'],
    ['zebrafinch', null],
    ['张三丰', '1'],
  ],
};
const about = { of: 'source' as const, id: 'ZY-1' };

const cells = async (values: string[]): Promise<unknown[]> => {
  const loaded = await tables.open({ columns: ['a', 'b'], rows: values.map((value, at) => [value, at]) });
  const [sheet] = await tokensOf(loaded, one);
  const read = await loaded.connection.runAndReadAll(`SELECT t0 FROM "${sheet?.table ?? ''}" ORDER BY r`);
  return read.getRows().map(([token]) => token);
};

describe('one value has one hash, however it is written', () => {
  it.each([
    ['numbers', ['1', '1.0', '01', '+1', '１', ' 1 ', '1.000', '1e0']],
    ['thousands', ['1234.5', '1,234.50', '1234.500']],
    ['naughts', ['0', '-0', '0.00', '000']],
    ['below naught', ['-0.5', '-0.50', '-00.5']],
    [
      'days',
      [
        '2024-03-01',
        '2024/3/1',
        '2024.3.1',
        '2024年3月1日',
        '20240301',
        '2024-03-01 00:00:00',
        '2024-03-01T00:00:00+08:00',
        '2024-02-29T16:00:00Z',
      ],
    ],
    [
      'moments',
      [
        '2024-03-01 10:05:00',
        '2024-03-01T10:05',
        '2024年3月1日10时05分',
        '20240301100500',
        '2024-03-01T02:05:00.000Z',
      ],
    ],
    ['letters', ['ABC张', 'abc张', ' ＡＢＣ张\u3000']],
  ])('%s', async (_, values) => {
    expect(new Set(await cells(values)).size).toBe(1);
  });

  it('and different ones different hashes', async () => {
    const values = [
      '1',
      '-1',
      '10',
      '0.1',
      '110101199001011234',
      '110101199001011235',
      '2024-03-01',
      '2024-03',
      '2024-01-03',
      '2024-03-01 10:05',
      'a',
      'ab',
      '12,34',
      '张三',
      '张 三',
      '2024-02-30T01:00:00Z',
    ];
    expect(new Set(await cells(values)).size).toBe(values.length);
  });
});

describe('E1: a fingerprint holds no raw value', () => {
  it('neither cells nor names of columns stand in the file', async () => {
    const { file, header } = await fingerprint(await tables.open(table), one, about, tables.path('plain'));
    const bytes = readFileSync(file);
    for (const raw of ['张三丰', '13800138000', 'zebrafinch', '姓名', 'Phone', one.secret])
      expect(bytes.includes(raw)).toBe(false);
    expect(bytes.includes(header.sha256)).toBe(true); // the head stands there in clear: the search above would find a value
    expect(header).toMatchObject({
      of: 'source',
      id: 'ZY-1',
      keyId: one.id,
      sheets: [{ sheet: null, rows: 3 }],
    });
  });

  it('under another key no hash is the same', async () => {
    const tokens = async (key: typeof one) => {
      const loaded = await tables.open(table);
      const [sheet] = await tokensOf(loaded, key);
      return (await loaded.connection.runAndReadAll(`SELECT t0, t1 FROM "${sheet?.table ?? ''}" ORDER BY r`))
        .getRows()
        .flat();
    };
    const [a, b] = [await tokens(one), await tokens(two)];
    expect(a[0]).toBe(a[4]);
    expect(a[3]).toBeNull();
    expect(a.filter((token) => token !== null && b.includes(token))).toEqual([]);
  });

  it('the same file and key give the same bytes', async () => {
    const made = async (name: string) =>
      readFileSync((await fingerprint(await tables.open(table), one, about, tables.path(name))).file);
    expect((await made('again1')).equals(await made('again2'))).toBe(true);
  });
});

describe('a fingerprint that cannot be used is refused, never passed over', () => {
  const thresholds = { k: 5, raw: { fields: 3, shareOfProduct: 0 } };
  const scan = async (file: string, key = one) =>
    rawContainment(await tables.open(table), [{ id: 's', file, lawfullyPublic: false }], thresholds, { key });
  const make = async (name: string) =>
    (await fingerprint(await tables.open(table), one, about, tables.path(name))).file;

  it('a good one is read', async () => {
    const loaded = await tables.open(table);
    expect(
      await readFingerprint(loaded.connection, await make('good'), { key: one, of: 'source' }),
    ).toMatchObject({
      header: { id: 'ZY-1' },
    });
    expect(await scan(await make('good2'))).toEqual([]);
  });
  it('of another key', async () =>
    expect(scan(await make('other'), two)).rejects.toMatchObject({ reason: 'fingerprintUnusable' }));
  it('of a release, where a source’s is asked for', async () => {
    const loaded = await tables.open(table);
    const { file } = await fingerprint(loaded, one, { of: 'release', id: 'v1' }, tables.path('release'));
    await expect(scan(file)).rejects.toMatchObject({ reason: 'fingerprintUnusable' });
  });
  it('missing', async () =>
    expect(scan(tables.path('nowhere'))).rejects.toMatchObject({ reason: 'fingerprintUnusable' }));
  it('cut short', async () => {
    const file = await make('cut');
    writeFileSync(file, readFileSync(file).subarray(0, 300));
    await expect(scan(file)).rejects.toMatchObject({ reason: 'fingerprintUnusable' });
  });
  it.each([
    ['of fewer rows than its head says', 'SELECT * FROM from_ LIMIT 2'],
    ['of other columns', 'SELECT s, t0 FROM from_'],
    ['of other types', 'SELECT s, t0::VARCHAR AS t0, t1 FROM from_'],
    ['with a sheet nobody named', 'SELECT (s + 1)::USMALLINT AS s, t0, t1 FROM from_'],
  ])('%s', async (name, sql) => {
    const file = await make(`lying-${name}`);
    const connection = await (await DuckDBInstance.create()).connect();
    const head = await connection.runAndReadAll(
      `SELECT decode(value) FROM parquet_kv_metadata('${file}') WHERE decode(key) = 'gongshu'`,
    );
    const forged = tables.path(`forged-${name}`);
    await connection.run(
      `COPY (WITH from_ AS (FROM read_parquet('${file}')) ${sql}) TO '${forged}' (FORMAT parquet, KV_METADATA {gongshu: '${String(head.getRows()[0]?.[0])}'})`,
    );
    await expect(scan(forged)).rejects.toMatchObject({ reason: 'fingerprintUnusable' });
  });
});

describe('what stands within a cell of JSON', () => {
  const columnsOf = async (rows: string[]) => {
    const loaded = await tables.open({ columns: ['c'], rows: rows.map((row) => [row]) });
    const [sheet] = await tokensOf(loaded, one);
    const read = await loaded.connection.runAndReadAll(`SELECT * FROM "${sheet?.table ?? ''}" ORDER BY r`);
    return {
      names: sheet?.columns.map(({ name }) => name),
      tokens: read.getRows().map((row) => row.slice(1)),
    };
  };

  it('has a column for each path, whatever the names hold, and not the cell too', async () => {
    const { names, tokens } = await columnsOf([
      '{"a":{"b.c":1.50,"*":[1,{"d":"x"}]},"":"y","n":null}',
      ' {"n":null,"":"Y","a":{"*":["1.0",{"d":"X"}],"b.c":1.5}}',
    ]);
    expect(names).toEqual(['c', 'c/', 'c/a/*/0', 'c/a/*/1/d', 'c/a/b.c']);
    expect(tokens[0]).toEqual(tokens[1]);
    expect(tokens[0]?.map((token) => token === null)).toEqual([true, false, false, false, false]);
  });
  it('stays a text where it is no JSON', async () =>
    expect((await columnsOf(['{a', '[沙坡头]区'])).names).toEqual(['c']));
  it('has 200 columns at the most, and the cell too where there are more', async () => {
    const wide = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`f${at}`, at]));
    const { names, tokens } = await columnsOf([JSON.stringify(wide), '{"f7":1}']);
    expect(names).toHaveLength(201);
    expect(names?.[1]).toBe('c/f7');
    expect(tokens[0]?.[0]).not.toBeNull();
  });
  it('never shows a name that may be somebody’s number', async () =>
    expect((await columnsOf(['{"13800138000":1,"a":2}'])).names).toEqual(['c', 'c/#1', 'c/a']));
});
