/**
 * The key of an installation's fingerprints (E1). It stands outside the database and never leaves the platform: without it
 * nobody learns a value from a fingerprint, and two installations' fingerprints cannot be compared. A new key makes all
 * fingerprints anew: those of another key are refused, not passed over.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { keyFrom } from '../key-file.ts';

/** `id` names the key and may be shown; `secret` is its own derivation, never the installation's key itself. */
export type FingerprintKey = { id: string; secret: string };

/** @throws RangeError where the key does not have 32 bytes. */
export const fingerprintKeyOf = (key: Buffer): FingerprintKey => {
  if (key.length !== 32) throw new RangeError('The key of fingerprints has 32 bytes');
  const derive = (use: string) => createHmac('sha256', key).update(`gongshu fingerprint ${use}`).digest();
  // 132 bits in 22 characters: key and most values fit one block of SHA-256
  return {
    id: derive('id').toString('hex').slice(0, 16),
    secret: derive('secret').toString('base64url').slice(0, 22),
  };
};

/** For one comparison on this machine; forgotten with the process. */
export const randomFingerprintKey = (): FingerprintKey => fingerprintKeyOf(randomBytes(32));

/** The installation's key. Throws in production without `GONGSHU_FINGERPRINT_KEY_FILE`, and on a file that holds none. */
export const installedFingerprintKey = (
  given: { production: boolean; dataFolder: string },
  env: NodeJS.ProcessEnv = process.env,
): FingerprintKey =>
  fingerprintKeyOf(
    keyFrom(
      {
        variable: 'GONGSHU_FINGERPRINT_KEY_FILE',
        does: 'makes fingerprints',
        file: 'fingerprint.key',
      },
      given,
      env,
    ),
  );
