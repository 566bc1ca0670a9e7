// E1: the engine itself behind the workflow: what it finds is numbered, what it cannot judge is refused, a scan that dies never passes.
import { createEvidence } from '@gongshu/activities/product/evidence';
import { checkRecord } from '@gongshu/activities/product/record-effects';
import { scanInProcess } from '@gongshu/activities/egress/engine/scan-process';
import { jsonHash } from '@gongshu/infra/hash';
import { verifyRecord } from '@gongshu/infra/products/signing';
import type { CheckRecordKey, SignedCheckRecord } from '@gongshu/shared/product/check-record';
import type { EvidenceAsk } from '@gongshu/shared/product/evidence';
import { MockActivityEnvironment } from '@temporalio/testing';
import { sql } from 'kysely';
import { zipOf } from '../support/documents.ts';
import { type Products, productPeople, realScan, startProducts } from '../support/products.ts';

let the: Products;
let scan = realScan;
let scans = 0;
beforeAll(async () => {
  the = await startProducts(['zhongwei'], {
    replayed: true,
    scan: (ask, options) => {
      scans += 1;
      return scan(ask, options);
    },
  });
  await the.law.begin('2024-03-01T09:00:00');
}, 120_000);
afterAll(() => the?.stop());
afterEach(() => {
  scan = realScan;
});

const { merchant, department, operator } = productPeople('zhongwei');
const read = async <T>(url: string, who: Parameters<Products['call']>[0] = merchant): Promise<T> =>
  (await the.call(who, 'GET', url)).json<T>();
type View = { stage: string; evidence: { verdict: string; reason: string | null; items: number } };

/** Rows of people: 60 of them, each with a mobile of its own. */
const mobiles = Array.from({ length: 60 }, (_, n) => String(13_800_138_000 + n * 245_489));
const withMobiles = `district,联系电话\n${mobiles.map((one, n) => `D${n % 3},${one}`).join('\n')}\n`;

it('a clean file: a signed record of the evidence, verified with the public keys, and the same when scanned again', async () => {
  const caseNo = await the.submit('zhongwei', { path: 'product-evidence-engine' });
  expect(await read<View>(`/v1/egress-cases/${caseNo}`)).toMatchObject({
    stage: 'egressCheck',
    evidence: { verdict: 'clean', reason: null, items: 0 },
  });
  const signed = await read<SignedCheckRecord>(`/v1/egress-cases/${caseNo}/check-record`);
  const { items: keys } = await read<{ items: CheckRecordKey[] }>('/v1/check-records/keys', null);
  expect(verifyRecord(signed, keys)).toBe('valid');
  expect(signed.record).toMatchObject({
    ...{ caseNo, attempt: 1, round: 0, verdict: 'clean', votes: null, passed: null, localTerm: '出域核查' },
    thresholds: { k: 5 },
    scans: [{ rows: 60, format: 'csv', engine: expect.any(String) }],
  });
  expect((await the.call(department, 'GET', `/v1/egress-cases/${caseNo}/check-record`)).statusCode).toBe(403);
  const row = await the.row(caseNo);
  const { artefact, contents } = row.state as { artefact: string; contents: string };
  for (const table of ['check_record', 'egress_item', 'egress_evidence'])
    await sql`delete from ${sql.table(table)} where case_no = ${caseNo}`.execute(the.db);
  const ask: EvidenceAsk = { caseNo, jurisdiction: 'zhongwei', attempt: 1, artefact, contents };
  const before = scans;
  const evidence = createEvidence(the.activityDeps);
  const gatherEvidence = (of: EvidenceAsk) => evidence.gatherEvidence(of);
  const again = await new MockActivityEnvironment().run(gatherEvidence, ask);
  expect(await new MockActivityEnvironment().run(gatherEvidence, ask)).toEqual(again); // nothing is scanned twice
  expect(scans).toBe(before + 1);
  const record = await the.db
    .transaction()
    .execute((trx) => checkRecord(trx, row.start as never, { attempt: 1, round: 0, position: 1 }, null));
  expect(jsonHash(record)).toBe(signed.hash);
});

it('identifiers are found, numbered by column and kind, and no value of the file stands anywhere', async () => {
  const caseNo = await the.submit('zhongwei', {
    artefact: withMobiles,
    contents: {
      fields: [
        { name: 'district', from: [{ resource: 'R-parking', field: '区县' }] },
        {
          ...{ name: '联系电话', from: [{ resource: 'R-parking', field: '车主电话' }] },
          treatment: { kind: 'desensitised', method: '掩码' },
        },
      ],
    },
  });
  expect(await read<View>(`/v1/egress-cases/${caseNo}`)).toMatchObject({ evidence: { verdict: 'findings' } });
  const { items } = await read<{ items: { kind: string; place: object }[] }>(
    `/v1/egress-cases/${caseNo}/evidence/items`,
  );
  expect(items).toContainEqual(
    expect.objectContaining({
      kind: 'identifier',
      place: expect.objectContaining({ column: '联系电话', type: 'mobile', rows: 60 }),
    }),
  );
  const texts = await Promise.all([
    read<object>(`/v1/egress-cases/${caseNo}/evidence`),
    read<object>(`/v1/egress-cases/${caseNo}/check-record`),
    sql`select report from egress_evidence where case_no = ${caseNo}`.execute(the.db),
    sql`select payload from outbox where aggregateid = ${caseNo}`.execute(the.db),
  ]);
  for (const mobile of mobiles.slice(0, 5)) expect(JSON.stringify(texts)).not.toContain(mobile);
});

