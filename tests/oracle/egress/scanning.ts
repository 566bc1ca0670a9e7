/** The engine, asked about a file without sources, declared fields or earlier versions. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { scanFile } from '@gongshu/activities/egress/engine/scan';
import type { Finding, IdentifierType, ScanReport } from '@gongshu/shared/egress/report';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';

const thresholds: EgressThresholds = {
  k: 5,
  l: 2,
  t: 0.5,
  search: { columns: 1, sets: 1 },
  aggregate: { minimumCell: 5, dominance: { n: 2, share: 0.85 }, pRatio: 0.1, zeros: 'finding' },
  raw: { fields: 3, shareOfProduct: 0 },
};

export const scan = (path: string): Promise<ScanReport> =>
  scanFile({
    file: path,
    name: basename(path),
    qi: null,
    sensitive: [],
    sources: [],
    earlier: [],
    thresholds,
    pack: { jurisdiction: 'zhongwei', version: 'test' },
  });

/** A folder of its own for a suite, gone afterwards. */
export const folder = (): { path: (name: string) => string; remove: () => void } => {
  const made = mkdtempSync(join(tmpdir(), 'egress-oracle-'));
  return { path: (name) => join(made, name), remove: () => rmSync(made, { recursive: true, force: true }) };
};

export const scanText = async (path: string, text: string | Uint8Array): Promise<ScanReport> => {
  writeFileSync(path, text);
  return await scan(path);
};

/** What was found, to be asked by place. */
export const placesOf = (findings: readonly Finding[]) => {
  const key = (sheet: string | null, row: number, column: string, type: IdentifierType) =>
    JSON.stringify([sheet, row, column, type]);
  const paths = new Map<string, (string | null)[]>();
  for (const { sheet, row, column, type, path } of findings) {
    const place = key(sheet, row, column, type);
    paths.set(place, [...(paths.get(place) ?? []), path]);
  }
  return {
    has: (sheet: string | null, row: number, column: string, type: IdentifierType) =>
      paths.has(key(sheet, row, column, type)),
    paths: (sheet: string | null, row: number, column: string, type: IdentifierType) =>
      paths.get(key(sheet, row, column, type)) ?? [],
  };
};

/** Hits and misses by class, for people to read. */
export class Tally {
  readonly #counts = new Map<string, { found: number; of: number }>();

  add(kind: string, found: boolean): void {
    const count = this.#counts.get(kind) ?? { found: 0, of: 0 };
    this.#counts.set(kind, { found: count.found + (found ? 1 : 0), of: count.of + 1 });
  }

  get share(): number {
    const all = [...this.#counts.values()];
    return all.reduce((sum, { found }) => sum + found, 0) / all.reduce((sum, { of }) => sum + of, 0);
  }

  /** Classes of which something is missing, the most missing first. */
  get missed(): string[] {
    return [...this.#counts]
      .filter(([, { found, of }]) => found < of)
      .sort(([, a], [, b]) => b.of - b.found - (a.of - a.found))
      .map(([kind, { found, of }]) => `${kind}: ${of - found} of ${of}`);
  }

  get summary(): string {
    return [...this.#counts].map(([kind, { found, of }]) => `${kind} ${found}/${of}`).join(', ');
  }
}

export const percent = (share: number): string => `${(share * 100).toFixed(3)} %`;
export const say = (line: string): boolean => process.stdout.write(`${line}\n`);
