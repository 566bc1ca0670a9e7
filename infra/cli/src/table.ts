import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

/** Columns a text takes on a terminal: Chinese two, colours none. */
export const widthOf = (text: string): number => stringWidth(stripVTControlCharacters(text));

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

export type Cell = string | number | boolean | null | undefined;

const shown = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '–';
  return typeof cell === 'boolean' ? (cell ? '是' : '否') : String(cell).replaceAll(/\s+/g, ' ');
};

/** A table under its title: headings, a rule, one line a row; `–` where there is nothing. */
export const tableText = (
  title: string,
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
): string => {
  const cells = rows.map((row) => headings.map((_, column) => shown(row[column])));
  const widths = headings.map((heading, column) =>
    Math.max(widthOf(heading), ...cells.map((row) => widthOf(row[column] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    title,
    line(headings),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...cells.map(line),
  ].join('\n');
};

/** Blocks beside each other as far as `width` columns allow, the others below. */
export const sideBySide = (blocks: readonly string[], width: number): string => {
  const gap = 4;
  const rows: string[][] = [];
  let left = 0;
  for (const block of blocks) {
    const wide = Math.max(...block.split('\n').map(widthOf));
    const row = rows.at(-1);
    if (row && wide + gap <= left) row.push(block);
    else rows.push([block]);
    left = (rows.at(-1)?.length === 1 ? width : left - gap) - wide;
  }
  return rows.map((row) => (row.length === 1 ? (row[0] ?? '') : beside(row, gap))).join('\n\n');
};

const beside = (blocks: readonly string[], gap: number): string => {
  const columns = blocks.map((block) => block.split('\n'));
  const height = Math.max(...columns.map((lines) => lines.length));
  const widths = columns.map((lines) => Math.max(...lines.map(widthOf)));
  return Array.from({ length: height }, (_, at) =>
    columns
      .map((lines, column) => padded(lines[at] ?? '', widths[column] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd(),
  ).join('\n');
};
