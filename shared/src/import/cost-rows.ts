/** Rows of a file of costs (CSV or the cells of a workbook), read or refused: no row lost, none guessed (F4). */
import { parse } from 'csv-parse/sync';
import { isBusinessDate } from '../business-date.ts';
import { pricingTables } from '../code-tables/pricing.ts';
import { decodeCsv } from './decode.ts';
import { CatalogFileRefused, type RowError, type RowReason, rowError } from './reasons.ts';
import { isReadable } from './values.ts';

/** A cost as the file has it; `row` = 1 for the first after the header. `product` is null for shared cost. */
export type CostRow = {
  row: number;
  voucher: string;
  year: number;
  incurredOn: string | null;
  kind: string;
  product: string | null;
  fen: number;
  related: boolean;
  ground: string;
};
export type ParsedCosts = { rows: CostRow[]; errors: RowError[]; total: number; columns: CostColumns };

export const costFileLimits = { bytes: 10 * 1024 * 1024, rows: 20_000, columns: 50, ground: 1_000 } as const;

/** Names of a column: the code, and what a table in Chinese calls it. Amounts stand in fen, or in yuan. */
const names = {
  voucher: ['voucher', '凭证号'],
  year: ['year', '年度'],
  incurredOn: ['incurredOn', '发生日期'],
  kind: ['kind', '成本类别'],
  product: ['product', '产品编号'],
  fen: ['fen', '金额（分）', '金额(分)'],
  yuan: ['yuan', '金额（元）', '金额(元)'],
  related: ['related', '与授权运营相关'],
  ground: ['ground', '依据'],
} as const;
type Column = keyof typeof names;
/** The name the file itself gives each column it has. */
export type CostColumns = Partial<Record<Column, string>>;

const kinds = new Map(
  Object.entries(pricingTables.costKinds.codes).flatMap(([code, { zh }]) => [
    [code, code],
    [zh, code],
  ]),
);
const yes = new Set(['true', 'yes', '1', '是', '相关']);
const no = new Set(['false', 'no', '0', '否', '无关', '不相关']);

const columnsOf = (header: readonly string[]): Map<Column, number> => {
  const cells = header.map((cell) => cell.trim());
  if (cells.length > costFileLimits.columns)
    throw new CatalogFileRefused('tooManyColumns', { limit: costFileLimits.columns });
  const found = new Map<Column, number>();
  for (const [column, titles] of Object.entries(names) as [Column, readonly string[]][]) {
    const at = cells.flatMap((cell, index) => (titles.includes(cell) ? [index] : []));
    if (at.length > 1) throw new CatalogFileRefused('columnTwice', { column }, [column]);
    if (at[0] !== undefined) found.set(column, at[0]);
  }
  const missing = (['voucher', 'kind', 'related', 'ground'] as Column[]).filter((one) => !found.has(one));
  if (!found.has('fen') && !found.has('yuan')) missing.push('fen');
  if (!found.has('year') && !found.has('incurredOn')) missing.push('year');
  if (missing.length > 0)
    throw new CatalogFileRefused('columnMissing', { column: missing.join('、') }, missing);
  if (found.has('fen') && found.has('yuan'))
    throw new CatalogFileRefused('columnTwice', { column: 'fen、yuan' }, ['fen', 'yuan']);
  return found;
};

/** Whole fen from `123` in fen or `1.23` in yuan; undefined where it is not exact, negative or past 2^53. */
const fenOf = (text: string, inYuan: boolean): number | undefined => {
  const found = (inYuan ? /^(\d{1,16})(?:\.(\d{1,2}))?$/ : /^(\d{1,18})$/).exec(text.replaceAll(',', ''));
  if (!found) return undefined;
  const [, whole = '', parts = ''] = found;
  const fen = Number(inYuan ? whole + parts.padEnd(2, '0') : whole);
  return Number.isSafeInteger(fen) ? fen : undefined;
};

