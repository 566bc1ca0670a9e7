/**
 * Products on their way out as they run: merchants with running grants, artefacts in a real store, the real workflow.
 * One for a test file; its cases follow one another.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { keepFile } from '@gongshu/infra/documents/keep-file';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { type ScanReport, scanVerdicts } from '@gongshu/shared/egress/report';
import { fingerprintKeyOf } from '@gongshu/infra/fingerprints/key';
import { fieldMark } from '@gongshu/infra/products/fields';
import { scanInProcess } from '@gongshu/activities/egress/engine/scan-process';
import type { EvidenceDeps } from '@gongshu/activities/product/evidence-deps';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { modelQuestions } from '@gongshu/shared/egress/model-questions';
import type { FieldGrade } from '@gongshu/shared/resource';
import { type Kysely, sql } from 'kysely';
import { agreementNo } from './in-operation.ts';
import { peopleOf, startProcedures } from './procedures.ts';

export type Products = Awaited<ReturnType<typeof startProducts>>;
export type ProductCity = 'national' | 'zhongwei' | 'shuozhou' | 'wuhai';

/** The people of a city that products pass through. */
export const productPeople = (jurisdiction: string) =>
  ({
    ...peopleOf(jurisdiction),
    merchant: { roles: ['merchant'], organisation: 'merchant-1', jurisdiction },
    rival: { roles: ['merchant'], organisation: 'merchant-2', jurisdiction },
  }) as const;

const parties = [
  { id: 'operator', kind: 'operator', name: '示例运营公司' },
  { id: 'merchant-1', kind: 'merchant', name: '示例数商公司' },
  { id: 'merchant-2', kind: 'merchant', name: '另一数商公司' },
];

/** The resource every grant of these tests covers, with its fields by grade. */
export const resource = 'R-parking';
export const gradedFields: Readonly<Record<string, FieldGrade>> = {
  车位数: 'general',
  区县: 'general',
  日期: 'general',
  车主电话: 'personal',
  结算价: 'tradeSecret',
};

const from = (field: string) => [{ resource, field }];

/** Contents that are whole, of a product with aggregate fields alone; `grants` are the caller's to name. */
export const productContents = (grants: string[], change: object = {}) => ({
  name: '停车供需指数',
  description: '按区县与日期汇总的停车供需指数',
  class: 'dataset',
  purpose: 'publicGovernance',
  grants,
  fields: [
    { name: 'district', from: from('区县') },
    { name: 'day', from: from('日期') },
    { name: 'spaces', from: from('车位数') },
  ],
  quasiIdentifiers: [],
  sensitive: [],
  ...change,
});

/** An artefact that nothing is found in: each combination of its columns stands in five rows. */
export const cleanCsv = 'district,day,spaces\n'.concat(
  Array.from({ length: 60 }, (_, row) => `D${row % 3},2024-01-0${(row % 4) + 1},${(row % 3) * 10}\n`).join(
    '',
  ),
);

/** Class of product that every city lets out, for tests that run in all of them. */
export const classIn = (city: string): 'dataset' | 'api' => (city === 'wuhai' ? 'api' : 'dataset');

/** The key of the installation's fingerprints in these tests. */
export const fingerprintKey = fingerprintKeyOf(Buffer.alloc(32, 9));

/** To each question the first answer that is no finding. */
const soundAnswers = Object.fromEntries(
  Object.entries(modelQuestions).map(([question, { answers }]) => [
    question,
    Object.entries(answers).find(([, { finding }]) => finding === null)?.[0],
  ]),
);

/** What a service takes and gives, with samples of its answers. */
export const serviceOf = (samples: string[]) => ({
  inputs: [
    { name: 'district', identifies: false },
    { name: 'day', identifies: false },
  ],
  outputs: [{ name: 'spaces', kind: 'score', meaning: '车位供需指数' }],
  rateLimits: { callsPerMinute: 60, callsPerCallerPerDay: 1_000, subjectsPerCallerPerDay: null },
  answers: soundAnswers,
  samples,
});

/**
 * Stands in for the engine until it is asked for by name: the artefact says on its first line `verdict,<verdict>` what it
 * is found to be; without that line it is clean.
 */
const readVerdict = async (
  { file, name, pack }: Parameters<EvidenceDeps['scan']>[0],
  sha256: string,
): Promise<ScanReport> => {
  const text = readFileSync(file, 'utf8');
  const said = /^verdict,(\w+)/.exec(text)?.[1];
  const verdict = scanVerdicts.find((one) => one === said) ?? 'clean';
  const found = { sheet: null, column: 'phone', type: 'mobile' as const };
  return {
    ...{ file: name, sha256, bytes: text.length, format: 'csv', encoding: 'utf-8', rows: 60, verdict },
    reason: verdict === 'refused' ? 'truncated' : null,
    findings: verdict === 'findings' ? [{ ...found, row: 1, path: null, detector: 'mobile' }] : [],
    counts: verdict === 'findings' ? [{ ...found, rows: 1 }] : [],
    ...{ groups: [], aggregates: [], raw: [], differences: [], engine: 'said', pack },
  };
};

export const saidScan: EvidenceDeps['scan'] = (ask) => {
  const sha256 = /([0-9a-f]{64})$/.exec(ask.file)?.[1] ?? '';
  return readVerdict(ask, sha256);
};

/** The engine itself, in a process of its own. */
export const realScan: EvidenceDeps['scan'] = (ask, options) => scanInProcess(ask, options);

