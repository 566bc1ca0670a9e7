import type { IdentifierType } from '@gongshu/shared/egress/report';
import { addressesPlaced, csvOf, namesPlaced, type Sheet } from './placements.ts';
import { folder, percent, placesOf, say, scanText, Tally } from './scanning.ts';

const bar = 0.95;

describe('names and addresses of another source than the dictionary are found (E1)', () => {
  const made = folder();
  afterAll(made.remove);

  it.each<{ what: IdentifierType; sheet: Sheet }>([
    { what: 'name', sheet: namesPlaced() },
    { what: 'address', sheet: addressesPlaced() },
  ])('$what: 95 % or more of all cells', async ({ what, sheet }) => {
    const report = await scanText(made.path(`${what}.csv`), csvOf(sheet.headers, sheet.rows));
    const places = placesOf(report.findings);
    const byColumn = new Tally();
    const byKind = new Tally();
    const pointers = new Tally();
    for (const { row, column, kind, path } of sheet.placed) {
      const seen = places.has(null, row, column, what);
      byColumn.add(column, seen);
      byKind.add(kind, seen);
      if (seen && path !== null) pointers.add(column, places.paths(null, row, column, what).includes(path));
    }
    say(`${what}: ${percent(byColumn.share)} of ${sheet.placed.length}`);
    say(`  by column: ${byColumn.summary}`);
    say(`  by kind: ${byKind.summary}`);
    expect(report.verdict).toBe('findings');
    expect(byColumn.share).toBeGreaterThanOrEqual(bar);
    expect(pointers.missed).toEqual([]);
  });
});
