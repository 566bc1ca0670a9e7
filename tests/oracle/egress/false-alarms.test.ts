import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScanReport } from '@gongshu/shared/egress/report';
import { cellsOf, negativeColumns, rowsOfAColumn } from './negatives/columns.ts';
import { csvOf } from './placements.ts';
import { folder, percent, say, scan, scanText } from './scanning.ts';

/** Share of all cells, and share of all columns, in which something may be seen that is not there. */
const bar = 0.01;
const columnsOfAFile = 40;
const project = join(import.meta.dirname, '..', '..', '..');

type Alarms = { column: string; cells: number; types: string[] };
/** Cells with a finding, by column; the cells that do hold something do not count. */
const alarmsOf = (report: ScanReport, truth: ReadonlySet<string> = new Set()): Alarms[] => {
  const columns = new Map<string, { cells: Set<number>; types: Set<string> }>();
  for (const { row, column, type } of report.findings) {
    if (truth.has(JSON.stringify([row, column]))) continue;
    const seen = columns.get(column) ?? { cells: new Set(), types: new Set() };
    seen.cells.add(row);
    seen.types.add(type);
    columns.set(column, seen);
  }
  return [...columns].map(([column, { cells, types }]) => ({ column, cells: cells.size, types: [...types] }));
};
const judged = (what: string, alarms: Alarms[], rows: number, columns: number) => {
  const cells = alarms.reduce((sum, alarm) => sum + alarm.cells, 0) / (rows * columns);
  const worse = alarms.filter((alarm) => alarm.cells / rows > bar);
  say(
    `${what}: ${percent(cells)} of cells, ${alarms.length} of ${columns} columns have any, ${worse.length} more than 1 %`,
  );
  for (const { column, types, cells: count } of alarms.toSorted((a, b) => b.cells - a.cells))
    say(`  ${column}: ${count} of ${rows} (${types.join(', ')})`);
  return { cells, columns: worse.length / columns };
};

describe('where nobody can be found, nobody is seen (E1)', () => {
  const made = folder();
  afterAll(made.remove);

  it(`${negativeColumns.length} columns of codes, numbers and words`, async () => {
    const alarms: Alarms[] = [];
    for (let from = 0; from < negativeColumns.length; from += columnsOfAFile) {
      const columns = negativeColumns.slice(from, from + columnsOfAFile);
      const cells = columns.map(cellsOf);
      const rows = Array.from({ length: rowsOfAColumn }, (_, row) =>
        cells.map((column) => column[row] ?? ''),
      );
      const headers = columns.map(({ header }) => header);
      const report = await scanText(made.path(`columns-${from}.csv`), csvOf(headers, rows));
      expect(report).toMatchObject({ reason: null, rows: rowsOfAColumn });
      alarms.push(...alarmsOf(report));
    }
    const shares = judged('generated columns', alarms, rowsOfAColumn, negativeColumns.length);
    expect(shares.cells).toBeLessThanOrEqual(bar);
    expect(shares.columns).toBeLessThanOrEqual(bar);
  });

  it('the adult data', async () => {
    const report = await scan(join(import.meta.dirname, 'adult.csv'));
    expect(report).toMatchObject({ reason: null, rows: 30_162 });
    expect(judged('adult', alarmsOf(report), report.rows, 9).cells).toBeLessThanOrEqual(bar);
  });

  it('the catalogue of a city', async () => {
    const truth = JSON.parse(readFileSync(join(import.meta.dirname, 'city-truth.json'), 'utf8')) as unknown[];
    const places = new Set(truth.map((place) => JSON.stringify(place)));
    const report = await scan(join(project, 'infra', 'sample-city', 'source', 'city-catalogue.csv'));
    expect(report.reason).toBeNull();
    expect(judged('city catalogue', alarmsOf(report, places), report.rows, 19).cells).toBeLessThanOrEqual(
      bar,
    );
  });
});
