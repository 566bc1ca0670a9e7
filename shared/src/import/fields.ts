/** Field lists as departments write them, split into names and descriptions (field names: Zhongwei art. 8). */

export type ResourceField = { name: string; description: string };

/** A longer name is a sentence, not a name. */
export const fieldNameLimit = 60;

const openers = new Map([
  ['(', ')'],
  ['（', '）'],
  ['[', ']'],
  ['［', '］'],
  ['「', '」'],
  ['『', '』'],
  ['【', '】'],
]);
const closers = new Set(openers.values());

/** Splits where a separator stands outside brackets; `undefined` when the brackets do not match. */
const splitOutside = (text: string, isSeparator: (character: string) => boolean): string[] | undefined => {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (openers.has(character)) depth += 1;
    else if (closers.has(character)) depth -= 1;
    if (depth < 0) return undefined;
    if (depth === 0 && isSeparator(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return depth === 0 ? parts : undefined;
};

const split = (text: string, separators: string): string[] => {
  const isSeparator = (character: string) => separators.includes(character);
  return splitOutside(text, isSeparator) ?? text.split(new RegExp(`[${separators}]`, 'u'));
};
const count = (text: string, separators: string): number =>
  split(text, separators).filter((part) => part.trim()).length;

const number = /^\s*(?:[(（]?\d{1,3}[)）.、．]|[一二三四五六七八九十]{1,3}、)\s*/u;
const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
/** `名稱：說明`, also `"lat":緯度` and `字段名(中文)：说明`. */
const labelled = /^\s*"?[^:：、，,;；]{1,40}"?\s*[:：]/u;
/** `1.名稱(說明)2.名稱(說明)`, all in one line. */
const numberedRun = /^\s*"?1[.．]\s*\S.*?2[.．]\s*\S.*?3[.．]/su;

/** The separator the text itself uses most; white space only where there is no other. */
const parts = (text: string): string[] => {
  const rows = lines(text);
  if (rows.length > 1 && rows.every((row) => number.test(row)))
    return rows.map((row) => row.replace(number, ''));
  if (rows.length > 1 && rows.every((row) => labelled.test(row))) return rows;
  if (numberedRun.test(text)) return text.split(/\s*(?<![\d.])\d{1,2}[.．]\s*(?!\d)/u);
  const inline = ['、', ',，', '\t'].map((separators) => ({ separators, found: count(text, separators) }));
  const most = inline.reduce((best, one) => (one.found > best.found ? one : best));
  if (most.found > 1) return split(text, most.separators === '、' ? '、;；' : most.separators + ';；\t');
  if (rows.length > 1) return rows;
  const words = text.trim().split(/\s+/u);
  const isList = words.length > 1 && words.every((word) => /\p{Script=Han}/u.test(word) && word.length <= 20);
  return isList ? words : [text];
};

const tidy = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/(?<=[\p{Script=Han}，。、]) (?=\p{Script=Han})/gu, '')
    .replace(/^[\s"“”]+|[\s"“”。；;，,、]+$/gu, '');

/** Where the label's colon stands, outside brackets; -1 when there is none. */
const labelEnd = (text: string): number => {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (openers.has(character)) depth += 1;
    else if (closers.has(character)) depth -= 1;
    else if (depth === 0 && (character === ':' || character === '：')) return index;
  }
  return -1;
};

/** `name(note)` as name and note, by the bracket that the last character closes. */
const withNote = (text: string): { name: string; note: string } => {
  if (!closers.has(text.slice(-1))) return { name: text, note: '' };
  for (let depth = 0, index = text.length - 1; index > 0; index -= 1) {
    const character = text.charAt(index);
    if (closers.has(character)) depth += 1;
    else if (openers.has(character)) depth -= 1;
    if (depth === 0) return { name: text.slice(0, index), note: text.slice(index + 1, -1) };
  }
  return { name: text, note: '' };
};

/** One part as a field; its description is dropped when it only repeats the name. */
const fieldOf = (part: string): ResourceField => {
  const text = tidy(part);
  const end = labelEnd(text);
  const { name, note } = withNote(tidy(end > 0 ? text.slice(0, end) : text));
  const value = end > 0 ? tidy(text.slice(end + 1)) : '';
  const description = [tidy(note), value].filter((one) => one !== '').join('：');
  return { name: tidy(name), description: description === tidy(name) ? '' : description };
};

const nothing = new Set(['null', 'n/a', 'none', '無', '无', '-', '－', '—']);

/** A name holds no sentence: no full stop, no colon left over, no clause after a comma, at most 60 characters. */
const isName = (name: string): boolean =>
  name.length <= fieldNameLimit && !/[。：]|: /u.test(name) && !(name.length > 20 && name.includes('，'));

/**
 * The fields of a list in any of the styles seen: `year(年度)、breau(地區)`, commas, tabs, line breaks, `欄位：說明`,
 * numbered lines, words with spaces between. Names keep their own script. `undefined` when no names can be read:
 * the text says nothing, or is prose and no list.
 */
export const splitFields = (text: string): ResourceField[] | undefined => {
  const fields = parts(text.replace(/\r\n?/g, '\n').trim())
    .map(fieldOf)
    .filter(({ name }) => name !== '' && !nothing.has(name.toLowerCase()));
  return fields.length > 0 && fields.every(({ name }) => isName(name)) ? fields : undefined;
};