export const startProducts = async (
  cities: readonly string[] = ['zhongwei'],
  { scan = saidScan, ...given }: { scan?: EvidenceDeps['scan'] } & Parameters<typeof startProcedures>[1] = {},
) => {
  const folder = mkdtempSync(join(tmpdir(), 'gongshu-products-'));
  const documents = createDocumentStore(folder, { maxBytes: 64 * 1024 * 1024 });
  const the = await startProcedures(cities, {
    documents,
    evidence: {
      ...{ pathOf: documents.pathOf, keep: (path: string) => keepFile(documents, path), scan },
      key: fingerprintKey,
    },
    ...given,
  });
  const db = the.db as unknown as Kysely<ProductTables>;
  for (const city of cities) {
    const { status, code } = await the.post(peopleOf(city).bureau, '/v1/parties/imports', { parties });
    if (status !== 201) throw new Error(`parties of ${city}: ${code}`);
    await sql`
      insert into merchant (jurisdiction, organisation, standing, since)
      values (${city}, 'merchant-1', 'enrolled', '2024-01-01'), (${city}, 'merchant-2', 'enrolled', '2024-01-01')`.execute(
      db,
    );
    await sql`
      insert into norm
        (id, jurisdiction, kind, way, title, document, version, state, submitted_by, organisation, submitted_at, reasons)
      values (${`GF-${city}-egress`}, ${city}, 'egressCheckNorm', 'approved', '出域核查规范', 'sha256:0', 1, 'approved',
        'someone', 'operator', '2024-01-02', '[]')`.execute(db);
  }
  let grants = 0;
  /** A grant as the projection keeps it; running unless said otherwise. Answers its number. */
  const grant = async (
    city: string,
    {
      holder = 'merchant-1',
      state = 'running',
      fromOn = '2024-01-01',
      untilOn = '2026-12-31',
      resources = [{ resource, reviewer: 'dept-transport', fields: gradedFields }],
    }: {
      holder?: string;
      state?: string;
      fromOn?: string;
      untilOn?: string;
      resources?: {
        resource: string;
        reviewer: string;
        fields: Readonly<Record<string, FieldGrade | null>>;
      }[];
    } = {},
  ): Promise<string> => {
    grants += 1;
    const number = `${agreementNo(city).slice(0, 6)}-SQ-2024-${String(grants).padStart(6, '0')}`;
    await db
      .insertInto('product_grant')
      .values({
        ...{ grant_no: number, jurisdiction: city, applicant: holder, operator: 'operator', state },
        resources: JSON.stringify(
          resources.map(({ fields, ...of }) => ({
            ...of,
            fields: Object.entries(fields).map(([name, grade]) => ({
              ...{ field: fieldMark(of.resource, name), grade },
            })),
          })),
        ) as never,
        ...{ from_on: fromOn, until_on: untilOn, seen_at: new Date('2024-01-01T00:00:00+08:00') },
      })
      .execute();
    return number;
  };
  /** A file of a body that stands uploaded, in the store and on record; its hash. */
  const file = async (
    city: string,
    organisation: string,
    content: string | Buffer,
    fileName = 'product.csv',
  ): Promise<string> => {
    const received = await documents.receive(Readable.from([Buffer.from(content)]));
    await received.keep();
    await sql`
      insert into document (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
      values (${city}, ${organisation}, ${received.hash}, ${received.bytes}, 'text/csv', '产品文件', ${fileName}, 'someone', now())
      on conflict do nothing`.execute(db);
    return received.hash;
  };
  type Asked = {
    artefact?: string;
    /** As what it is uploaded; a file of data unless said otherwise. */
    fileName?: string;
    contents?: object;
    product?: string;
    path?: string;
    who?: 'merchant' | 'rival';
  };
  /** What a merchant sends: a whole submission, changed as asked. */
  const asked = async (
    city: string,
    { artefact = cleanCsv, fileName = 'product.csv', contents = {}, product, who = 'merchant' }: Asked = {},
  ) => {
    const { organisation } = productPeople(city)[who];
    const samples = [await file(city, organisation, cleanCsv, 'answers.csv')];
    const kind = (contents as { class?: string }).class ?? classIn(city);
    return {
      ...(product !== undefined && { product }),
      artefact: await file(city, organisation, artefact, fileName),
      contents: productContents([await grant(city, { holder: organisation })], {
        class: kind,
        ...(['api', 'verification', 'model'].includes(kind) && { service: serviceOf(samples) }),
        ...contents,
      }),
    };
  };
  /** Whether the evidence on the artefact that counts stands. */
  const evidenced = async (caseNo: string): Promise<void> => {
    for (let tries = 0; tries < 2_400; tries += 1) {
      const { stage, outcome } = await the.row(caseNo);
      if (stage !== 'evidence' && stage !== 'opened') return;
      if (outcome !== null) return;
      await new Promise((go) => setTimeout(go, 25));
    }
    throw new Error(`no evidence on ${caseNo}`);
  };
  /** Submits, and waits until the engine has spoken. Answers the case's number. */
  const submit = async (city: string, given: Asked = {}): Promise<string> => {
    const { who = 'merchant', path } = given;
    const caseNo = await the.open(
      productPeople(city)[who],
      '/v1/egress-cases',
      await asked(city, given),
      path,
    );
    await evidenced(caseNo);
    return caseNo;
  };
  /** The product of a case. */
  const productOf = async (caseNo: string): Promise<{ product: string; version: number }> => {
    const row = await db
      .selectFrom('product_version')
      .select(['product_no', 'version'])
      .where('case_no', '=', caseNo)
      .executeTakeFirstOrThrow();
    return { product: row.product_no, version: row.version };
  };
  /** An act on a case, answered. */
  const act = (who: Parameters<typeof the.post>[0], caseNo: string, path: string, body: object = {}) =>
    the.post(who, `/v1/egress-cases/${caseNo}/${path}`, body);
  const stop = async (): Promise<void> => {
    await the.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...the, db, documents, grant, file, asked, evidenced, submit, productOf, act, stop };
};
