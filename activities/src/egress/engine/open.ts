import { stat, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { headAndTail } from './bytes.ts';
import { openWorkspace } from './database.ts';
import { loadCsv, shapeOf } from './formats/csv.ts';
import { Refused } from './refused.ts';
import { defaultLimits, type Loaded, type OpenOptions } from './table.ts';

/**
 * Reads a file whole into DuckDB tables, every cell as text, rows from 1 in the file's order; the first row is the header.
 * The format is found in the bytes. Memory is bounded; temporary files go with `close`.
 * @throws Refused where the file cannot be read whole, with the reason.
 */
export const openFile = async (path: string, options: OpenOptions = {}): Promise<Loaded> => {
  const limits = { ...defaultLimits, ...options.limits };
  const { size } = await stat(path);
  if (size === 0) throw new Refused('empty', 'a file of no bytes');
  if (size > limits.bytes) throw new Refused('tooLarge', `more than ${limits.bytes} bytes`);
  const { head } = await headAndTail(path, 65_536);
  const workspace = await openWorkspace(limits, options.tempFolder);
  try {
    const seen = await shapeOf(path, head, limits, options);
    if (!seen) throw new Refused('mixedEncodings', 'not UTF-8');
    const input = join(workspace.folder, 'input'); // a name without the marks DuckDB reads as a pattern
    await symlink(resolve(path), input);
    const sheet = await loadCsv(workspace.connection, input, seen, limits);
    return {
      connection: workspace.connection,
      sheets: [sheet],
      format: 'csv',
      encoding: 'utf-8',
      sha256: seen.sha256,
      bytes: size,
      close: workspace.close,
    };
  } catch (error) {
    workspace.close();
    throw error;
  }
};
