import { join } from 'node:path';
import { fingerprint, fingerprintKeyOf } from '@gongshu/activities/egress/engine/fingerprints';
import { openFile } from '@gongshu/activities/egress/engine/open';
import { rawContainment } from '@gongshu/activities/egress/engine/containment';
import { openWorkspace } from '@gongshu/activities/egress/engine/database';
import { defaultLimits } from '@gongshu/activities/egress/engine/table';

jest.setTimeout(180_000);

const rows = 50_000;
const copied = 685;
/** Twenty columns, half of them of values of their own: the worst a table can ask of a comparison. */
const columns = Array.from({ length: 20 }, (_, at) =>
  at % 2 === 0
    ? `'v${at}-' || hash(i * ${31 + at}) AS c${at}`
    : `hash(i * ${31 + at}) % ${10 ** (1 + (at % 5))} AS c${at}`,
).join(', ');

it('E1: a comparison of large tables goes to the disk, not beyond its memory, and stays exact', async () => {
  const memoryBytes = 128_000_000; // a fraction of what the hashes, groups and joins of both tables would take at once
  const limits = { ...defaultLimits, memoryBytes };
  const workspace = await openWorkspace(defaultLimits);
  try {
    const make = async (name: string, from: number): Promise<string> => {
      const file = join(workspace.folder, name);
      await workspace.connection.run(`COPY (SELECT ${columns} FROM (
        SELECT i FROM range(${from}, ${from + rows - copied}) t(i) UNION ALL SELECT i FROM range(5000000, ${5_000_000 + copied}) t(i)
      ) ORDER BY hash(i)) TO '${file}' (FORMAT csv, HEADER)`);
      return file;
    };
    const key = fingerprintKeyOf(Buffer.alloc(32, 5));
    const source = await openFile(await make('source.csv', 1), { limits });
    const file = join(workspace.folder, 'source.parquet');
    await fingerprint(source, key, { of: 'source', id: 's' }, file);
    source.close();
    const product = await openFile(await make('product.csv', 1_000_000), { limits });
    try {
      const setting = await product.connection.runAndReadAll(`SELECT current_setting('memory_limit')`);
      expect(String(setting.getRows()[0]?.[0])).toMatch(/^122\.\d MiB$/);
      const thresholds = { k: 5, raw: { fields: 3, shareOfProduct: 0 } };
      const found = await rawContainment(product, [{ id: 's', file, lawfullyPublic: false }], thresholds, {
        key,
      });
      expect(found).toMatchObject([{ rows: copied, shareOfProduct: copied / rows }]);
      expect(found[0]?.fields).toHaveLength(20);
    } finally {
      product.close();
    }
  } finally {
    workspace.close();
  }
});
