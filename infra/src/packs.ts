import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '@gongshu/shared/packs/assemble';
import { type LoadOptions, type PackSet, packSetOf } from '@gongshu/shared/packs/resolve';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

/** The packs that come with the product. */
export const packsDir = join(import.meta.dirname, '../../shared/policy-packs');

/** Hexadecimal SHA-256 of a text's UTF-8 bytes. */
export const sha256 = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

/**
 * What an installation runs on: the packs that come with the product and, from `folder`, those of further cities
 * (`instruments.yaml` of their own beside one folder each), with the documents by which drafts were adopted
 * (`adopted.yaml`: number, from and, where it ends, until, by jurisdiction). A folder adds cities and changes none.
 * Throws `PacksRefused` or an Error naming the file.
 */
export const installedPacks = ({
  mode,
  folder,
}: {
  mode: LoadOptions['mode'];
  folder: string | undefined;
}): PackSet => {
  if (folder === undefined) return loadPacks(undefined, { mode });
  const shipped = readPackFiles();
  const added = readPackFiles(folder).filter(({ path }) => path !== 'adopted.yaml');
  const known = new Set(shipped.map(({ path }) => path).filter((path) => path !== 'instruments.yaml'));
  const twice = added.find(({ path }) => known.has(path));
  if (twice) throw new Error(`${join(folder, twice.path)}: this jurisdiction comes with the product`);
  const texts = (all: readonly SourceFile[]) =>
    all.filter(({ path }) => path === 'instruments.yaml').map(({ text }) => text);
  const instruments = { path: 'instruments.yaml', text: [...texts(shipped), ...texts(added)].join('\n') };
  const cities = [...shipped, ...added].filter(({ path }) => path !== 'instruments.yaml');
  return packSetOf([instruments, ...cities], { mode, adopted: readAdopted(folder), sha256 });
};

const Adopted = z.record(
  z.string(),
  z.strictObject({ number: z.string().min(1), from: z.iso.date(), until: z.iso.date().optional() }),
);

const readAdopted = (folder: string): LoadOptions['adopted'] => {
  const file = join(folder, 'adopted.yaml');
  if (!existsSync(file)) return {};
  const parsed = Adopted.safeParse(parseYaml(readFileSync(file, 'utf8'), { schema: 'failsafe' }) ?? {});
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data as LoadOptions['adopted'];
};

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
): PackSet => {
  const { mode = 'development', adopted = {} } = options;
  const read = () => packSetOf(readPackFiles(dir), { mode, adopted, sha256 });
  if (dir !== packsDir || Object.keys(adopted).length > 0) return read();
  const known = shipped.get(mode) ?? read();
  shipped.set(mode, known);
  return known;
};

/** What comes with the product stays as it is while a process runs: it is read and checked once. */
const shipped = new Map<LoadOptions['mode'], PackSet>();