/** A date of this century as `YYYY-MM-DD`, from it or `YYYY/M/D`, `YYYY年M月D日`. */
const dateOf = (text: string): string | undefined => {
  const [, year = '', month = '', day = ''] =
    /^(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isBusinessDate(date) ? date : undefined;
};

const readRow = (
  row: number,
  cells: readonly string[],
  at: ReadonlyMap<Column, number>,
  title: CostColumns,
) => {
  const errors: RowError[] = [];
  const cell = (column: Column) => cells[at.get(column) ?? -1]?.trim() ?? '';
  const refuse = (column: Column, code: RowReason, limit = 0): undefined => {
    errors.push(rowError(row, title[column] ?? column, cell(column), code, { limit }));
  };
  /** The value of a cell that must hold one. */
  const read = <T>(
    column: Column,
    reader: (text: string) => T | undefined,
    code: RowReason,
  ): T | undefined => {
    if (!isReadable(cell(column))) return refuse(column, 'unreadableCharacter');
    if (cell(column) === '') return refuse(column, 'missingValue');
    return reader(cell(column)) ?? refuse(column, code);
  };
  const amount: Column = at.has('fen') ? 'fen' : 'yuan';
  const voucher = read(
    'voucher',
    (text) => (/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,59}$/u.test(text) ? text : undefined),
    'valueNotAllowed',
  );
  const kind = read('kind', (text) => kinds.get(text) ?? text.slice(0, 40), 'valueNotAllowed');
  const fen = read(amount, (text) => fenOf(text, amount === 'yuan'), 'amountUnreadable');
  const related = read(
    'related',
    (text) => (yes.has(text.toLowerCase()) ? true : no.has(text.toLowerCase()) ? false : undefined),
    'valueNotAllowed',
  );
  const ground = read('ground', (text) => text, 'missingValue');
  if (ground && ground.length > costFileLimits.ground) refuse('ground', 'cellTooLong', costFileLimits.ground);
  const dated = cell('incurredOn') !== '';
  const incurredOn = dated ? read('incurredOn', dateOf, 'dateUnreadable') : null;
  const year =
    dated && cell('year') === ''
      ? Number(incurredOn?.slice(0, 4))
      : read('year', (text) => (/^20\d\d$/.test(text) ? Number(text) : undefined), 'dateUnreadable');
  const named = cell('product');
  if (!/^[\w-]{0,60}$/.test(named) && named !== '共同') refuse('product', 'valueNotAllowed');
  const product = ['', 'shared', '共同'].includes(named) ? null : named;
  if (errors.length > 0) return { errors };
  return { errors, cost: { row, voucher, year, incurredOn, kind, product, fen, related, ground } as CostRow };
};

/**
 * Reads a header and its rows. Every row that is not blank ends in `rows` or, with each of its faults, in `errors`; the
 * second row with a voucher is an error, the first stands.
 * @throws CatalogFileRefused where the file as a whole cannot be read.
 */
export const costRows = (records: readonly (readonly string[])[]): ParsedCosts => {
  const [header, ...lines] = records;
  if (!header) throw new CatalogFileRefused('fileEmpty');
  if (lines.length > costFileLimits.rows)
    throw new CatalogFileRefused('tooManyRows', { limit: costFileLimits.rows });
  const at = columnsOf(header);
  const columns: CostColumns = Object.fromEntries(
    [...at].map(([column, index]) => [column, header[index]?.trim() ?? column]),
  );
  const parsed: ParsedCosts = { rows: [], errors: [], total: 0, columns };
  const firstRowOf = new Map<string, number>();
  for (const [index, cells] of lines.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const row = index + 1;
    parsed.total += 1;
    if (cells.length > header.length) {
      parsed.errors.push(rowError(row, '', cells.join(','), 'columnCount'));
      continue;
    }
    const { cost, errors } = readRow(row, cells, at, columns);
    parsed.errors.push(...errors);
    if (!cost) continue;
    const first = firstRowOf.get(cost.voucher);
    if (first === undefined) {
      firstRowOf.set(cost.voucher, row);
      parsed.rows.push(cost);
    } else
      parsed.errors.push(
        rowError(row, columns.voucher ?? 'voucher', cost.voucher, 'duplicateKey', { row: first }),
      );
  }
  return parsed;
};

/** The records of a CSV file, in UTF-8 or in what its Chinese header tells. @throws CatalogFileRefused where there are none. */
export const costRecords = (bytes: Uint8Array): string[][] => {
  const { text } = decodeCsv(bytes, ['凭证号']);
  try {
    return parse(text, {
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      to: costFileLimits.rows + 2,
      max_record_size: 100_000,
    });
  } catch (error) {
    const { lines } = error as { lines?: number };
    throw new CatalogFileRefused('quoteNotClosed', { line: lines ?? 0 });
  }
};
