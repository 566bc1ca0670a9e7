/** Secrets kept beside the hash of their key: the key itself is in the browser's cookie alone. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** An id nobody guesses: 256 bits, in letters that a cookie takes. */
export const newId = (): string => randomBytes(32).toString('base64url');

/** What is kept of an id. */
export const hashOf = (id: string): string => createHash('sha256').update(id).digest('hex');

const keyOf = (id: string): Buffer => Buffer.from(hkdfSync('sha256', id, '', 'gongshu desk seal', 32));

/** AES-256-GCM under a key of the id; the nonce comes first, the tag last. */
export const seal = (id: string, value: unknown): Buffer => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(id), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
};

/** What was sealed; `undefined` where the id is another or the bytes were changed. */
export const unseal = (id: string, sealed: Buffer): unknown => {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(id), sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(-16));
    const text = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
};

const macOf = (id: string, nonce: string, form: string): string =>
  createHmac('sha256', id).update(`form\n${nonce}\n${form}`).digest('base64url').slice(0, 22);

/** A token of one form of one session. It is the act's Idempotency-Key too: a form sent twice is one act. */
export const formToken = (id: string, form: string): string => {
  const nonce = randomBytes(16).toString('base64url');
  return `${nonce}.${macOf(id, nonce, form)}`;
};

/** Whether a token was drawn for this form of this session. */
export const isTokenOf = (id: string, form: string, token: string): boolean => {
  const [nonce = '', mac = '', ...more] = token.split('.');
  const expected = Buffer.from(macOf(id, nonce, form));
  const given = Buffer.from(mac);
  return more.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
};
