import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '@gongshu/infra/hash';
import { createSigning } from '@gongshu/infra/products/signing';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { type CheckRecord, checkRecordForm } from '@gongshu/shared/product/check-record';
import { Command } from 'commander';
import { addVerify } from './verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongshu-verify-'));
const before = process.exitCode;
afterAll(() => {
  process.exitCode = before;
  rmSync(folder, { recursive: true, force: true });
});

const signing = createSigning(generateKeyPairSync('ed25519').privateKey);
const artefact = 'district,spaces\nD1,10\n';
const record: CheckRecord = {
  ...{ form: checkRecordForm, caseNo: '640500-CY-2025-000001', product: '640500-CP-2025-000001', version: 1 },
  ...{ attempt: 1, round: 0, jurisdiction: 'zhongwei', packVersion: sha256('pack'), localTerm: '出域核查' },
  ...{ artefact: sha256(artefact), contents: sha256('contents'), engines: ['1.0.0'], thresholds: { k: 5 } },
  ...{ verdict: 'clean', report: sha256('report'), scans: [], declaration: [], items: [], publicSources: [] },
  ...{ exceptions: [], votes: null, passed: null },
};
const write = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const keys = write('keys.json', JSON.stringify({ items: [signing.key] }));

const verify = async (file: string, ...more: string[]) => {
  const said: string[] = [];
  const [out, err] = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0),
  );
  const program = new Command('egress');
  addVerify(program);
  await program.parseAsync(['verify', file, '--keys', keys, ...more], { from: 'user' });
  out?.mockRestore();
  err?.mockRestore();
  return { code: process.exitCode, said: said.join('') };
};
const signed = async (of: CheckRecord = record) => {
  const text = canonicalJson(of);
  return {
    record: of,
    hash: sha256(text),
    algorithm: 'Ed25519',
    keyId: signing.key.keyId,
    signature: await signing.sign(text),
  };
};

it('a record that holds exits 0, and says what it speaks of; the artefact may be compared too', async () => {
  const file = write('record.json', JSON.stringify(await signed(), null, 2));
  const { code, said } = await verify(file, '--artefact', write('a.csv', artefact));
  expect([code, said]).toEqual([0, expect.stringMatching(/valid[^]*640500-CY-2025-000001/)]);
  expect((await verify(file, '--artefact', write('b.csv', `${artefact}D2,20\n`))).code).toBe(1);
});

it('what the product was not compared with is signed too; a record from before it was looked at holds as it is', async () => {
  const one = await signed({ ...record, notCompared: ['R-1'] });
  expect((await verify(write('compared.json', JSON.stringify(one)))).code).toBe(0);
  const hidden = { ...one, record: { ...record, notCompared: [] } };
  expect((await verify(write('hidden.json', JSON.stringify(hidden)))).code).toBe(1);
  expect((await verify(write('left-out.json', JSON.stringify({ ...one, record })))).code).toBe(1);
  expect('notCompared' in record).toBe(false);
  expect((await verify(write('before.json', JSON.stringify(await signed())))).code).toBe(0);
});

it('one altered exits 1, even hashed anew; what is no record exits 2', async () => {
  const one = await signed();
  const altered = { ...record, verdict: 'findings' as const };
  const file = write('altered.json', JSON.stringify({ ...one, record: altered }));
  expect((await verify(file)).code).toBe(1);
  const rehashed = write(
    'rehashed.json',
    JSON.stringify({ ...one, record: altered, hash: sha256(canonicalJson(altered)) }),
  );
  expect((await verify(rehashed)).code).toBe(1);
  expect((await verify(write('none.json', '{}'))).code).toBe(2);
  expect((await verify(join(folder, 'not-there.json'))).code).toBe(2);
});
