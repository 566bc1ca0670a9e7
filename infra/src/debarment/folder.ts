/** Where debarment lists come from: a port, and the adapter that reads a folder an officer fills. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isBusinessDate } from '@gongshu/shared/business-date';
import { type DebarmentListCode, debarmentLists } from '@gongshu/shared/experts/codes';
import { type ReadList, readListFile } from '@gongshu/shared/selection/debarment-file';

export type DebarmentFile = ReadList & {
  readonly list: DebarmentListCode;
  readonly asOf: string;
  readonly source: string;
};
/** `read` answers every list at hand, in all its versions; `unknown` are names that are no lists. */
export type DebarmentPort = {
  read: () => Promise<{ files: readonly DebarmentFile[]; unknown: readonly string[] }>;
};

const fileName = /^([A-Za-z]{1,60})\.(\d{4}-\d{2}-\d{2})\.(csv|json)$/;

/**
 * Files of a folder named `<list>.<YYYY-MM-DD>.csv` or `.json`, such as `majorTaxViolations.2024-02-20.csv`: the list
 * by its code, the day it is of, its entries (shared/src/selection/debarment-file.ts). A folder that is not there
 * holds no files; one that cannot be read rejects.
 */
export const debarmentFolder = (folder: string): DebarmentPort => ({
  read: async () => {
    const names = await readdir(folder).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOENT') return [];
      throw fault;
    });
    const files: DebarmentFile[] = [];
    const unknown: string[] = [];
    for (const name of names.toSorted((a, b) => (a < b ? -1 : 1))) {
      const [, code = '', asOf = '', format = ''] = fileName.exec(name) ?? [];
      const list = debarmentLists.find((one) => one === code);
      if (!list || !isBusinessDate(asOf)) {
        unknown.push(name);
        continue;
      }
      const read = readListFile(await readFile(join(folder, name)), format === 'csv' ? 'csv' : 'json');
      files.push({ ...read, list, asOf, source: read.source ?? name });
    }
    return { files, unknown };
  },
});
