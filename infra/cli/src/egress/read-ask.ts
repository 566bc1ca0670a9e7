import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { uniqueNames } from '@gongshu/activities/egress/engine/formats/names';
import type { ScanAsk } from '@gongshu/activities/egress/engine/scan-ask';
import { readConfig } from '@gongshu/infra/config';
import { installedPacks } from '@gongshu/infra/packs';
import { InputRefused } from '../read-input.ts';

export type ScanOptions = {
  qi?: string[];
  sensitive?: string[];
  source?: string[];
  pack: string;
  json?: true;
};

/** @throws InputRefused where it is not a file that can be read. */
export const mustBeFile = (path: string, what: string): void => {
  let found: boolean;
  try {
    found = statSync(path).isFile();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new InputRefused(`${what}读不了：${path} · cannot be read${code && ` (${code})`}`);
  }
  if (!found) throw new InputRefused(`${what}不是文件：${path} · is not a file`);
};

const list = (given: readonly string[] = []): string[] =>
  given
    .flatMap((text) => text.split(/[,，]/))
    .map((name) => name.trim())
    .filter((name) => name !== '');

const packOf = (name: string): Pick<ScanAsk, 'thresholds' | 'pack'> => {
  const { packsFolder } = readConfig(['packsFolder']);
  const packs = installedPacks({ mode: 'development', folder: packsFolder });
  if (!packs.jurisdictions.includes(name))
    throw new InputRefused(
      `没有这个政策包：${name} · no such pack; there are: ${packs.jurisdictions.join(', ')}`,
    );
  const pack = packs.resolve(name);
  return {
    thresholds: pack.rule('productEgress', 'thresholds').value,
    pack: { jurisdiction: pack.jurisdiction, version: pack.version },
  };
};

/** What the words of the command come to. @throws InputRefused for a file, a source or a pack that is not there. */
export const readAsk = (file: string, { qi, sensitive, source = [], pack }: ScanOptions): ScanAsk => {
  mustBeFile(file, '文件');
  for (const one of source) mustBeFile(one, '来源文件');
  if (qi !== undefined && list(qi).length === 0)
    throw new InputRefused('--qi 没有列名 · --qi names no column');
  const ids = uniqueNames(source.map((one) => basename(one)));
  return {
    file,
    name: basename(file),
    qi: qi === undefined ? null : list(qi),
    sensitive: list(sensitive),
    sources: source.map((one, index) => ({
      id: ids[index] ?? one,
      file: one,
      form: 'plain',
      lawfullyPublic: false,
    })),
    earlier: [],
    ...packOf(pack),
  };
};
