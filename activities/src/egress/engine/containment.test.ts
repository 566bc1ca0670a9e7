import type { RawFinding } from '@gongshu/shared/egress/report';
import {
  type Cell,
  type MadeTable,
  below,
  madeTables,
  seeded,
  shuffled,
} from '../../../../tests/support/made-tables.ts';
import { rawContainment } from './containment.ts';
import { fingerprint, fingerprintKeyOf, randomFingerprintKey } from './fingerprints.ts';

const thresholds = { k: 5, raw: { fields: 3, shareOfProduct: 0 } };
const tables = madeTables();
afterAll(() => tables.remove());
let files = 0;

const scan = async (
  product: MadeTable,
  sources: MadeTable[],
  { lawfullyPublic = false, key = randomFingerprintKey() } = {},
): Promise<RawFinding[]> => {
  const raw = [];
  for (const [at, table] of sources.entries()) {
    const { file } = await fingerprint(
      await tables.open(table),
      key,
      { of: 'source', id: `s${at}` },
      tables.path(`f${(files += 1)}`),
    );
    raw.push({ id: `s${at}`, file, lawfullyPublic });
  }
  return rawContainment(await tables.open(product), raw, thresholds, { key });
};

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'.split('');
/** People as a register has them: a number, a name, a telephone, sex, year of birth, district, income, a day. */
const people = (count: number, seed: number): MadeTable => {
  const random = seeded(seed);
  return {
    columns: ['身份证号', '姓名', '手机', '性别', '出生年份', '区县', '收入', '登记日期'],
    rows: Array.from({ length: count }, () => [
      `6405${String(below(random, 1e9)).padStart(9, '0')}${below(random, 1e5)}`,
      `${surnames[below(random, 20)]}${String.fromCodePoint(0x4e00 + below(random, 300))}${String.fromCodePoint(0x4e00 + below(random, 300))}`,
      `139${String(below(random, 1e8)).padStart(8, '0')}`,
      random() < 0.5 ? '男' : '女',
      1940 + below(random, 70),
      ['沙坡头', '中宁', '海原'][below(random, 3)] ?? '',
      below(random, 2_000) * 10,
      `2024-${String(1 + below(random, 12)).padStart(2, '0')}-${String(1 + below(random, 28)).padStart(2, '0')}`,
    ]),
  };
};
const pick = (
  table: MadeTable,
  columns: number[],
  names = columns.map((at) => table.columns[at] ?? ''),
): MadeTable => ({
  columns: names,
  rows: table.rows.map((row) => columns.map((at) => row[at] ?? null)),
});
const mixed = (a: Cell[][], b: Cell[][], seed = 9) => shuffled([...a, ...b], seeded(seed));

