/** A department's CSV read as catalog entries (Zhongwei art. 8): pure, no row lost, none guessed. */
import { parse } from 'csv-parse/sync';
import type { ResourceLevel, UpdateFrequency } from '../resource.ts';
import { decodeCsv, type Encoding } from './decode.ts';
import { fieldNameLimit, type ResourceField, splitFields } from './fields.ts';
import { ColumnMapping, type MappedField } from './mapping.ts';
import { CatalogFileRefused, type RowError, type RowReason, rowError } from './reasons.ts';
import { isReadable, readFrequency, readInstant, readProvider } from './values.ts';

/**
 * One entry as the file has it; `row` = 1 for the first row after the header. What the file does not say is
 * absent: an entry without class, grade, level or reviewer gets none here.
 */
export type CatalogRow = {
  row: number;
  key: string;
  title: string;
  providerCode: string;
  providerName: string;
  abstract: string;
  fields: ResourceField[];
  updateFrequency: UpdateFrequency;
  format?: string;
  license?: string;
  /** RFC 3339, with the mapping's offset. */
  sourceUpdatedAt?: string;
  theme?: string;
  keywords?: string;
  note?: string;
  classification?: string;
  grade?: string;
  level?: ResourceLevel;
  reviewer?: string;
};

/** `total` = rows + rows with errors (one row may have several); `ignoredColumns` are named by no mapping. */
export type ParsedCatalog = {
  rows: CatalogRow[];
  errors: RowError[];
  total: number;
  encoding: Encoding;
  ignoredColumns: string[];
};

export const importLimits = {
  bytes: 50 * 1024 * 1024,
  columns: 200,
  rows: 100_000,
  cellCharacters: 20_000,
  titleCharacters: 300,
  keyCharacters: 200,
} as const;

type Mapping = ReturnType<typeof ColumnMapping.parse>;
type Read = {
  cell: (field: MappedField) => string;
  refuse: (field: MappedField, code: RowReason, limit?: number) => void;
};

const required = [
  'key',
  'title',
  'provider',
  'providerCode',
  'providerName',
  'abstract',
  'fields',
  'updateFrequency',
] as const;
const optional = ['format', 'license', 'theme', 'keywords', 'note'] as const;
const graded = ['classification', 'grade', 'level', 'reviewer'] as const;

/** Fields that are taken as they stand, where the file has them. */
const plainValues = ({ cell }: Read) =>
  Object.fromEntries(optional.flatMap((field) => (cell(field) === '' ? [] : [[field, cell(field)]])));

/** Class, grade, level, reviewer: only from the file's own columns, through the mapping's value table where it has one. */
const gradedValues = ({ cell, refuse }: Read, mapping: Mapping) =>
  Object.fromEntries(
    graded.flatMap((field) => {
      const value = cell(field);
      if (value === '') return [];
      const words: Readonly<Record<string, string>> | undefined =
        mapping.values?.[field] ?? (field === 'level' ? { city: 'city', county: 'county' } : undefined);
      const code = words ? words[value] : value;
      if (code === undefined) refuse(field, 'valueUnknown');
      return code === undefined ? [] : [[field, code]];
    }),
  );

const providerOf = ({ cell, refuse }: Read, mapping: Mapping) => {
  if (mapping.columns.provider === undefined)
    return { code: cell('providerCode'), name: cell('providerName') };
  const provider = readProvider(cell('provider'));
  if (!provider && cell('provider') !== '') refuse('provider', 'providerUnreadable');
  return provider ?? { code: '', name: '' };
};

/** One row, or what is wrong with it: every fault of the row at once. */
const readRow = (row: number, cells: string[], columns: ReadonlyMap<string, number>, mapping: Mapping) => {
  const errors: RowError[] = [];
  const columnOf = (field: MappedField) => mapping.columns[field] ?? field;
  const cell = (field: MappedField) => cells[columns.get(columnOf(field)) ?? -1]?.trim() ?? '';
  const refuse = (field: MappedField, code: RowReason, limit = 0) => {
    errors.push(rowError(row, columnOf(field), cell(field), code, { limit }));
  };
  const read: Read = { cell, refuse };

  for (const [column, index] of columns) {
    const value = cells[index] ?? '';
    const limit = importLimits.cellCharacters;
    if (value.length > limit) errors.push(rowError(row, column, value, 'cellTooLong', { limit }));
    else if (!isReadable(value)) errors.push(rowError(row, column, value, 'unreadableCharacter'));
  }
  for (const field of required) {
    if (mapping.columns[field] !== undefined && cell(field) === '') refuse(field, 'missingValue');
  }
  if (cell('title').length > importLimits.titleCharacters)
    refuse('title', 'cellTooLong', importLimits.titleCharacters);
  if (cell('key').length > importLimits.keyCharacters)
    refuse('key', 'cellTooLong', importLimits.keyCharacters);

  const provider = providerOf(read, mapping);
  const fields = splitFields(cell('fields'));
  if (!fields && cell('fields') !== '') refuse('fields', 'fieldsUnreadable', fieldNameLimit);
  const updateFrequency = readFrequency(cell('updateFrequency'), mapping.values?.updateFrequency);
  if (!updateFrequency && cell('updateFrequency') !== '') refuse('updateFrequency', 'updateFrequencyUnknown');
  const updated = cell('sourceUpdatedAt');
  const sourceUpdatedAt = updated === '' ? undefined : readInstant(updated, mapping.utcOffset);
  if (updated !== '' && !sourceUpdatedAt) refuse('sourceUpdatedAt', 'dateUnreadable');
  const others = { ...plainValues(read), ...gradedValues(read, mapping) };

  if (errors.length > 0 || !fields || !updateFrequency) return { errors };
  const entry: CatalogRow = {
    row,
    key: cell('key'),
    title: cell('title'),
    providerCode: provider.code,
    providerName: provider.name,
    abstract: cell('abstract').replace(/\r\n?/g, '\n'),
    fields,
    updateFrequency,
    ...(sourceUpdatedAt ? { sourceUpdatedAt } : {}),
    ...others,
  };
  return { entry, errors };
};

