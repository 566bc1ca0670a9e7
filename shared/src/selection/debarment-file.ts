/**
 * A debarment list (失信名单, O2) as a file. CSV with a header, or JSON `{ source, entries }`. Columns: `uscc`
 * (统一社会信用代码), `name` (名称), `until` (截止日期, the last day on the list; empty: without end). Every fault is
 * told by its row; a list with one is refused whole, for a row left out would make a debarred body look clean.
 */
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { isBusinessDate } from '../business-date.ts';
import { decodeCsv } from '../import/decode.ts';
import { isUscc } from '../uscc.ts';

export type ListedRow = {
  readonly uscc?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly until?: string | null | undefined;
};
export type ListedEntry = {
  readonly uscc: string;
  readonly name: string | null;
  readonly until: string | null;
};
/** `row` counts from 0, the header not among them. */
export type ListFault = {
  readonly row: number;
  readonly column: 'uscc' | 'name' | 'until' | 'file';
  readonly code:
    | 'usccCheckDigit'
    | 'missingValue'
    | 'cellTooLong'
    | 'dateUnreadable'
    | 'unreadable'
    | 'tooManyRows';
};
export type ReadList = {
  readonly entries: readonly ListedEntry[];
  /** Rows of people, who have no credit code: counted, and nothing is found by them. */
  readonly withoutCode: number;
  readonly faults: readonly ListFault[];
};

export const listRowLimit = 100_000;
const nameLimit = 200;

const later = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? null : a > b ? a : b;

/** Rows as entries by credit code, in the order of the codes; a body that stands twice stays until the later day. */
export const readListRows = (rows: readonly ListedRow[]): ReadList => {
  const faults: ListFault[] = [];
  const entries = new Map<string, ListedEntry>();
  let withoutCode = 0;
  if (rows.length > listRowLimit)
    return { entries: [], withoutCode, faults: [{ row: listRowLimit, column: 'file', code: 'tooManyRows' }] };
  for (const [row, given] of rows.entries()) {
    const uscc = given.uscc?.trim().toUpperCase() ?? '';
    const name = given.name?.trim() ?? '';
    const until = given.until?.trim() ?? '';
    const own: ListFault[] = [];
    if (uscc === '' && name === '') own.push({ row, column: 'uscc', code: 'missingValue' });
    if (uscc !== '' && !isUscc(uscc)) own.push({ row, column: 'uscc', code: 'usccCheckDigit' });
    if (name.length > nameLimit) own.push({ row, column: 'name', code: 'cellTooLong' });
    if (until !== '' && !isBusinessDate(until)) own.push({ row, column: 'until', code: 'dateUnreadable' });
    faults.push(...own);
    if (own.length > 0) continue;
    if (uscc === '') {
      withoutCode += 1;
      continue;
    }
    const known = entries.get(uscc);
    const last = until === '' ? null : until;
    entries.set(uscc, {
      uscc,
      name: known?.name ?? (name === '' ? null : name),
      until: known ? later(known.until, last) : last,
    });
  }
  return {
    entries: [...entries.values()].toSorted((a, b) => (a.uscc < b.uscc ? -1 : 1)),
    withoutCode,
    faults,
  };
};

const unreadable: ReadList = {
  entries: [],
  withoutCode: 0,
  faults: [{ row: 0, column: 'file', code: 'unreadable' }],
};
const cell = z.string().max(1_000).nullish();
const JsonList = z.strictObject({
  source: z.string().max(300).optional(),
  entries: z.array(z.strictObject({ uscc: cell, name: cell, until: cell })).max(listRowLimit),
});
const columns = {
  uscc: ['uscc', '统一社会信用代码'],
  name: ['name', '名称'],
  until: ['until', '截止日期'],
} as const;

const csvRows = (bytes: Uint8Array): ListedRow[] => {
  // A file in GB18030 is told by its Chinese heading, as elsewhere.
  const { text } = decodeCsv(bytes, [columns.uscc[1]]);
  const [header, ...records] = parse(text, {
    ...{ relax_column_count: false, skip_empty_lines: true, max_record_size: 10_000 },
    ...{ record_delimiter: ['\r\n', '\n', '\r'], to: listRowLimit + 2 },
  }) as string[][];
  const at = (names: readonly string[]) => header?.findIndex((one) => names.includes(one.trim())) ?? -1;
  const place = { uscc: at(columns.uscc), name: at(columns.name), until: at(columns.until) };
  if (place.uscc < 0) throw new Error('no column of credit codes');
  return records.map((cells) => ({
    uscc: cells[place.uscc],
    name: cells[place.name],
    until: cells[place.until],
  }));
};

/** Reads a file; one that cannot be read as a whole has the one fault `unreadable`. */
export const readListFile = (
  bytes: Uint8Array,
  format: 'csv' | 'json',
): ReadList & { readonly source: string | null } => {
  try {
    if (format === 'csv') return { ...readListRows(csvRows(bytes)), source: null };
    const json = JsonList.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return { ...readListRows(json.entries), source: json.source ?? null };
  } catch {
    return { ...unreadable, source: null };
  }
};
