import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprintKeyOf, installedFingerprintKey, randomFingerprintKey } from './key.ts';

describe('the key of fingerprints', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fingerprint-key-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const variable = 'GONGSHU_FINGERPRINT_KEY_FILE';

  it('of development is made once and kept from others', () => {
    const given = { production: false, dataFolder: folder };
    expect(installedFingerprintKey(given, {})).toEqual(installedFingerprintKey(given, {}));
    expect(statSync(join(folder, 'fingerprint.key')).mode & 0o077).toBe(0);
  });

  it('must be given in production, whole', () => {
    const given = { production: true, dataFolder: folder };
    expect(() => installedFingerprintKey(given, {})).toThrow(variable);
    const file = join(folder, 'key');
    writeFileSync(file, 'short');
    expect(() => installedFingerprintKey(given, { [variable]: file })).toThrow('holds no key');
    writeFileSync(file, 'ab'.repeat(32));
    expect(installedFingerprintKey(given, { [variable]: file })).toEqual(
      fingerprintKeyOf(Buffer.alloc(32, 0xab)),
    );
  });

  it('is named without being told, and never the same by chance', () => {
    const { id, secret } = fingerprintKeyOf(Buffer.alloc(32, 0xab));
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(secret).toHaveLength(22);
    expect(randomFingerprintKey()).not.toEqual(randomFingerprintKey());
    expect(() => fingerprintKeyOf(Buffer.alloc(31))).toThrow(RangeError);
  });
});