/** Records in order; a quotation mark that is never closed would swallow rows, so it refuses the file. */
const recordsOf = (text: string): string[][] => {
  try {
    return parse(text, {
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      // A file put together from two may end its lines in two ways; found by the header alone, the rest would be one record.
      record_delimiter: ['\r\n', '\n', '\r'],
      // The header, the rows, and one more to know that there are too many.
      to: importLimits.rows + 2,
      max_record_size: importLimits.cellCharacters * 20,
    });
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number };
    if (code === 'CSV_QUOTE_NOT_CLOSED') throw new CatalogFileRefused('quoteNotClosed', { line: lines ?? 0 });
    if (code === 'CSV_MAX_RECORD_SIZE') throw new CatalogFileRefused('recordTooLong', { line: lines ?? 0 });
    throw error;
  }
};

const headerOf = (cells: readonly string[], wanted: readonly string[]): Map<string, number> => {
  const names = cells.map((cell) => cell.trim());
  if (names.length > importLimits.columns) {
    throw new CatalogFileRefused('tooManyColumns', { limit: importLimits.columns });
  }
  const missing = wanted.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw new CatalogFileRefused('columnMissing', { column: missing.join('、') }, missing);
  const twice = wanted.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice.length > 0) throw new CatalogFileRefused('columnTwice', { column: twice.join('、') }, twice);
  return new Map(names.map((name, index) => [name, index]));
};

/**
 * Reads a whole file. Every row that is not blank ends in `rows` or, with each of its faults, in `errors`; the
 * second row with a key is an error, the first stands. The same bytes and mapping always give the same answer.
 * @throws CatalogFileRefused (code, reason zh/en, columns) when the file as a whole cannot be read: too large,
 *   malformed bytes, an open quotation mark, a mapped column missing or standing twice.
 * @throws ZodError when the mapping is not a `ColumnMapping`.
 */
export const parseCatalogCsv = (bytes: Uint8Array, columnMapping: ColumnMapping): ParsedCatalog => {
  const mapping = ColumnMapping.parse(columnMapping);
  if (bytes.length > importLimits.bytes)
    throw new CatalogFileRefused('fileTooLarge', { limit: importLimits.bytes });
  const wanted = [...new Set(Object.values(mapping.columns).filter((column) => column !== undefined))];
  const { text, encoding } = decodeCsv(bytes, wanted, mapping.encoding);
  const [header, ...records] = recordsOf(text);
  if (!header) throw new CatalogFileRefused('fileEmpty');
  const columns = headerOf(header, wanted);
  if (records.length > importLimits.rows)
    throw new CatalogFileRefused('tooManyRows', { limit: importLimits.rows });

  const parsed: ParsedCatalog = {
    rows: [],
    errors: [],
    total: 0,
    encoding,
    ignoredColumns: [...columns.keys()].filter((column) => !wanted.includes(column)),
  };
  const firstRowOf = new Map<string, number>();
  for (const [index, cells] of records.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const row = index + 1;
    parsed.total += 1;
    if (cells.length !== header.length) {
      parsed.errors.push(rowError(row, '', cells.join(','), 'columnCount'));
      continue;
    }
    const { entry, errors } = readRow(row, cells, columns, mapping);
    parsed.errors.push(...errors);
    if (!entry) continue;
    const first = firstRowOf.get(entry.key);
    if (first === undefined) {
      firstRowOf.set(entry.key, row);
      parsed.rows.push(entry);
    } else {
      parsed.errors.push(rowError(row, mapping.columns.key, entry.key, 'duplicateKey', { row: first }));
    }
  }
  return parsed;
};
