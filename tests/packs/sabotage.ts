import { readPackFiles } from '@gongshu/infra/packs';
import { PacksRefused, type SourceFile, assemblePacks } from '@gongshu/shared/packs/assemble';
import type { Fault } from '@gongshu/shared/packs/parse';
import { tableFaults } from '@gongshu/shared/packs/table';
import { readTable } from '@gongshu/cli/packs';

/** The product's packs with words of one file replaced, once. Throws when the words are not there. */
export const withChange = (path: string, words: string | RegExp, by: string): SourceFile[] => {
  const files = readPackFiles();
  const file = files.find((candidate) => candidate.path === path);
  if (!file || file.text.search(words) === -1) throw new Error(`${path} has no ${String(words)}`);
  return [...files.filter((other) => other !== file), { path, text: file.text.replace(words, by) }];
};

/** Every fault of packs in memory: of the files, and of what the table asks. */
export const faultsOf = (files: SourceFile[]): readonly Fault[] => {
  try {
    const { packs, instruments } = assemblePacks(files);
    return [...packs.values()].flatMap((pack) => tableFaults(pack, readTable(), instruments));
  } catch (error) {
    if (error instanceof PacksRefused) return error.faults;
    throw error;
  }
};

/** The line, from 1, on which the words first stand. */
export const lineOf = (files: SourceFile[], path: string, words: string): number => {
  const lines = files.find((file) => file.path === path)?.text.split('\n') ?? [];
  return lines.findIndex((line) => line.includes(words)) + 1;
};
