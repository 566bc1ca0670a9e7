import { Refused } from '../../refused.ts';
import type { ReadLimits } from '../../table.ts';
import { Aside } from './beside.ts';
import { type Link, linkTargets } from './links.ts';
import type { Members } from './members.ts';
import { dateText, numberText } from './numbers.ts';
import { unescaped, type Texts } from './shared-strings.ts';
import type { Workbook } from './workbook.ts';
import { type Attributes, readXml } from './xml.ts';

/** Where a reference such as `AB12` points, column and row from 1. */
const placeOf = (reference: string): { column: number; row: number } | undefined => {
  let at = 0;
  let column = 0;
  for (; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  const row = Number(reference.slice(at));
  return column > 0 && column <= 16_384 && Number.isInteger(row) && row > 0 ? { column, row } : undefined;
};

/** The format's own bounds. */
const lastRow = 1_048_576;
const mostLinks = 66_530;

export type SheetRow = { row: number; cells: (string | null)[] };

/** Texts of a link beside its target. */
const shownOf = ({ display, tooltip, location }: Attributes): string[] =>
  [display, tooltip, location].filter((text) => text !== undefined);

/**
 * Hands over the rows of one sheet that hold anything, hidden ones too, each with its number in the sheet; gives its
 * links.
 * @throws Refused malformed (cells out of order, a formula without its value, an identifier in a formula, page header,
 * rule or anything else that is no cell), cellTooLong, tooManyColumns.
 */
export const readSheet = async (
  members: Members,
  { name, member }: Workbook['sheets'][number],
  { dated, from1904 }: Workbook,
  texts: Texts,
  limits: ReadLimits,
  take: (row: SheetRow) => void,
  between: () => Promise<void>,
): Promise<Link[]> => {
  const targets = await linkTargets(members, member);
  const links: Link[] = [];
  const beside = new Aside('a formula, page header, rule or reading of a sheet');
  let [row, column] = [0, 0];
  let cells: (string | null)[] = [];
  let [type, style, text] = ['n', 0, ''];
  let [inCell, reading, formula, valued, aside] = [false, false, false, false, false];
  const refuse = (reason: 'malformed' | 'cellTooLong' | 'tooManyColumns', what: string): never => {
    throw new Refused(reason, what, { row, sheet: name });
  };
  const value = (): string | null => {
    if (text === '') return null;
    if (type === 's')
      return texts.get(Number(text)) ?? refuse('malformed', 'a shared text that is not there');
    if (type === 'inlineStr' || type === 'str') return unescaped(text);
    if (type === 'b') return text === '1' || text === 'true' ? 'TRUE' : 'FALSE';
    if (type !== 'n') return text; // e: an error's name, d: a date in ISO 8601
    return dated[style] ? dateText(text, from1904) : numberText(text);
  };
  const place = (reference: string | undefined): void => {
    const at = reference === undefined ? { column: column + 1, row } : placeOf(reference);
    if (!at || at.row !== row || at.column <= column) return refuse('malformed', 'a cell out of its place');
    column = at.column;
    if (column > limits.columns) refuse('tooManyColumns', `more than ${limits.columns} columns`);
  };
  await readXml(members, member, {
    open(tag, attributes) {
      beside.end({ row });
      if (tag === 'row') {
        const number = attributes['r'] === undefined ? row + 1 : Number(attributes['r']);
        if (!Number.isInteger(number) || number <= row || number > lastRow)
          refuse('malformed', 'a row out of its place');
        [row, column, cells] = [number, 0, []];
      } else if (tag === 'c') {
        place(attributes['r']);
        [type, style, text] = [attributes['t'] ?? 'n', Number(attributes['s'] ?? 0), ''];
        [inCell, formula, valued] = [true, false, false];
      } else if (tag === 'hyperlink') {
        const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
        const target = targets.get(id ?? '');
        targets.delete(id ?? '');
        const texts = [...(target === undefined ? [] : [target]), ...shownOf(attributes)];
        links.push({ ref: attributes['ref'] ?? '', texts });
        if (links.length > mostLinks) refuse('malformed', `more than ${mostLinks} links`);
      } else if (!inCell) beside.attributes(attributes, { row });
      else if (tag === 'f') formula = true;
      else if (tag === 'rPh') aside = true;
      else if (tag === 'v' || (tag === 't' && !aside)) [reading, valued] = [true, true];
    },
    text(part) {
      if (!reading) return beside.text(part);
      text += part;
      if (text.length > limits.cellBytes)
        refuse('cellTooLong', `a cell of more than ${limits.cellBytes} bytes`);
    },
    close(tag) {
      beside.end({ row });
      if (tag === 'v' || tag === 't') reading = false;
      else if (tag === 'rPh') aside = false;
      else if (tag === 'c') {
        inCell = false;
        // An empty value is a text's alone: other writers leave `<v/>` where nothing was worked out.
        if (formula && (!valued || (text === '' && type !== 'str')))
          refuse('malformed', 'a formula without its value');
        const shown = value();
        if (shown === null || shown === '') return;
        while (cells.length < column - 1) cells.push(null);
        cells.push(shown);
      } else if (tag === 'row' && cells.length > 0) take({ row, cells });
    },
    between,
  });
  for (const target of targets.values()) beside.attributes({ target });
  return links;
};
