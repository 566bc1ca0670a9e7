/** The mark of an identity: the number itself is never kept. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const derived = (number: string, salt: Buffer): Promise<Buffer> =>
  new Promise((done, failed) => {
    // Slow on purpose: numbers of cards are few enough to be tried one by one.
    scrypt(number, salt, 32, { N: 16_384, r: 8, p: 1 }, (fault, key) => (fault ? failed(fault) : done(key)));
  });

/** A fresh salt and the hash over it and the number, both as hex. */
export const markOf = async (number: string): Promise<{ salt: string; hash: string }> => {
  const salt = randomBytes(16);
  return { salt: salt.toString('hex'), hash: (await derived(number, salt)).toString('hex') };
};

/** Whether a number is the one a mark was made of. */
export const isSame = async (
  number: string,
  { salt, hash }: { salt: string; hash: string },
): Promise<boolean> => {
  const kept = Buffer.from(hash, 'hex');
  const given = await derived(number, Buffer.from(salt, 'hex'));
  return kept.length === given.length && timingSafeEqual(kept, given);
};

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Whether it is the number of a resident identity card with its check digit (GB 11643). */
export const isCardNumber = (text: string): boolean => {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = weights.reduce((all, weight, at) => all + weight * Number(text[at]), 0);
  return text[17] === '10X98765432'[sum % 11];
};
