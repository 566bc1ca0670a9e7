/**
 * Makes the sample city from the real list: `node infra/sample-city/make.ts` writes catalogue.csv and city.json beside
 * this script. The same source gives the same bytes. Where it comes from: ATTRIBUTION.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCatalogCsv } from '@gongshu/shared/import/catalog-csv';
import type { ColumnMapping } from '@gongshu/shared/import/mapping';
import { catalogueCsv, sampleEntries, sampleMapping } from './catalogue.ts';
import { type OverlayEntry, overlay } from './overlay.ts';
import { counties, type Party, parties } from './parties.ts';

/** city.json. Everything in it is of our making; the list itself is catalogue.csv. */
export type SampleCity = {
  overlay: 'demonstration';
  about: string;
  /** The policy pack that the city runs under. */
  jurisdiction: string;
  city: string;
  counties: string[];
  parties: Party[];
  /** For the import of catalogue.csv: the column mapping, and the bodies behind its provider codes. */
  import: { mapping: ColumnMapping; organisations: Record<string, string> };
  entries: OverlayEntry[];
  /** Resources for the story: each application needs several reviews. */
  applications: { merchant: string; needs: string[]; resources: string[] }[];
  /** Rows of the source that cannot be read as entries, by number, and why. */
  leftOut: { row: number; code: string }[];
};

const folder = import.meta.dirname;

/** The first open entry of each reviewer, one resource each. */
const oneOfEach = (entries: OverlayEntry[], needs: string[], skip: number): string[] =>
  needs.map((organisation) => {
    const found = entries.filter(
      ({ goal, reviewer }) => goal === 'public' && reviewer.organisation === organisation,
    );
    const entry = found[skip];
    if (!entry) throw new Error(`no open entry for ${organisation}`);
    return entry.key;
  });

/** Both files, as text. */
export const makeCity = (): { catalogue: string; city: string } => {
  const source = join(folder, 'source');
  const mapping = JSON.parse(readFileSync(join(source, 'mapping.json'), 'utf8')) as ColumnMapping;
  const parsed = parseCatalogCsv(readFileSync(join(source, 'city-catalogue.csv')), mapping);
  const bodies = parties();
  const list = sampleEntries(parsed.rows, bodies);
  const entries = overlay(list);
  const application = (merchant: string, needs: string[], skip = 0) => ({
    merchant,
    needs,
    resources: oneOfEach(entries, needs, skip),
  });
  const city: SampleCity = {
    overlay: 'demonstration',
    about: '示例数据：主体、分级、审核方、关闭与同意均为演示而设，不代表任何真实城市。',
    jurisdiction: 'zhongwei',
    city: '示例市',
    counties: [...counties],
    parties: bodies,
    import: {
      mapping: sampleMapping,
      organisations: Object.fromEntries(
        bodies.filter(({ kind }) => kind === 'sourceDepartment').map(({ uscc, id }) => [uscc, id]),
      ),
    },
    entries,
    applications: [
      application('merchant-1', ['dept-environment', 'county-bureau-1', 'operator']),
      application('merchant-2', ['dept-health', 'dept-water', 'county-bureau-2'], 1),
    ],
    leftOut: parsed.errors.map(({ row, code }) => ({ row, code })),
  };
  return { catalogue: catalogueCsv(list), city: `${JSON.stringify(city, undefined, 2)}\n` };
};

if (process.argv[1] === import.meta.filename) {
  const { catalogue, city } = makeCity();
  writeFileSync(join(folder, 'catalogue.csv'), catalogue);
  writeFileSync(join(folder, 'city.json'), city);
  const { entries, parties: bodies } = JSON.parse(city) as SampleCity;
  const goals = [...new Set(entries.map(({ goal }) => goal))];
  const counts = goals
    .map((goal) => `${entries.filter((entry) => entry.goal === goal).length} ${goal}`)
    .join(', ');
  process.stdout.write(`${bodies.length} parties, ${entries.length} entries with overlay: ${counts}\n`);
}
