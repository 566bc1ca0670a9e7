import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { headerOf } from '@gongshu/shared/egress/identifiers/cues';
import { examine } from '@gongshu/shared/egress/identifiers/examine';
import { residentCheck } from '@gongshu/shared/egress/identifiers/resident-id';
import { Finding } from '@gongshu/shared/egress/report';
import { mayHold } from './identifiers/prefilter.ts';
import { findIdentifiers } from './identifiers.ts';
import { Refused } from './refused.ts';
import { literal, type Loaded } from './table.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

let tables = 0;
type Sheet = { sheet?: string; names: string[]; rows: (string | null)[][] };
const load = async (sheets: readonly Sheet[]): Promise<Loaded> => ({
  connection,
  sheets: await Promise.all(
    sheets.map(async ({ sheet, names, rows }) => {
      const table = `t${(tables += 1)}`;
      const columns = names.map((name, at) => ({ name, column: `c${at}` }));
      await connection.run(
        `create table ${table} (r bigint, ${columns.map(({ column }) => `${column} varchar`).join(', ')})`,
      );
      for (let from = 0; from < rows.length; from += 500) {
        const values = rows
          .slice(from, from + 500)
          .map(
            (row, at) =>
              `(${[from + at + 1, ...row.map((one) => (one === null ? 'null' : literal(one)))].join(', ')})`,
          );
        await connection.run(`insert into ${table} values ${values.join(', ')}`);
      }
      return { sheet: sheet ?? null, table, columns, rows: rows.length };
    }),
  ),
  format: 'csv',
  encoding: 'utf-8',
  sha256: '',
  bytes: 0,
  close: () => undefined,
});

const resident = (at: number) => {
  const first = `64050219${50 + (at % 50)}0${1 + (at % 9)}1${at % 10}${String(at % 1000).padStart(3, '0')}`;
  return first + residentCheck(first);
};

