import { stat, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { headAndTail, sha256Of } from './bytes.ts';
import { mustFitCells } from './cells.ts';
import { openWorkspace, type Workspace } from './database.ts';
import { asRefusal } from './faults.ts';
import { loadCsv } from './formats/csv.ts';
import { CsvShape, delimiterOf } from './formats/csv-shape.ts';
import { JsonLinesShape, loadJsonLines } from './formats/json-lines.ts';
import { withOneLineEnd } from './formats/line-ends.ts';
import { loadParquet } from './formats/parquet.ts';
import { loadXlsx } from './formats/xlsx/load.ts';
import { Refused } from './refused.ts';
import { sniff } from './sniff.ts';
import { fromGb18030, hasMark, walkUtf8, withoutMark } from './text.ts';
import { defaultLimits, type Loaded, type LoadedSheet, type OpenOptions, type ReadLimits } from './table.ts';

const headBytes = 65_536;

type Source = {
  path: string;
  size: number;
  head: Buffer;
  workspace: Workspace;
  limits: ReadLimits;
  options: OpenOptions;
};
type Read = Pick<Loaded, 'sheets' | 'format' | 'encoding' | 'sha256'>;

/** Walks a text in whichever encoding it is in; gives the path of its UTF-8. */
const walkText = async <T extends { push(piece: Buffer): void }>(
  { path, head, workspace, limits, options }: Source,
  begin: (head: Buffer) => T,
): Promise<{ walked: T; path: string; encoding: 'utf-8' | 'gb18030'; sha256: string }> => {
  const walked = begin(head);
  const sha256 = await walkUtf8(path, options, (piece) => walked.push(piece));
  if (sha256 !== null) {
    const input = join(workspace.folder, 'input'); // a name without the marks DuckDB reads as a pattern
    await symlink(resolve(path), input);
    return { walked, path: input, encoding: 'utf-8', sha256 };
  }
  const written = join(workspace.folder, 'utf-8');
  const original = await fromGb18030(path, written, limits, options);
  const again = begin((await headAndTail(written, headBytes)).head);
  await walkUtf8(written, options, (piece) => again.push(piece));
  return { walked: again, path: written, encoding: 'gb18030', sha256: original };
};

const readCsv = async (source: Source): Promise<Read> => {
  const { walked, path, encoding, sha256 } = await walkText(source, (head) => {
    const delimiter = delimiterOf(head.toString('utf8'));
    return Object.assign(new CsvShape(delimiter, source.limits), { mark: delimiter });
  });
  walked.end();
  let from = path;
  if (walked.endsDiffer) {
    from = join(source.workspace.folder, 'one-line-end');
    await withOneLineEnd(path, from, walked.mark, source.options);
  }
  const sheet = await loadCsv(source.workspace.connection, from, walked, walked.mark);
  return { sheets: [sheet], format: 'csv', encoding, sha256 };
};

const readJsonLines = async (source: Source): Promise<Read> => {
  const { walked, path, encoding, sha256 } = await walkText(source, () => new JsonLinesShape(source.limits));
  let from = path;
  if (encoding === 'utf-8' && hasMark(source.head)) {
    from = join(source.workspace.folder, 'unmarked');
    await withoutMark(path, from, source.options);
  }
  const { connection } = source.workspace;
  const sheet = await loadJsonLines(connection, from, walked, source.limits);
  await mustFitCells(connection, sheet, source.limits);
  return { sheets: [sheet], format: 'jsonLines', encoding, sha256 };
};

const readParquet = async ({ path, size, workspace, limits, options }: Source): Promise<Read> => {
  const sha256 = await sha256Of(path, options);
  const input = join(workspace.folder, 'input');
  await symlink(resolve(path), input);
  const sheet: LoadedSheet = await loadParquet(workspace.connection, input, size, limits);
  await mustFitCells(workspace.connection, sheet, limits);
  return { sheets: [sheet], format: 'parquet', encoding: null, sha256 };
};

const readXlsx = async ({ path, size, workspace, limits, options }: Source): Promise<Read> => {
  const sha256 = await sha256Of(path, options.signal ? { signal: options.signal } : {});
  const sheets = await loadXlsx(workspace.connection, path, size, limits, options);
  return { sheets, format: 'xlsx', encoding: null, sha256 };
};

const readers = { csv: readCsv, jsonLines: readJsonLines, parquet: readParquet, zip: readXlsx };

/**
 * Reads a file whole into DuckDB tables, every cell as text, rows from 1 in the file's order; the first row is always
 * the header (JSON lines: the names of the fields). The format is found in the bytes, the name counts for nothing.
 * Memory is bounded; temporary files go with `close`.
 * @throws Refused where the file cannot be read whole, with the reason.
 */
export const openFile = async (path: string, options: OpenOptions = {}): Promise<Loaded> => {
  const limits = { ...defaultLimits, ...options.limits };
  const before = await stat(path);
  if (!before.isFile()) throw new Refused('unknownFormat', 'not a file');
  if (before.size === 0) throw new Refused('empty', 'a file of no bytes');
  if (before.size > limits.bytes) throw new Refused('tooLarge', `more than ${limits.bytes} bytes`);
  const { head, tail } = await headAndTail(path, headBytes);
  const format = sniff(head, tail);
  const workspace = await openWorkspace(limits, options.tempFolder);
  const interrupt = () => workspace.connection.interrupt();
  options.signal?.addEventListener('abort', interrupt);
  try {
    const read = await readers[format]({ path, size: before.size, head, workspace, limits, options });
    const after = await stat(path);
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || after.ino !== before.ino)
      throw new Refused('malformed', 'the file changed while it was read');
    return { ...read, bytes: before.size, connection: workspace.connection, close: workspace.close };
  } catch (error) {
    workspace.close();
    throw asRefusal(error, options.signal);
  } finally {
    options.signal?.removeEventListener('abort', interrupt);
  }
};
