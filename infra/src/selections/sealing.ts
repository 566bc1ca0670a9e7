/**
 * Sealing of bids until the opening (O1; 招标投标法 三十六): AES-256-GCM under a key that stands outside the database. Who
 * reads tables, backups or the disk of the database reads no bid.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { keyFrom } from '../key-file.ts';

/** `about` binds what is sealed to its place: it opens nowhere else. */
export type Sealing = {
  seal: (text: string, about: string) => string;
  /** `undefined` for what was altered, moved, or sealed under another key. */
  unseal: (sealed: string, about: string) => string | undefined;
};

const [ivBytes, tagBytes] = [12, 16];

export const createSealing = (key: Buffer): Sealing => {
  if (key.length !== 32) throw new RangeError('The key that seals bids has 32 bytes');
  return {
    seal: (text, about) => {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },
    unseal: (sealed, about) => {
      const bytes = Buffer.from(sealed, 'base64');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes))
          .setAAD(Buffer.from(about))
          .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        return Buffer.concat([
          decipher.update(bytes.subarray(ivBytes + tagBytes)),
          decipher.final(),
        ]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
};

/** The installation's key. Throws in production without `GONGSHU_SEALING_KEY_FILE`, and on a file that holds none. */
export const sealingOf = (
  given: { production: boolean; dataFolder: string },
  env: NodeJS.ProcessEnv = process.env,
): Sealing =>
  createSealing(
    keyFrom({ variable: 'GONGSHU_SEALING_KEY_FILE', does: 'seals bids', file: 'sealing.key' }, given, env),
  );
