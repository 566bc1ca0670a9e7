/**
 * Signing of check records (E1): Ed25519 behind a port, so that a machine that keeps keys may take its place. The key
 * stands outside the database; its public half is kept with the records and served to everyone.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import type { CheckRecordKey, SignedCheckRecord } from '@gongshu/shared/product/check-record';
import { sha256 } from '../hash.ts';
import { makeOnce } from '../key-file.ts';

export type Signing = {
  /** Its public half, and the mark it goes by. */
  key: CheckRecordKey;
  /** Over the bytes of a text in UTF-8; base64. The same text gives the same signature. */
  sign: (text: string) => Promise<string>;
};

const keyIdOf = (spki: Buffer): string => createHash('sha256').update(spki).digest('hex').slice(0, 16);

/** Throws `RangeError` for a key of another kind. */
export const createSigning = (privateKey: KeyObject): Signing => {
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new RangeError('Check records are signed with an Ed25519 key');
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return {
    key: { keyId: keyIdOf(spki), algorithm: 'Ed25519', publicKey: spki.toString('base64') },
    sign: async (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
  };
};

const readKey = (file: string): KeyObject => {
  try {
    return createPrivateKey(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error('GONGSHU_CHECK_RECORD_KEY_FILE holds no private key: Ed25519, PKCS 8, PEM', { cause });
  }
};

/** A key of its own for development, made once, beside the data. */
const developmentKey = (dataFolder: string): KeyObject => {
  const file = join(dataFolder, 'check-record.key');
  makeOnce(file, () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return readKey(file);
};

/** The installation's key. Throws in production without `GONGSHU_CHECK_RECORD_KEY_FILE`, and on a file that holds none. */
export const signingOf = (
  { production, dataFolder }: { production: boolean; dataFolder: string },
  env: NodeJS.ProcessEnv = process.env,
): Signing => {
  const file = env['GONGSHU_CHECK_RECORD_KEY_FILE'];
  if (file) return createSigning(readKey(file));
  if (production)
    throw new Error(
      'GONGSHU_CHECK_RECORD_KEY_FILE is not set; in production it names the key that signs check records.',
    );
  return createSigning(developmentKey(dataFolder));
};

export type Verified = 'valid' | 'hashDiffers' | 'keyUnknown' | 'signatureWrong';

/** Whether a record is what was signed under one of the keys. */
export const verifyRecord = (
  { record, hash, keyId, signature }: SignedCheckRecord,
  keys: readonly CheckRecordKey[],
): Verified => {
  const text = canonicalJson(record);
  if (sha256(text) !== hash) return 'hashDiffers';
  const key = keys.find((one) => one.keyId === keyId);
  if (!key) return 'keyUnknown';
  const spki = Buffer.from(key.publicKey, 'base64');
  if (keyIdOf(spki) !== keyId) return 'keyUnknown';
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'))
    ? 'valid'
    : 'signatureWrong';
};