describe('E1: a product that reproduces source rows is told, to the row', () => {
  const source = people(10_000, 1);
  const strangers = people(9_863, 2);
  const copies = source.rows.slice(500, 637);

  it('137 of 10,000 rows, shuffled among strangers', async () => {
    const product = { columns: source.columns, rows: mixed(copies, strangers.rows) };
    expect(await scan(product, [source])).toEqual([
      {
        source: 's0',
        sheet: null,
        fields: source.columns,
        shareOfProduct: 0.0137,
        rows: 137,
        lawfullyPublic: false,
      },
    ]);
  });

  it('the same for any key, and none without copies', async () => {
    const product = { columns: source.columns, rows: mixed(copies, strangers.rows) };
    const [one, two] = [
      await scan(product, [source], { key: fingerprintKeyOf(Buffer.alloc(32, 1)) }),
      await scan(product, [source], { key: fingerprintKeyOf(Buffer.alloc(32, 2)) }),
    ];
    expect(one).toEqual(two);
    expect(await scan(strangers, [source])).toEqual([]);
  });

  it('columns renamed, moved, left out and added', async () => {
    const moved = pick(
      { columns: source.columns, rows: mixed(copies, strangers.rows) },
      [6, 2, 7, 1],
      ['a', 'b', 'c', 'd'],
    );
    const random = seeded(3);
    const product = {
      columns: ['评分', ...moved.columns],
      rows: moved.rows.map((row) => [below(random, 100), ...row]),
    };
    expect(await scan(product, [source])).toEqual([
      {
        source: 's0',
        sheet: null,
        fields: ['a', 'b', 'c', 'd'],
        shareOfProduct: 0.0137,
        rows: 137,
        lawfullyPublic: false,
      },
    ]);
  });

  it('one cell of each row altered', async () => {
    const altered = copies.map((row, at) => row.map((cell, column) => (column === at % 8 ? 'x' : cell)));
    const [found] = await scan({ columns: source.columns, rows: mixed(altered, strangers.rows) }, [source]);
    expect(found).toMatchObject({ rows: 137 });
    expect(found?.fields).toHaveLength(7);
  });

  it('a single row, and a row written otherwise', async () => {
    const row = source.rows[77] ?? [];
    const [number = '', name, telephone = '', sex, year, district, income, day = ''] = row;
    const otherwise = [
      ` ${number}`,
      name,
      String(telephone).replace(/[0-9]/g, (d) => String.fromCodePoint(0xff10 + Number(d))),
      sex,
      `${year}.0`,
      district,
      `${income}.00`,
      String(day).replaceAll('-', '/'),
    ] as Cell[];
    const product = { columns: source.columns, rows: mixed([otherwise], strangers.rows) };
    expect(await scan(product, [source])).toMatchObject([{ rows: 1 }]);
  });

  describe.each([['source'], ['product'], ['both']])('rows put into one object a row, in the %s', (where) => {
    const within = ({ columns, rows }: MadeTable): MadeTable => ({
      columns: ['r', 'n'],
      rows: rows.map((row) => {
        const fields = Object.fromEntries(row.map((cell, column) => [`f/${columns[column] ?? ''}`, cell]));
        return [JSON.stringify({ of: { ...fields, list: [{ more: 7 }] } }), null];
      }),
    });
    const given = (product: MadeTable) => ({
      product: where === 'source' ? product : within(product),
      source: where === 'product' ? source : within(source),
    });

    it('are found', async () => {
      const asked = given({ columns: source.columns, rows: mixed(copies, strangers.rows) });
      const [found] = await scan(asked.product, [asked.source]);
      expect(found).toMatchObject({ rows: 137 });
      expect(found?.fields).toHaveLength(8);
    });
    it('strangers are clean', async () => {
      const asked = given(strangers);
      expect(await scan(asked.product, [asked.source])).toEqual([]);
    });
  });

  it('numbers with thousands parted, noughts before them, in full width', async () => {
    const written = (row: Cell[]): Cell[] => [
      `00${row[4]}`,
      Number(row[6]).toLocaleString('en-GB', { minimumFractionDigits: 2 }),
      `0${row[0]}`.replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ];
    const product = (rows: Cell[][]) => ({ columns: ['a', 'b', 'c'], rows: rows.map(written) });
    expect(await scan(product(mixed(copies, strangers.rows)), [source])).toMatchObject([
      { rows: 137, fields: ['a', 'b', 'c'] },
    ]);
    expect(await scan(product(strangers.rows), [source])).toEqual([]);
  });

  it('rows of a person who has several', async () => {
    const persons = people(2_500, 4);
    const random = seeded(5);
    const visits = {
      columns: [...persons.columns, '金额'],
      rows: persons.rows.flatMap((row) => Array.from({ length: 4 }, () => [...row, below(random, 90_000)])),
    };
    const product = pick(
      {
        columns: visits.columns,
        rows: [...visits.rows.slice(0, 400), ...people(3_000, 6).rows.map((row) => [...row, 1])],
      },
      [0, 1, 2],
    );
    expect(await scan(product, [visits])).toMatchObject([
      { rows: 400, fields: ['身份证号', '姓名', '手机'] },
    ]);
  });

  it('a table of five rows, copied whole', async () => {
    const few = people(5, 7);
    expect(await scan(few, [few])).toMatchObject([{ rows: 5, shareOfProduct: 1 }]);
  });

  it('rows of a lawfully public source are counted and marked', async () => {
    expect(await scan(source, [source], { lawfullyPublic: true })).toMatchObject([
      { rows: 10_000, shareOfProduct: 1, lawfullyPublic: true },
    ]);
  });
});

