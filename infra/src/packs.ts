import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '@gongshu/shared/packs/assemble';
import { type LoadOptions, type PackSet, packSetOf } from '@gongshu/shared/packs/resolve';

/** The packs that come with the product. */
export const packsDir = join(import.meta.dirname, '../../shared/policy-packs');

/** Hexadecimal SHA-256 of a text's UTF-8 bytes. */
export const sha256 = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

/** Reads a folder of packs: `instruments.yaml` and one folder a jurisdiction, in alphabetical order. */
export const readPackFiles = (dir: string = packsDir): SourceFile[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.yaml') && path.split('/').length <= 2)
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(dir, path), 'utf8') }));

/**
 * Loads every pack of a folder. In production a draft is withheld unless `adopted` names, by jurisdiction, the number
 * and first day of the adopting document. Throws `PacksRefused`: each fault with file, line and reason.
 */
export const loadPacks = (
  dir: string = packsDir,
  options: Partial<Omit<LoadOptions, 'sha256'>> = {},
): PackSet => packSetOf(readPackFiles(dir), { mode: 'development', adopted: {}, ...options, sha256 });