/** Rows of people, each alone by the last of their columns. */
const people = 'district,day,spaces\n'.concat(
  Array.from({ length: 60 }, (_, n) => `D${n % 3},2024-01-0${(n % 4) + 1},${750_000 + n}\n`).join(''),
);

describe('what the submitter does not say is found all the same', () => {
  type Item = { kind: string; place: Record<string, unknown> };
  const foundIn = async (given: Parameters<Products['submit']>[1]) => {
    const caseNo = await the.submit('zhongwei', given);
    const { evidence } = await read<View>(`/v1/egress-cases/${caseNo}`);
    const { items } = await read<{ items: Item[] }>(`/v1/egress-cases/${caseNo}/evidence/items`);
    return { caseNo, verdict: evidence.verdict, items };
  };

  it('who declares that there are no quasi-identifiers is searched for them; a declared table of aggregates is judged as one', async () => {
    const { verdict, items } = await foundIn({ artefact: people });
    expect([verdict, items]).toEqual([
      'findings',
      [
        expect.objectContaining({
          kind: 'group',
          place: expect.objectContaining({ qi: ['spaces'], searched: true, k: 1, singledOut: 60 }),
        }),
      ],
    ]);
    const aggregates = [{ dimensions: ['district', 'day'], count: 'spaces' }];
    expect(await foundIn({ artefact: `${people}D1,2024-01-05,9\n`, contents: { aggregates } })).toMatchObject(
      { verdict: 'clean', items: [] },
    );
    expect(await foundIn({ artefact: `${people}D1,2024-01-05,2\n`, contents: { aggregates } })).toMatchObject(
      { verdict: 'findings', items: [{ kind: 'aggregate', place: { column: 'spaces', rows: 1 } }] },
    );
  });

  it('columns that no field names, and fields that no file has: each a finding, without a value', async () => {
    const artefact = 'district,day,zip\n'.concat('D1,2024-01-01,755000\n'.repeat(20));
    const { caseNo, verdict, items } = await foundIn({ artefact });
    expect(verdict).toBe('findings');
    expect(items).toEqual([
      expect.objectContaining({
        kind: 'declaration',
        place: expect.objectContaining({ code: 'undeclaredColumn', sheet: null, number: 3, column: 'zip' }),
      }),
      expect.objectContaining({
        kind: 'declaration',
        place: { code: 'missingColumn', pointer: '/fields/2/name', column: 'spaces' },
      }),
    ]);
    const texts = await Promise.all([
      read<object>(`/v1/egress-cases/${caseNo}/evidence`),
      read<object>(`/v1/egress-cases/${caseNo}/check-record`),
    ]);
    expect(JSON.stringify(texts)).not.toContain('755000');
  });

  it('a column whose name is somebody’s number: no header, refused, and the number stands nowhere', async () => {
    const artefact = 'district,day,spaces,13800138000\n'.concat('D1,2024-01-01,10,x\n'.repeat(20));
    const { caseNo, verdict } = await foundIn({ artefact });
    expect(verdict).toBe('refused');
    expect(JSON.stringify(await read(`/v1/egress-cases/${caseNo}/evidence`))).not.toContain('13800138000');
  });

  it('a granted resource without a fingerprint is named to those who check, and in the signed record', async () => {
    const caseNo = await the.submit('zhongwei');
    for (const who of [merchant, operator])
      expect(await read(`/v1/egress-cases/${caseNo}/evidence`, who)).toMatchObject({
        ...{ verdict: 'clean', notCompared: ['R-parking'] },
      });
    const { record } = await read<SignedCheckRecord>(`/v1/egress-cases/${caseNo}/check-record`);
    expect(record).toMatchObject({ verdict: 'clean', notCompared: ['R-parking'] });
    const said = await the.submit('zhongwei', {
      contents: {
        publicSources: [
          {
            ...{ resource: 'R-parking', ground: 'publicByLaw', basis: '政府信息公开条例' },
            ...{ address: 'https://data.example/parking', on: '2024-02-01' },
          },
        ],
      },
    });
    expect(await read(`/v1/egress-cases/${said}/evidence`)).toMatchObject({ notCompared: [] });
  });
});