describe('E1: coarse fields, in which strangers often agree', () => {
  const coarse = (count: number, seed: number): MadeTable => {
    const random = seeded(seed);
    const skewed = (bound: number) => Math.floor(bound * random() ** 2);
    return {
      columns: ['年龄段', '学历', '行业', '街道', '户型'],
      rows: Array.from({ length: count }, () => [skewed(12), skewed(8), skewed(15), skewed(30), skewed(6)]),
    };
  };
  const source = coarse(20_000, 51);
  const strangers = coarse(20_000, 52);
  const distinct = (table: MadeTable): MadeTable => ({
    ...table,
    rows: [...new Map(table.rows.map((row) => [row.join(), row])).values()],
  });

  it.each([
    ['a whole copy, every row', source.rows],
    ['nine rows of ten', source.rows.filter((_, at) => at % 10 > 0)],
    ['a part of it', source.rows.slice(0, 2_000)],
  ])('%s', async (_, rows) => {
    expect(await scan({ columns: source.columns, rows: shuffled(rows, seeded(5)) }, [source])).toMatchObject([
      { rows: rows.length, shareOfProduct: 1, fields: source.columns },
    ]);
  });
  it('strangers are clean, those of the commonest kinds too, and where rows were made distinct', async () => {
    expect(await scan(strangers, [source])).toEqual([]);
    const common = strangers.rows.filter(
      ([age, education, trade]) => Number(age) < 3 && Number(education) < 3 && Number(trade) < 4,
    );
    expect(common.length).toBeGreaterThan(500);
    expect(await scan({ ...strangers, rows: common }, [source])).toEqual([]);
    expect(await scan(distinct(strangers), [distinct(source)])).toEqual([]);
  });
});

describe('E1: what strangers have in common by chance is not reproduction', () => {
  const random = seeded(11);
  const answers = (count: number): MadeTable => ({
    columns: ['有车', '有房', '已婚'],
    rows: Array.from({ length: count }, () => [random() < 0.5, random() < 0.5, random() < 0.5]),
  });
  const facts = (count: number, seed: number): MadeTable => pick(people(count, seed), [3, 4, 5, 7]);

  it('three answers of yes and no', async () =>
    expect(await scan(answers(3_000), [answers(3_000)])).toEqual([]));
  it('three answers of a source of six rows', async () =>
    expect(await scan(answers(500), [answers(6)])).toEqual([]));
  it('sex, year, district and day: most rows have a twin somewhere', async () =>
    expect(await scan(facts(10_000, 21), [facts(10_000, 22)])).toEqual([]));
  it('a grid of codes, each once, and a product that uses the codes', async () => {
    const grid = {
      columns: ['区划', '年份', '指标'],
      rows: Array.from({ length: 8_000 }, (_, at) => [
        `A${at % 20}`,
        2000 + (Math.floor(at / 20) % 20),
        `Z${Math.floor(at / 400)}`,
      ]),
    };
    const product = {
      columns: ['区划', '年份', '指标'],
      rows: Array.from({ length: 5_000 }, () => [
        `A${below(random, 20)}`,
        2000 + below(random, 20),
        `Z${below(random, 20)}`,
      ]),
    };
    expect(await scan(product, [grid])).toEqual([]);
  });
  it('running numbers in both tables', async () => {
    const numbered = (seed: number) => {
      const t = pick(people(5_000, seed), [3, 4, 5]);
      return { columns: ['序号', ...t.columns], rows: t.rows.map((row, at) => [at + 1, ...row]) };
    };
    expect(await scan(numbered(31), [numbered(32)])).toEqual([]);
  });
  it('county, city and province follow from one another', async () => {
    const place = (count: number, seed: number) => {
      const r = seeded(seed);
      return {
        columns: ['县', '市', '省', '人数'],
        rows: Array.from({ length: count }, () => {
          const county = below(r, 600);
          return [`县${county}`, `市${county % 60}`, `省${county % 6}`, below(r, 1_000)] as Cell[];
        }),
      };
    };
    expect(await scan(place(6_000, 41), [place(6_000, 42)])).toEqual([]);
  });
});
