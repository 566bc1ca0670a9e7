import { writeFileSync } from 'node:fs';
import { below, csvOf, madeTables, seeded } from '../../../../tests/support/made-tables.ts';
import { fingerprintKeyOf } from './fingerprints.ts';
import { scanFile } from './scan.ts';
import type { ScanAsk } from './scan-ask.ts';

const tables = madeTables();
afterAll(() => tables.remove());
const random = seeded(3);
const rows = Array.from({ length: 400 }, () => [
  `区${below(random, 4)}`,
  below(random, 60),
  below(random, 9_000),
]);
const columns = ['区县', '等级', '数值'];
const key = fingerprintKeyOf(Buffer.alloc(32, 3));
const thresholds: ScanAsk['thresholds'] = {
  ...{ k: 5, l: 2, t: 0.5, search: { columns: 3, sets: 2_000 } },
  aggregate: { minimumCell: 5, dominance: { n: 2, share: 0.85 }, pRatio: 0.1, zeros: 'finding' },
  raw: { fields: 3, shareOfProduct: 0 },
};
const ask = (name: string, kept: typeof rows, more: Partial<ScanAsk> = {}): ScanAsk => {
  const file = tables.path(name);
  writeFileSync(file, csvOf({ columns, rows: kept }));
  const pack = { jurisdiction: 'national', version: 'v' };
  return {
    ...{ file, name, qi: null, sensitive: [], sources: [], earlier: [], thresholds, pack, key },
    ...more,
  };
};

describe('E1: what one scan writes of a version the scan of the next compares with', () => {
  const release = { id: 'CY-1', file: tables.path('release.parquet') };
  const earlier = [release];

  it('three rows fewer than the version before is a finding', async () => {
    const first = await scanFile(ask('v1.csv', rows, { release }));
    expect(first.differences).toEqual([]);
    const next = await scanFile(ask('v2.csv', rows.slice(3), { earlier }));
    expect(next).toMatchObject({
      verdict: 'findings',
      differences: [{ against: 'CY-1', fields: columns, appeared: 0, disappeared: 3 }],
    });
  });

  it('the same rows make none, and a fingerprint under another key refuses the scan', async () => {
    expect(await scanFile(ask('v3.csv', rows, { earlier }))).toMatchObject({ differences: [] });
    const other = await scanFile(
      ask('v4.csv', rows, { earlier, key: fingerprintKeyOf(Buffer.alloc(32, 4)) }),
    );
    expect(other).toMatchObject({ verdict: 'refused', reason: 'fingerprintUnusable' });
  });
});
