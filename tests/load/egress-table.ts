/** A table of twenty columns as products have them, with numbers of people planted in free text at known rows. */
import { openWorkspace } from '@gongshu/activities/egress/engine/database';
import { defaultLimits, literal } from '@gongshu/activities/egress/engine/table';

/** Every so many rows a mobile number stands in the note. */
export const plantedEvery = 10_000;

const pick = (values: readonly string[], seed: number): string =>
  `[${values.map(literal).join(', ')}][1 + (hash(i + ${seed}) % ${values.length})::int]`;
const number = (below: number, seed: number): string => `(hash(i + ${seed}) % ${below})::int`;

const columns: Readonly<Record<string, string>> = {
  order_no: `'D' || lpad(((i * 7919) % 100000000)::varchar, 9, '0')`,
  age: `18 + ${number(60, 1)}`,
  sex: pick(['男', '女'], 2),
  amount: `${number(1_000_000, 3)} / 100.0`,
  day: `(date '2020-01-01' + ${number(1_500, 4)})::varchar`,
  district: pick(['中卫市沙坡头区', '乌海市海勃湾区', '朔州市朔城区', '中卫市中宁县'], 5),
  code: `(${number(90_000_000, 6)} + 10000000)::varchar`,
  trade: pick(['研发', '销售', '教育', '医疗', '交通'], 7),
  grade: `'A' || ${number(900, 8)}`,
  score: number(100, 9),
  ratio: `round(${number(10_000, 10)} / 7.0, 3)`,
  token: 'md5(i::varchar)[:10]',
  marital: pick(['未婚', '已婚', '离异'], 11),
  postcode: number(100_000, 12),
  flag: `${number(2, 13)} = 0`,
  note: `case when i % ${plantedEvery} = 1 then '回访 13' || lpad(${number(1_000_000_000, 14)}::varchar, 9, '0') else '第' || ${number(5_000, 15)} || '批次，情况正常' end`,
  clock: `${number(24, 16)} || ':' || ${number(60, 17)}`,
  count_a: number(1_000, 18),
  count_b: number(1_000, 19),
  kind: pick(['甲', '乙', '丙', '丁'], 20),
};

/** Writes the table as CSV; the same rows for the same number. */
export const writeTable = async (path: string, rows: number): Promise<void> => {
  const { connection, close } = await openWorkspace(defaultLimits);
  try {
    const cells = Object.entries(columns).map(([name, value]) => `${value} as ${name}`);
    await connection.run(
      `copy (select ${cells.join(', ')} from range(${rows}) t(i)) to ${literal(path)} (format csv)`,
    );
  } finally {
    close();
  }
};

export const columnNames: readonly string[] = Object.keys(columns);
