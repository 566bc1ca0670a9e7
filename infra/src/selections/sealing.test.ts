import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealing, sealingOf } from './sealing.ts';

const sealing = createSealing(Buffer.alloc(32, 7));

describe('what is sealed', () => {
  it('opens in its own place, and shows nothing of itself', () => {
    const sealed = sealing.seal('报价 4200 万元', 'case/bidder');
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('4200');
    expect(sealing.unseal(sealed, 'case/bidder')).toBe('报价 4200 万元');
  });

  it.each([
    { name: 'in another place', open: (sealed: string) => sealing.unseal(sealed, 'case/other') },
    {
      name: 'altered by one bit',
      open: (sealed: string) => {
        const bytes = Buffer.from(sealed, 'base64');
        bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
        return sealing.unseal(bytes.toString('base64'), 'case/bidder');
      },
    },
    {
      name: 'under another key',
      open: (sealed: string) => createSealing(Buffer.alloc(32, 8)).unseal(sealed, 'case/bidder'),
    },
    { name: 'cut short', open: (sealed: string) => sealing.unseal(sealed.slice(0, 8), 'case/bidder') },
  ])('opens not $name', ({ open }) => {
    expect(open(sealing.seal('报价', 'case/bidder'))).toBeUndefined();
  });
});

describe('the key', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sealing-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('of development is made once and kept from others', () => {
    const given = { production: false, dataFolder: folder };
    const sealed = sealingOf(given, {}).seal('a', 'b');
    expect(sealingOf(given, {}).unseal(sealed, 'b')).toBe('a');
    expect(statSync(join(folder, 'sealing.key')).mode & 0o077).toBe(0);
  });

  it('must be given in production, whole', () => {
    const given = { production: true, dataFolder: folder };
    expect(() => sealingOf(given, {})).toThrow('GONGSHU_SEALING_KEY_FILE');
    const file = join(folder, 'key');
    writeFileSync(file, 'short');
    expect(() => sealingOf(given, { GONGSHU_SEALING_KEY_FILE: file })).toThrow('holds no key');
    writeFileSync(file, 'ab'.repeat(32));
    expect(sealingOf(given, { GONGSHU_SEALING_KEY_FILE: file }).unseal('AAAA', 'b')).toBeUndefined();
  });
});