describe('direct identifiers of a file', () => {
  const sheets: Sheet[] = [
    {
      sheet: '一',
      names: ['说明', '证件', '城市'],
      rows: [
        ['联系人：王秀英，电话13812345678', resident(1), '中卫'],
        [null, resident(2), '中卫'],
        ['{"a":{"mail":"x@y.cn","tel":"13987654321"}}', `${resident(3).slice(0, 17)}?`, '吴忠'],
      ],
    },
    { sheet: '二', names: ['a'], rows: [['没有'], ['宁A12345'], ['宁A12345']] },
  ];

  it('stand in the order of sheet, row, column, type, each with its place and rule and never its value', async () => {
    const { findings, counts } = await findIdentifiers(await load(sheets));
    expect(findings.map(({ sheet, row, column, type, path }) => [sheet, row, column, type, path])).toEqual([
      ['一', 1, '说明', 'mobile', null],
      ['一', 1, '说明', 'name', null],
      ['一', 1, '证件', 'residentId', null],
      ['一', 2, '证件', 'residentId', null],
      ['一', 3, '说明', 'mobile', '/a/tel'],
      ['一', 3, '说明', 'email', '/a/mail'],
      ['二', 2, 'a', 'plate', null],
      ['二', 3, 'a', 'plate', null],
    ]);
    expect(counts).toEqual([
      { sheet: '一', column: '说明', type: 'mobile', rows: 2 },
      { sheet: '一', column: '说明', type: 'email', rows: 1 },
      { sheet: '一', column: '说明', type: 'name', rows: 1 },
      { sheet: '一', column: '证件', type: 'residentId', rows: 2 },
      { sheet: '二', column: 'a', type: 'plate', rows: 2 },
    ]);
    for (const finding of findings) expect(Finding.parse(finding)).toEqual(finding);
    expect(JSON.stringify(findings)).not.toMatch(/\d{6}|王秀英|x@y/);
  });

  it('are the same however often they are sought', async () => {
    const loaded = await load(sheets);
    expect(await findIdentifiers(loaded)).toEqual(await findIdentifiers(loaded));
  });

  it('longitudes and latitudes in two columns are places, by their names or their values', async () => {
    const place = (at: number) => [(105 + at / 977).toFixed(6), (37 + at / 1013).toFixed(6)];
    const rows = Array.from({ length: 40 }, (_, at) => [...place(at), ...place(at + 100), '12.5']);
    const named = await findIdentifiers(await load([{ names: ['经度', '纬度', 'p', 'q', 'z'], rows }]));
    expect(named.counts).toEqual(
      ['经度', '纬度', 'p', 'q'].map((column) => ({ sheet: null, column, type: 'coordinates', rows: 40 })),
    );
    const rough = rows.map((row) => row.map((one) => Number(one).toFixed(1)));
    expect(
      (await findIdentifiers(await load([{ names: ['经度', '纬度', 'p', 'q', 'z'], rows: rough }]))).findings,
    ).toEqual([]);
  });

  it('are the same whether a column repeats itself or not: each cell at a time, or each value once', async () => {
    const cells = Array.from({ length: 60_000 }, (_, at) =>
      at % 300 === 7 ? `证件 ${resident(at)}` : at % 300 === 9 ? `1.38${10_000_000 + at}E+10` : `件${at}`,
    );
    const all = await findIdentifiers(await load([{ names: ['事项'], rows: cells.map((one) => [one]) }]));
    const apart: typeof all.findings = [];
    for (let from = 0; from < cells.length; from += 20_000) {
      const part = await findIdentifiers(
        await load([{ names: ['事项'], rows: cells.slice(from, from + 20_000).map((one) => [one]) }]),
      );
      apart.push(...part.findings.map((one) => ({ ...one, row: one.row + from })));
    }
    expect(all.findings.filter(({ type }) => type === 'residentId')).toHaveLength(200);
    expect(all.findings).toEqual(apart);
  });

  it('follow each other or stand alone, in short columns and in long ones', async () => {
    const first = '64050219850312017';
    const rows = (number: number) =>
      Array.from({ length: number }, (_, at) => [
        at % 1000 < 60 ? String(13_800_000_000 + at) : null,
        at % 1000 < 60 ? String(13_800_000_000 + at) : null,
        at === 42 ? first + residentCheck(first) : `2024${String(10_000_000_000_000 + at * 7_919)}`,
        at === 42 ? '13812345678' : String(20_000_000_000 + at * 7),
        at === 42 ? '12812345678' : String(20_000_000_000 + at * 7),
      ]);
    const names = ['contact', '订单号', '编号', '数', '数2'];
    for (const number of [60, 60_000]) {
      const { counts } = await findIdentifiers(await load([{ names, rows: rows(number) }]));
      expect(counts.map(({ column, type, rows }) => [column, type, rows])).toEqual([
        ['contact', 'mobile', number === 60 ? 60 : 3_600],
        ...(number === 60 ? [] : [['订单号', 'mobile', 3_600]]), // one in twenty is no counter
        ['编号', 'residentId', 1],
        ['数', 'mobile', 1],
      ]);
    }
  });

  it('stop when told to, and are then no answer', async () => {
    const loaded = await load(sheets);
    await expect(findIdentifiers(loaded, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(Refused);
  });

  it('say how far they are, to the end', async () => {
    const told: number[] = [];
    await findIdentifiers(await load(sheets), { progress: ({ done }) => told.push(done) });
    expect(told.at(-1)).toBe(12);
    expect(told).toEqual(told.toSorted((one, other) => one - other));
  });
});

describe('the SQL that spares cells', () => {
  /** Pieces from which an identifier or something near one comes together. */
  const pieces = [
    '138',
    '12345678',
    '1381234567',
    '0955-701234',
    '5',
    'E1234567',
    '8',
    'a@b.',
    'cn',
    '张伟',
    '姓名',
    ' ',
    '-',
    '.',
    '1.',
    'E+10',
    resident(5),
    resident(5).slice(0, 17),
    '6222021234567890128',
    '2024-03-15',
    '12:00:00',
    'MTM4MTIzNDU2Nzg=',
    '5byg5Lyf',
    '\u200b',
    '宁A12345',
    '{"a":"',
    '"}',
    '[',
    ']',
    '\\u0031',
    '106.1234',
    ',37.5678',
    'abcdef0123456789',
    '0.5',
    '+',
    'tel',
    '１３８',
    '/',
    '_',
  ];
  const texts = (() => {
    let seed = 20_261_122;
    const next = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    return Array.from({ length: 20_000 }, () =>
      Array.from({ length: 1 + next(5) }, () => pieces[next(pieces.length)]).join(''),
    );
  })();

  it.each(['', '联系电话'])(
    'lets every text through in which a detector sees something, under %j',
    async (name) => {
      const header = headerOf(name);
      const seen = texts.filter((text) => {
        let any = false;
        examine(text, header, {
          text: () => undefined,
          sighting: (_place, { standing }) => void (any ||= standing !== 'miss'),
        });
        return any;
      });
      expect(seen.length).toBeGreaterThan(2_000);
      const {
        sheets: [sheet],
      } = await load([{ names: ['a'], rows: texts.map((text) => [text]) }]);
      const passed = async (where: string) =>
        new Set(
          (await connection.runAndReadAll(`select c0 from ${sheet?.table} where ${where}`))
            .getRows()
            .map(([text]) => text as string),
        );
      const through = await passed(mayHold('c0', header.says.has('landline')));
      expect(seen.filter((text) => !through.has(text))).toEqual([]);
      expect(through.size).toBeLessThan(new Set(texts).size); // and spares some
      const blind = await passed("contains(c0, '@')"); // the twin: a filter that drops what it should not is caught
      expect(seen.filter((text) => !blind.has(text)).length).toBeGreaterThan(0);
    },
  );
});
