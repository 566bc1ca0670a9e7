/** Why a file or a row of a catalog import is refused: one table, told in Chinese and English. */

export type Told = { zh: string; en: string };

const fileReasons = {
  fileEmpty: { zh: '文件没有数据', en: 'The file holds no data.' },
  fileTooLarge: { zh: '文件超过 {limit} 字节', en: 'The file is larger than {limit} bytes.' },
  encodingUnknown: {
    zh: '无法确定编码：按 UTF-8、GB18030、Big5 均读不出表头“{column}”',
    en: 'The encoding cannot be told: neither UTF-8 nor GB18030 nor Big5 gives a header with “{column}”.',
  },
  malformedBytes: {
    zh: '第 {line} 行有不符合 {encoding} 的字节',
    en: 'Line {line} has bytes that are not {encoding}.',
  },
  quoteNotClosed: {
    zh: '第 {line} 行的引号没有结束',
    en: 'A quotation mark opened in line {line} is never closed.',
  },
  recordTooLong: {
    zh: '到第 {line} 行为止的一条记录过长，可能有引号没有结束',
    en: 'The record that reaches line {line} is too long; a quotation mark may be left open.',
  },
  columnMissing: {
    zh: '缺少映射所指的列：{column}',
    en: 'Columns that the mapping names are missing: {column}.',
  },
  columnTwice: { zh: '列名重复：{column}', en: 'The column {column} stands twice.' },
  tooManyColumns: { zh: '列数超过 {limit}', en: 'The file has more than {limit} columns.' },
  tooManyRows: { zh: '行数超过 {limit}', en: 'The file has more than {limit} rows.' },
} as const satisfies Record<string, Told>;

const rowReasons = {
  columnCount: { zh: '列数与表头不同', en: 'The row has more or fewer cells than the header.' },
  missingValue: { zh: '必填项为空', en: 'A required value is empty.' },
  cellTooLong: { zh: '内容超过 {limit} 字', en: 'The cell is longer than {limit} characters.' },
  unreadableCharacter: {
    zh: '含有无法辨识的字符（控制符、私用区或替换字符）',
    en: 'The cell has a character that cannot be read: a control, private-use or replacement character.',
  },
  duplicateKey: { zh: '编号与第 {row} 行重复', en: 'The key stands already in row {row}.' },
  providerUnreadable: {
    zh: '提供部门不能分为代码和名称',
    en: 'The provider cannot be split into a code and a name.',
  },
  fieldsUnreadable: {
    zh: '字段清单读不出字段名：不是清单，或字段名超过 {limit} 字',
    en: 'No field names can be read: this is no list, or a name is longer than {limit} characters.',
  },
  updateFrequencyUnknown: { zh: '更新频率不在代码表内', en: 'The update frequency is in no code table.' },
  dateUnreadable: { zh: '日期或时间读不出', en: 'The date or time cannot be read.' },
  amountUnreadable: {
    zh: '金额读不出：须为不小于零的精确数，按分为整数，按元至多两位小数',
    en: 'The amount cannot be read: exact and from nought, whole fen or yuan with at most two decimals.',
  },
  valueNotAllowed: { zh: '取值不合规定', en: 'The value is none of those that can stand here.' },
  valueUnknown: { zh: '取值不在映射表内', en: 'The mapping has no code for this value.' },
} as const satisfies Record<string, Told>;

/** All of them, for the code table; `{…}` are places to fill. */
export const importReasons: Readonly<Record<string, Told>> = { ...fileReasons, ...rowReasons };

export type FileReason = keyof typeof fileReasons;
export type RowReason = keyof typeof rowReasons;

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
const tell = (told: Told, values: Readonly<Record<string, string | number>>): Told => ({
  zh: fill(told.zh, values),
  en: fill(told.en, values),
});

/** A row that is not taken, by its number (1 = first row after the header), column and reason. */
export type RowError = { row: number; column: string; value: string; code: RowReason; reason: Told };

const excerptLength = 60;

/** `value` is cut to an excerpt, so that an answer with many errors stays small. */
export const rowError = (
  row: number,
  column: string,
  value: string,
  code: RowReason,
  values: Readonly<Record<string, string | number>> = {},
): RowError => {
  const characters = Array.from(value.trim());
  const excerpt =
    characters.slice(0, excerptLength).join('') + (characters.length > excerptLength ? '…' : '');
  return { row, column, value: excerpt, code, reason: tell(rowReasons[code], values) };
};

/** The whole file is refused: nothing of it can be trusted to be read aright. `columns` where it is about columns. */
export class CatalogFileRefused extends Error {
  readonly code: FileReason;
  readonly reason: Told;
  readonly columns: readonly string[];

  constructor(
    code: FileReason,
    values: Readonly<Record<string, string | number>> = {},
    columns: readonly string[] = [],
  ) {
    const reason = tell(fileReasons[code], values);
    super(reason.en);
    this.name = 'CatalogFileRefused';
    this.code = code;
    this.reason = reason;
    this.columns = columns;
  }
}
