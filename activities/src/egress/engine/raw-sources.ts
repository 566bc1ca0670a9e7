import { join } from 'node:path';
import type { RawSource } from './containment.ts';
import { fingerprint, type FingerprintKey } from './fingerprints.ts';
import { openFile } from './open.ts';
import { Refused } from './refused.ts';
import type { ScanSource } from './scan-ask.ts';

/**
 * Sources as fingerprints: plain ones are hashed into `folder` first. Only the hashes are compared.
 * @throws Refused with the reason of the source that cannot be read.
 */
export const asFingerprints = async (
  sources: readonly ScanSource[],
  key: FingerprintKey,
  folder: string,
  signal?: AbortSignal,
): Promise<RawSource[]> => {
  const hashed: RawSource[] = [];
  for (const [index, { id, file, form, lawfullyPublic }] of sources.entries()) {
    if (form === 'fingerprint') {
      hashed.push({ id, file, lawfullyPublic });
      continue;
    }
    const to = join(folder, `source-${index}.parquet`);
    try {
      const loaded = await openFile(file, { tempFolder: folder, ...(signal ? { signal } : {}) });
      try {
        await fingerprint(loaded, key, { of: 'source', id }, to, signal);
      } finally {
        loaded.close();
      }
    } catch (error) {
      throw error instanceof Refused
        ? new Refused(error.reason, `source ${index + 1}: ${error.message}`)
        : error;
    }
    hashed.push({ id, file: to, lawfullyPublic });
  }
  return hashed;
};
