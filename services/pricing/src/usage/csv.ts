/** Records of use in a CSV file, read as it streams in: memory holds a batch, never the file. */
import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { problem } from '@gongshu/shared/problems';

/** Columns, by the names of a record's fields; `scenario` and `correction` may be left out. */
export const usageColumns = [
  ...([
    'id',
    'product',
    'unit',
    'qty',
    'merchant',
    'class',
    'purpose',
    'scenario',
    'usedOn',
    'correction',
  ] as const),
] as const;
export type UsageColumn = (typeof usageColumns)[number];
const needed = usageColumns.filter((name) => name !== 'scenario' && name !== 'correction');

/** Longer than any record: a quote that is never closed must not gather the file. */
const longestRow = 4_096;
const malformed = (row: number): never => {
  throw problem('malformedBody', {
    params: { type: 'CSV' },
    errors: [
      {
        ...{ pointer: `/body/${row}`, code: 'csvMalformed' },
        message: { zh: '引号不成对或行过长', en: 'A quote is not closed, or the row is too long' },
      },
    ],
  });
};

/** Cells of one row (RFC 4180). */
const cellsOf = (line: string): string[] => {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^,"]*))(,|$)/y;
  for (let end = false; !end; ) {
    const found = cell.exec(line);
    if (!found) return [];
    cells.push(found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'));
    end = found[3] === '';
  }
  return cells;
};

const isOpen = (line: string): boolean => (line.split('"').length - 1) % 2 === 1;

/** Lines of a stream of UTF-8; a quoted cell may hold line breaks. Throws `malformedBody` (400), `bodyTooLarge` (413). */
async function* linesOf(stream: Readable, maxBytes: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [rest, held, bytes, row] = ['', '', 0, 0];
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw problem('malformedBody', { params: { type: 'UTF-8' }, cause });
    }
  };
  const whole = (line: string): string | undefined => {
    const joined = held === '' ? line : `${held}\n${line}`;
    if (joined.length > longestRow) malformed(row);
    if (isOpen(joined)) {
      held = joined;
      return undefined;
    }
    held = '';
    row += 1;
    return joined.endsWith('\r') ? joined.slice(0, -1) : joined;
  };
  for await (const chunk of stream) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) throw problem('bodyTooLarge', { params: { bytes: maxBytes } });
    const lines = (rest + decode(chunk as Buffer)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestRow) malformed(row);
    for (const line of lines) {
      const found = whole(line);
      if (found !== undefined) yield found;
    }
  }
  rest += decode();
  if (rest !== '') {
    const found = whole(rest);
    if (found !== undefined) yield found;
  }
  if (held !== '') malformed(row);
}

/** A row as its cells say; null where it has more or fewer than the header. */
export type CsvRow = { row: number; cells: Partial<Record<UsageColumn, string>> | null };

/**
 * Rows in batches of `size`, numbered from 1 after the header; empty lines are passed over. Throws `usageColumns` (422) on a
 * header that lacks a column, has one twice or one that nobody knows.
 */
export async function* readUsageCsv(
  stream: Readable,
  { size, maxBytes }: { size: number; maxBytes: number },
): AsyncGenerator<CsvRow[]> {
  let columns: UsageColumn[] | undefined;
  let batch: CsvRow[] = [];
  let row = 0;
  for await (const line of linesOf(stream, maxBytes)) {
    if (line === '') continue;
    const cells = cellsOf(columns ? line : line.replace(/^\ufeff/, ''));
    if (!columns) {
      const names = cells.map((name) => name.trim()) as UsageColumn[];
      const known = names.every((name, at) => usageColumns.includes(name) && names.indexOf(name) === at);
      if (!known || !needed.every((name) => names.includes(name)))
        throw problem('usageColumns', { params: { columns: usageColumns.join(', ') } });
      columns = names;
      continue;
    }
    row += 1;
    const names = columns;
    batch.push({
      row,
      cells:
        cells.length === names.length
          ? Object.fromEntries(names.map((name, at) => [name, cells[at]?.trim() ?? '']))
          : null,
    });
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (!columns) throw problem('usageColumns', { params: { columns: usageColumns.join(', ') } });
  if (batch.length > 0) yield batch;
}
