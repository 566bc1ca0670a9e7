// E1, 中卫 二十八: what a product reproduces of its sources, and what it gives away beside a version released before.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint } from '@gongshu/activities/egress/engine/fingerprints';
import { openFile } from '@gongshu/activities/egress/engine/open';
import { keepFile } from '@gongshu/infra/documents/keep-file';
import { sql } from 'kysely';
import { productSteps } from '../support/product-list.ts';
import {
  cleanCsv,
  fingerprintKey,
  type Products,
  productPeople,
  realScan,
  resource,
  serviceOf,
  startProducts,
} from '../support/products.ts';

let the: Products;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gongshu-compared-'));
  the = await startProducts(['zhongwei'], { scan: realScan });
  await the.law.begin('2024-03-01T09:00:00');
}, 120_000);
afterAll(async () => {
  await the?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const { merchant } = productPeople('zhongwei');
type Item = { item: number; kind: string; place: Record<string, unknown>; publicSource: string | null };
const read = async <T>(url: string): Promise<T> => (await the.call(merchant, 'GET', url)).json<T>();
const itemsOf = async (caseNo: string): Promise<Item[]> =>
  (await read<{ items: Item[] }>(`/v1/egress-cases/${caseNo}/evidence/items`)).items;
const verdictOf = async (caseNo: string): Promise<string | undefined> =>
  (await read<{ evidence: { verdict: string } }>(`/v1/egress-cases/${caseNo}`)).evidence.verdict;

const rows = Array.from(
  { length: 80 },
  (_, n) => `D${n % 4},2024-01-${String((n % 20) + 1).padStart(2, '0')},${1_000 + n * 37}`,
);
const csvOf = (some: readonly string[]) => `district,day,spaces\n${some.join('\n')}\n`;

/** The fingerprint of a source, recorded as the department's machine would have sent it. */
const fingerprinted = async (of: string, text: string): Promise<void> => {
  const [source, out] = [join(folder, `${of}.csv`), join(folder, `${of}.parquet`)];
  writeFileSync(source, text);
  const loaded = await openFile(source, { tempFolder: folder });
  await fingerprint(loaded, fingerprintKey, { of: 'source', id: of }, out);
  loaded.close();
  const { hash, bytes } = await keepFile(the.documents, out);
  await sql`
    insert into source_fingerprint (id, jurisdiction, resource, owner, document, bytes, form, key_id, data, rows, columns,
      recorded_by, recorded_body, recorded_at)
    values (${`ZW-${of}`}, 'zhongwei', ${of}, 'dept-transport', ${hash}, ${bytes}, 'f', ${fingerprintKey.id}, 'd', 80, 3,
      'someone', 'dept-transport', '2024-02-01')`.execute(the.db);
};

it('rows of a granted source are found, however the product names its columns; said to be public they are shown for the checkers', async () => {
  const covers = {
    resource: 'R-open',
    reviewer: 'dept-transport',
    fields: { 区县: 'general', 日期: 'general', 车位数: 'general' },
  } as const;
  await fingerprinted('R-open', csvOf(rows));
  const fields = ['区县', '日期', '车位数'].map((field, at) => ({
    ...{ name: ['a', 'b', 'c'][at], from: [{ resource: 'R-open', field }] },
  }));
  const artefact = csvOf(rows.slice(0, 30)).replace('district,day,spaces', 'a,b,c');
  const grants = [await the.grant('zhongwei', { resources: [covers] })];
  const aggregates = [{ dimensions: ['a', 'b'], count: 'c' }];
  const raw = await the.submit('zhongwei', { artefact, contents: { grants, fields, aggregates } });
  expect(await verdictOf(raw)).toBe('findings');
  expect(await itemsOf(raw)).toContainEqual(
    expect.objectContaining({
      kind: 'raw',
      publicSource: null,
      place: expect.objectContaining({ source: 'R-open', rows: 30 }),
    }),
  );
  const open = await the.submit('zhongwei', {
    artefact: csvOf(rows.slice(0, 31)).replace('district,day,spaces', 'a,b,c'),
    contents: {
      ...{ grants, fields, aggregates },
      publicSources: [
        {
          resource: 'R-open',
          ground: 'publicByLaw',
          basis: '政府信息公开条例',
          address: 'https://data.example/parking',
          on: '2024-02-01',
        },
      ],
    },
  });
  const items = await itemsOf(open);
  expect([await verdictOf(open), items]).toEqual([
    'clean',
    [expect.objectContaining({ item: 1, kind: 'raw', publicSource: 'R-open' })],
  ]);
  expect(await read(`/v1/egress-cases/${raw}/evidence`)).toMatchObject({ notCompared: [] });
  const { state } = await the.row(open);
  expect(state['evidence']).toMatchObject({ items: 1, publicItems: [{ source: 'R-open', items: [1] }] });
});

it('a version that differs from one released before by fewer rows than k is found; one not released is not compared', async () => {
  const on = productSteps(the, 'zhongwei');
  const [, ...sound] = cleanCsv.trim().split('\n');
  const released = await on.released({ artefact: cleanCsv });
  const { product } = await the.productOf(released);
  const other = await the.submit('zhongwei', { artefact: csvOf(sound.slice(2)) });
  expect([await verdictOf(other), await itemsOf(other)]).toEqual([
    'findings',
    expect.arrayContaining([expect.objectContaining({ kind: 'difference' })]),
  ]);
  const next = await the.submit('zhongwei', { artefact: csvOf(sound.slice(0, 59)), product });
  expect(await itemsOf(next)).toContainEqual(
    expect.objectContaining({
      kind: 'difference',
      place: expect.objectContaining({ against: released, appeared: 0, disappeared: 1 }),
    }),
  );
  const kept = await sql<{ case_no: string; resources: string[] }>`
    select case_no, resources from release_fingerprint where case_no = ${released}`.execute(the.db);
  expect(kept.rows).toEqual([{ case_no: released, resources: [resource] }]);
});

it('of a service the samples of its answers are judged like data, and what it declares', async () => {
  const sample = async (text: string) => [await the.file('zhongwei', 'merchant-1', text, 'answers.csv')];
  const plain = 'district,score\n'.concat(
    Array.from({ length: 50 }, (_, n) => `D${n % 2},${n % 5}\n`).join(''),
  );
  const fields = [
    { name: 'district', from: [{ resource, field: '区县' }] },
    { name: 'score', derivation: '按区县汇总的指数' },
  ];
  const clean = await the.submit('zhongwei', {
    ...{ artefact: '接口说明', fileName: 'interface.txt' },
    contents: { class: 'api', fields, service: serviceOf(await sample(plain)) },
  });
  expect([await verdictOf(clean), await itemsOf(clean)]).toEqual(['clean', []]);
  const loose = serviceOf(await sample(plain));
  const declared = await the.submit('zhongwei', {
    ...{ artefact: '接口说明二', fileName: 'interface.txt' },
    contents: {
      ...{ class: 'api', fields },
      service: { ...loose, rateLimits: { ...loose.rateLimits, callsPerCallerPerDay: null } },
    },
  });
  expect([await verdictOf(declared), await itemsOf(declared)]).toEqual([
    'findings',
    [
      expect.objectContaining({
        kind: 'declaration',
        place: expect.objectContaining({ code: 'enumeration', pointer: '/rateLimits/callsPerCallerPerDay' }),
      }),
    ],
  ]);
  const beyond = await the.submit('zhongwei', {
    ...{ artefact: '接口说明四', fileName: 'interface.txt' },
    contents: {
      ...{ class: 'api', fields: fields.slice(0, 1) },
      service: serviceOf(await sample(plain)),
    },
  });
  expect([await verdictOf(beyond), await itemsOf(beyond)]).toEqual([
    'findings',
    [
      expect.objectContaining({
        kind: 'declaration',
        place: expect.objectContaining({ code: 'undeclaredColumn', sheet: null, column: 'score' }),
      }),
    ],
  ]);
  const none = await the.submit('zhongwei', {
    ...{ artefact: '接口说明三', fileName: 'interface.txt' },
    contents: { class: 'api', service: serviceOf([]) },
  });
  expect(await verdictOf(none)).toBe('refused');
});
