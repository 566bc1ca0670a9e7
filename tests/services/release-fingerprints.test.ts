import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  earlierReleasesOf,
  fingerprintsOf,
  keepReleaseFingerprint,
} from '@gongshu/activities/egress/fingerprints-on-record';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { type FingerprintHeader, fingerprintForm } from '@gongshu/shared/egress/fingerprint';
import { sql } from 'kysely';
import { type Registers, startRegisters } from './registers-support.ts';

let r: Registers;
const folder = mkdtempSync(join(tmpdir(), 'release-fingerprints-'));
const documents = createDocumentStore(join(folder, 'documents'), { maxBytes: 1_000_000 });
jest.setTimeout(60_000);
beforeAll(async () => {
  r = await startRegisters();
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await r?.stop();
});

const header: FingerprintHeader = {
  ...{ form: fingerprintForm, keyId: 'ab'.repeat(8), of: 'release', id: 'v', sha256: 'd'.repeat(64) },
  sheets: [{ sheet: null, rows: 30, columns: [{ name: 'ab'.repeat(8), count: false }] }],
};
const version = async (
  product: string,
  number: number,
  released: boolean,
  state = 'released',
  city = 'zhongwei',
) => {
  const caseNo = `CY-${product}-${number}`;
  await sql`insert into product (product_no, jurisdiction, owner, operator, name, class, purpose, created_at)
    values (${product}, ${city}, 'merchant-1', 'operator', 'x', 'dataset', 'industry', ${r.clock.now}) on conflict do nothing`.execute(
    r.db,
  );
  await sql`insert into procedure
    (case_no, kind, jurisdiction, authority, pack_version, start, stage, state, calendar_version, opened_by, opened_at)
    values (${caseNo}, 'productEgress', ${city}, 'city-bureau', 'v', '{}', 's', '{}', 'c', 'a', ${r.clock.now})`.execute(
    r.db,
  );
  await sql`insert into product_version (case_no, product_no, version, state, released_at)
    values (${caseNo}, ${product}, ${number}, ${state}, ${released ? r.clock.now : null})`.execute(r.db);
  return caseNo;
};
const keep = (caseNo: string, resources: string[], words = caseNo, attempt = 1) => {
  const file = join(folder, 'made');
  writeFileSync(file, words);
  return keepReleaseFingerprint(
    { db: r.db, documents },
    { caseNo, attempt, file, header, resources, at: r.clock.now },
  );
};

describe('E1: what a product is compared with', () => {
  it('versions released before: of the same product, and of others of the same source', async () => {
    const first = await version('CP-A', 1, true);
    const second = await version('CP-A', 2, false, 'underWay');
    const other = await version('CP-B', 1, true, 'recalled');
    const unreleased = await version('CP-B', 2, false, 'listed');
    const elsewhere = await version('CP-C', 1, true);
    const abroad = await version('CP-D', 1, true, 'released', 'wuhai');
    for (const caseNo of [first, second, unreleased]) await keep(caseNo, ['ZY-1']);
    await keep(other, ['ZY-2', 'ZY-1']);
    await keep(elsewhere, ['ZY-9']);
    await keep(abroad, ['ZY-1']);
    const ids = async (resources: string[]) =>
      (await earlierReleasesOf(r.db, { caseNo: second, jurisdiction: 'zhongwei', resources })).map(
        ({ id }) => id,
      );
    expect(await ids(['ZY-1'])).toEqual([first, other]);
    expect(await ids(['ZY-9'])).toEqual([first, elsewhere]);
    expect(await ids([])).toEqual([first]);
  });

  it('the last attempt of a version counts, and its file is found whole', async () => {
    const caseNo = await version('CP-E', 1, true);
    await keep(caseNo, ['ZY-5'], 'first attempt', 1);
    const last = await keep(caseNo, ['ZY-5'], 'second attempt', 2);
    const found = await earlierReleasesOf(r.db, {
      caseNo: 'none',
      jurisdiction: 'zhongwei',
      resources: ['ZY-5'],
    });
    expect(found).toEqual([last]);
    await expect(documents.pathOf(last.document, last.bytes)).resolves.toContain(
      last.document.slice('sha256:'.length),
    );
  });

  it('kept again, the first stands', async () => {
    const caseNo = await version('CP-F', 1, true);
    const one = await keep(caseNo, ['ZY-6'], 'one');
    expect(await keep(caseNo, ['ZY-6'], 'two')).toEqual(one);
  });

  it('the newest fingerprint of each source; those without are named', async () => {
    const at = (day: number) => new Date(`2024-03-0${day}T10:00:00+08:00`);
    for (const [id, resource, city, day] of [
      ['1', 'ZY-1', 'zhongwei', 1],
      ['2', 'ZY-1', 'zhongwei', 3],
      ['3', 'ZY-1', 'wuhai', 5],
      ['4', 'ZY-2', 'zhongwei', 2],
    ] as const)
      await sql`insert into source_fingerprint
        (id, jurisdiction, resource, document, bytes, form, key_id, data, rows, columns, recorded_by, recorded_body, recorded_at)
        values (${id}, ${city}, ${resource}, ${`sha256:${id.repeat(64)}`}, 5, 'f', 'k', 'd', 1, 1, 'a', 'b', ${at(day)})`.execute(
        r.db,
      );
    const { found, missing } = await fingerprintsOf(r.db, {
      jurisdiction: 'zhongwei',
      resources: ['ZY-1', 'ZY-2', 'ZY-3'],
    });
    expect(found).toEqual([
      { id: 'ZY-1', document: `sha256:${'2'.repeat(64)}`, bytes: 5, keyId: 'k' },
      { id: 'ZY-2', document: `sha256:${'4'.repeat(64)}`, bytes: 5, keyId: 'k' },
    ]);
    expect(missing).toEqual(['ZY-3']);
    expect(await fingerprintsOf(r.db, { jurisdiction: 'zhongwei', resources: [] })).toEqual({
      found: [],
      missing: [],
    });
  });
});
