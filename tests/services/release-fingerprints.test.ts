import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { earlierOf, sourcesOf } from '@gongshu/activities/product/compared';
import { keepRelease } from '@gongshu/activities/product/keep-release';
import { keepFile } from '@gongshu/infra/documents/keep-file';
import { createDocumentStore } from '@gongshu/infra/documents/store';
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
const store = { keep: (file: string) => keepFile(documents, file), key: { id: 'ab'.repeat(8), secret: 'x' } };
const pathOf = async (hash: string) => hash;
const keep = async (caseNo: string, resources: string[], words = caseNo, attempt = 1) => {
  const file = join(folder, 'made');
  writeFileSync(file, words);
  await keepRelease(
    r.db,
    store,
    { caseNo, attempt },
    { resources, file, rows: 30, at: r.clock.now.getTime() },
  );
};
const earlier = async (caseNo: string, product: string, resources: string[]) =>
  earlierOf(r.db, { pathOf }, { caseNo, jurisdiction: 'zhongwei', facts: { product } as never }, resources);

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
    const ids = async (resources: string[]) => (await earlier(second, 'CP-A', resources)).map(({ id }) => id);
    expect(await ids(['ZY-1'])).toEqual([first, other]);
    expect(await ids(['ZY-9'])).toEqual([first, elsewhere]);
    expect(await ids([])).toEqual([first]);
  });

  it('the last attempt of a version counts, and kept again its first file stands', async () => {
    const caseNo = await version('CP-E', 1, true);
    await keep(caseNo, ['ZY-5'], 'first attempt', 1);
    const before = await earlier('none', 'none', ['ZY-5']);
    await keep(caseNo, ['ZY-5'], 'second attempt', 2);
    const after = await earlier('none', 'none', ['ZY-5']);
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    await keep(caseNo, ['ZY-5'], 'again', 2);
    expect(await earlier('none', 'none', ['ZY-5'])).toEqual(after);
  });

  it('the newest fingerprint of each source, of this city, and which are lawfully public', async () => {
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
    const of = { caseNo: 'x', jurisdiction: 'zhongwei', facts: {} as never };
    const contents = { publicSources: [{ resource: 'ZY-2' }] } as never;
    const found = await sourcesOf(r.db, { pathOf }, of, { resources: ['ZY-1', 'ZY-2', 'ZY-3'], contents });
    expect(found).toEqual([
      { id: 'ZY-1', file: `sha256:${'2'.repeat(64)}`, form: 'fingerprint', lawfullyPublic: false },
      { id: 'ZY-2', file: `sha256:${'4'.repeat(64)}`, form: 'fingerprint', lawfullyPublic: true },
    ]);
  });
});
