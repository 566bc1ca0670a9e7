import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import type { SignedCheckRecord } from '@gongshu/shared/product/check-record';
import { sha256 } from '../hash.ts';
import { createSigning, signingOf, verifyRecord } from './signing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongshu-signing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const signed = async (signing: ReturnType<typeof createSigning>): Promise<SignedCheckRecord> => {
  const record = { caseNo: 'CY-1', verdict: 'clean' } as never;
  const text = canonicalJson(record);
  return {
    record,
    hash: sha256(text),
    algorithm: 'Ed25519',
    keyId: signing.key.keyId,
    signature: await signing.sign(text),
  };
};

it('makes a development key once, readable by its owner alone; the same record has the same signature', async () => {
  const [first, again] = [1, 2].map(() => signingOf({ production: false, dataFolder: folder }, {}));
  if (!first || !again) throw new Error('no key');
  expect(again.key).toEqual(first.key);
  expect(statSync(join(folder, 'check-record.key')).mode & 0o777).toBe(0o600);
  const one = await signed(first);
  expect(await signed(again)).toEqual(one);
  expect(verifyRecord(one, [first.key])).toBe('valid');
});

it('one bit changed in the record, the hash, the signature or the key is told', async () => {
  const signing = createSigning(generateKeyPairSync('ed25519').privateKey);
  const other = createSigning(generateKeyPairSync('ed25519').privateKey);
  const one = await signed(signing);
  const altered = { caseNo: 'CY-2', verdict: 'clean' } as never;
  expect(verifyRecord({ ...one, record: altered }, [signing.key])).toBe('hashDiffers');
  expect(verifyRecord({ ...one, record: altered, hash: sha256(canonicalJson(altered)) }, [signing.key])).toBe(
    'signatureWrong',
  );
  expect(verifyRecord(one, [other.key])).toBe('keyUnknown');
  // A key that calls itself by another's mark is not taken for it.
  expect(verifyRecord(one, [{ ...other.key, keyId: signing.key.keyId }])).toBe('keyUnknown');
});

it('production does not start without a key file, nor on one that holds no Ed25519 key', () => {
  const production = { production: true, dataFolder: folder };
  expect(() => signingOf(production, {})).toThrow('GONGSHU_CHECK_RECORD_KEY_FILE is not set');
  const file = join(folder, 'rsa.pem');
  writeFileSync(file, 'nothing');
  expect(() => signingOf(production, { GONGSHU_CHECK_RECORD_KEY_FILE: file })).toThrow(
    'holds no private key',
  );
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  writeFileSync(file, rsa.export({ type: 'pkcs8', format: 'pem' }));
  expect(() => signingOf(production, { GONGSHU_CHECK_RECORD_KEY_FILE: file })).toThrow('Ed25519');
});
