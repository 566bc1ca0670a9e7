import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { IdentifierType, ScanReport } from '@gongshu/shared/egress/report';
import { folder, percent, placesOf, say, scan, scanText, Tally } from './scanning.ts';

/** Row, column or columns of which one, type, JSON pointer, class. */
type Expected = [row: number, columns: string, type: IdentifierType, path: string | null, kind: string];
type Answers = { table: Expected[]; parquet: Expected[]; xlsx: [sheet: string, ...Expected][] };
type Placed = { sheet: string | null; expected: Expected };

const data = join(import.meta.dirname, 'identifiers');
const unpacked = (name: string) => gunzipSync(readFileSync(join(data, `${name}.gz`)));
const answers = JSON.parse(unpacked('expected.json').toString()) as Answers;
const on = (sheet: string | null, list: Expected[]): Placed[] =>
  list.map((expected) => ({ sheet, expected }));
const files: { name: string; expected: Placed[] }[] = [
  { name: 'table.csv', expected: on(null, answers.table) },
  { name: 'table-gb18030.csv', expected: on(null, answers.table) },
  { name: 'table.jsonl', expected: on(null, answers.table) },
  { name: 'table.parquet', expected: on(null, [...answers.table, ...answers.parquet]) },
  {
    name: 'table.xlsx',
    expected: [
      ...on('主表', answers.table),
      ...answers.xlsx.map(([sheet, ...expected]): Placed => ({ sheet, expected })),
    ],
  },
];

const found = (report: ScanReport, expected: Placed[]) => {
  const places = placesOf(report.findings);
  const byType = new Tally();
  const byClass = new Tally();
  const pointers = new Tally();
  for (const {
    sheet,
    expected: [row, columns, type, path, kind],
  } of expected) {
    const column = columns.split('|').find((one) => places.has(sheet, row, one, type));
    byType.add(type, column !== undefined);
    byClass.add(kind, column !== undefined);
    if (column !== undefined && path !== null)
      pointers.add(kind, places.paths(sheet, row, column, type).includes(path));
  }
  return { byType, byClass, pointers };
};

describe('identifiers true to their standards are found wherever and however they stand (E1)', () => {
  const made = folder();
  const reports = new Map<string, ScanReport>();
  beforeAll(async () => {
    for (const { name } of files) {
      const packed = !name.endsWith('.parquet') && !name.endsWith('.xlsx');
      reports.set(name, await (packed ? scanText(made.path(name), unpacked(name)) : scan(join(data, name))));
    }
  });
  afterAll(made.remove);
  const reportOf = (name: string): ScanReport => {
    const report = reports.get(name);
    if (!report) throw new Error(`${name} was not scanned`);
    return report;
  };

  it.each(files)('$name: every one of them', ({ name, expected }) => {
    const { byType, byClass } = found(reportOf(name), expected);
    say(`${name}: ${percent(byType.share)} of ${expected.length}: ${byType.summary}`);
    expect(reportOf(name)).toMatchObject({ verdict: 'findings', reason: null });
    expect(byClass.missed).toEqual([]);
  });

  it.each(files)('$name: where in a JSON value', ({ name, expected }) => {
    const { pointers } = found(reportOf(name), expected);
    expect(pointers.share).toBeGreaterThan(0);
    expect(pointers.missed).toEqual([]);
  });
});