it.each([
  { what: 'a zip', bytes: zipOf({ 'a.csv': 'a,b\n1,2\n' }), reason: 'archive' },
  { what: 'a Parquet file cut short', bytes: Buffer.from('PAR1\u0000\u0001\u0002'), reason: 'truncated' },
  {
    what: 'columns that change their number',
    bytes: Buffer.from('a,b\n1,2\n1,2,3\n1\n'),
    reason: 'unevenRows',
  },
])('$what is not judged: refused with the reason, and no exception helps', async ({ bytes, reason }) => {
  const { contents } = await the.asked('zhongwei');
  const artefact = await the.file('zhongwei', 'merchant-1', bytes);
  const caseNo = await the.open(merchant, '/v1/egress-cases', { artefact, contents });
  await the.evidenced(caseNo);
  expect(await read<View>(`/v1/egress-cases/${caseNo}`)).toMatchObject({
    stage: 'egressCheck',
    evidence: { verdict: 'refused', reason },
  });
  const document = await the.file('zhongwei', 'merchant-1', '依据');
  expect(
    await the.act(merchant, caseNo, 'exceptions', { items: [1], ground: 'falseAlarm', document }),
  ).toMatchObject({ code: expect.stringMatching(/^(notJudged|findingUnknown)$/) });
});

describe('a scan that dies never passes', () => {
  it('its process killed half-way: refused', async () => {
    scan = (ask, options) =>
      scanInProcess(ask, {
        ...options,
        started: (child) => void setTimeout(() => child.kill('SIGKILL'), 50),
      });
    const caseNo = await the.submit('zhongwei');
    expect(await read<View>(`/v1/egress-cases/${caseNo}`)).toMatchObject({
      evidence: { verdict: 'refused', reason: 'stopped' },
    });
  });

  it('the worker stopped during a scan: another scans anew', async () => {
    let begun = 0;
    scan = (ask, options) => {
      begun += 1;
      if (begun > 1) return realScan(ask, options);
      return new Promise((_, reject) =>
        options.signal.addEventListener('abort', () => reject(options.signal.reason as Error)),
      );
    };
    const { artefact, contents } = await the.asked('zhongwei');
    const caseNo = await the.open(merchant, '/v1/egress-cases', { artefact, contents });
    for (let tries = 0; begun === 0 && tries < 400; tries += 1) await new Promise((go) => setTimeout(go, 25));
    expect(await the.row(caseNo)).toMatchObject({ stage: 'evidence' });
    await the.workWith();
    await the.evidenced(caseNo);
    expect(begun).toBeGreaterThan(1);
    expect(await the.story(caseNo)).toEqual(['submitted', 'evidenceRecorded']);
    expect(await read<View>(`/v1/egress-cases/${caseNo}`)).toMatchObject({ evidence: { verdict: 'clean' } });
  });

  it('a scan that fails again and again: refused, and the case goes on', async () => {
    scan = async () => {
      throw new Error('the engine cannot be started');
    };
    const caseNo = await the.submit('zhongwei', { path: 'product-evidence-none' });
    expect(await read<View>(`/v1/egress-cases/${caseNo}`)).toMatchObject({
      stage: 'egressCheck',
      evidence: { verdict: 'refused', reason: 'stopped' },
    });
  });

  it('the artefact altered in the store is not judged as what was submitted', async () => {
    scan = async (ask, options) => {
      const report = await realScan(ask, options);
      return { ...report, sha256: '0'.repeat(64) };
    };
    const caseNo = await the.submit('zhongwei');
    expect(await read<View>(`/v1/egress-cases/${caseNo}`, operator)).toMatchObject({
      evidence: { verdict: 'refused' },
    });
  });
});

it('an artefact replaced while its scan runs: the old scan is nobody’s evidence', async () => {
  let [first, ended] = [true, false];
  scan = async (ask, options) => {
    if (!first) return realScan(ask, options);
    first = false;
    while (!ended) await new Promise((go) => setTimeout(go, 25));
    return realScan(ask, options);
  };
  const { artefact, contents } = await the.asked('zhongwei', { artefact: withMobiles });
  const caseNo = await the.open(merchant, '/v1/egress-cases', { artefact, contents });
  const other = await the.file(
    'zhongwei',
    'merchant-1',
    'district,day,spaces\nD1,2024-01-01,10\nD2,2024-01-02,20\n',
  );
  expect(await the.act(merchant, caseNo, 'artefact', { artefact: other, contents })).toMatchObject({
    status: 200,
  });
  ended = true;
  await the.evidenced(caseNo);
  const recorded = await the.told(caseNo, 'productEgress.evidenceRecorded.v1');
  expect(recorded).toHaveLength(1);
  expect(recorded).toMatchObject([{ attempt: 2 }]);
});
