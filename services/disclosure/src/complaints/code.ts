/** The code by which a complainant asks after a complaint: told once, kept as its hash. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

export const newSalt = (): string => randomBytes(32).toString('hex');

/**
 * Sixteen letters in fours, 80 bits. It follows from the row's random salt and the caller's own key, so that the same
 * request sent again hears the same code, and nobody finds it by the row alone.
 */
export const codeOf = (salt: string, key: string): string => {
  const bytes = createHmac('sha256', Buffer.from(salt, 'hex')).update(key).digest();
  const text = Array.from(bytes.subarray(0, 16), (byte) => letters[byte % 32]).join('');
  return (text.match(/.{4}/g) ?? []).join('-');
};

export const hashOfCode = (code: string): string =>
  createHash('sha256').update(code.replaceAll('-', '').toUpperCase()).digest('hex');

/** Compared in constant time. */
export const isCode = (code: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashOfCode(code), 'hex'), Buffer.from(hash, 'hex'));
