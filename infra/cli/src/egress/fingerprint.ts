import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  fingerprint,
  type FingerprintKey,
  fingerprintKeyOf,
} from '@gongshu/activities/egress/engine/fingerprints';
import { openFile } from '@gongshu/activities/egress/engine/open';
import { Refused } from '@gongshu/activities/egress/engine/refused';
import { InputRefused } from '../read-input.ts';
import { tableText } from '../table.ts';
import { print } from '../installation.ts';
import { mustBeFile } from './read-ask.ts';
import { progressShown } from './progress.ts';

/** The key of a file: 32 bytes as they are, or as hexadecimal digits. @throws InputRefused without telling any of it. */
export const readKey = (file: string): FingerprintKey => {
  mustBeFile(file, '密钥文件');
  const bytes = readFileSync(file);
  const text = bytes.toString('latin1').trim();
  const key = /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, 'hex') : bytes;
  if (key.length !== 32)
    throw new InputRefused(`密钥应为 32 字节：${file} · a key has 32 bytes, or 64 hexadecimal digits`);
  return fingerprintKeyOf(key);
};

/**
 * `gongshu egress fingerprint`: writes the keyed hashes of a file beside its place and puts them there whole.
 * @throws InputRefused (exit 2) where file or key cannot be read, or the file is refused.
 */
export const writeFingerprint = async (
  file: string,
  { keyFile, out, id }: { keyFile: string; out: string; id?: string },
): Promise<void> => {
  mustBeFile(file, '文件');
  const key = readKey(keyFile);
  if (!existsSync(dirname(out))) throw new InputRefused(`没有这个目录：${dirname(out)} · no such folder`);
  const folder = mkdtempSync(join(dirname(out), '.fingerprint-'));
  const shown = progressShown();
  try {
    const loaded = await openFile(file, { tempFolder: folder, progress: shown.tell });
    try {
      const part = join(folder, 'fingerprint.parquet');
      const about = { of: 'source', id: (id ?? basename(file)).slice(0, 80) } as const;
      const { header } = await fingerprint(loaded, key, about, part);
      renameSync(part, out);
      shown.end();
      print(
        tableText(
          `指纹 · fingerprint: ${basename(out)}`,
          ['项', '值'],
          [
            ['资源 id', header.id],
            ['密钥 key', header.keyId],
            ['SHA-256', header.sha256],
            ['行数 rows', header.sheets.reduce((sum, { rows }) => sum + rows, 0)],
          ],
        ),
      );
    } finally {
      loaded.close();
    }
  } catch (error) {
    if (error instanceof Refused)
      throw new InputRefused(`未能读取 · refused: ${error.reason} (${error.message})`);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
