import { Refused } from '../refused.ts';
import type { ReadLimits } from '../table.ts';

/** Bytes of a row at most: what the reader after this one holds at once. */
const rowBytes = 16_000_000;

export type Delimiter = ',' | '\t' | ';' | '|';

const [QUOTE, LF, CR] = [0x22, 0x0a, 0x0d];
const special = (delimiter: number): Uint8Array => {
  const table = new Uint8Array(256);
  for (const byte of [QUOTE, LF, CR, delimiter]) table[byte] = 1;
  return table;
};

const start = 0; // of a cell
const bare = 1;
const inside = 2; // of quotes
const closing = 3; // a quote was seen inside: the end, or one of two

/**
 * Walks a CSV file (RFC 4180; bytes of UTF-8) once and holds it to one shape before anything else reads it:
 * every row as many cells as the header, quotes closed, cells and columns within bounds.
 * Empty lines are taken at the end of the file alone, and as empty cells where there is one column.
 */
export class CsvShape {
  readonly names: string[] = [];
  /** Rows so far without the header. */
  rows = 0;
  /** Bytes of the longest row. */
  longest = 0;
  /** Lines end in more than one way. */
  endsDiffer = false;

  private readonly limits: ReadLimits;
  private readonly delimiter: number;
  private readonly table: Uint8Array;
  private state = start;
  private row = 0; // bytes of the row in hand that lie in earlier pieces
  private cells = 0;
  private cell = 0; // bytes of the cell in hand that lie in earlier pieces
  private header: Buffer[] | undefined = [];
  private afterCr = false;
  private lineEnd: 'lf' | 'crlf' | 'cr' | undefined;
  private blank = 0; // empty lines not yet followed by a row

  constructor(delimiter: Delimiter, limits: ReadLimits) {
    this.delimiter = delimiter.charCodeAt(0);
    this.table = special(this.delimiter);
    this.limits = limits;
  }

  private refuse(
    reason: 'unevenRows' | 'malformed' | 'cellTooLong' | 'tooManyColumns' | 'tooLarge',
    what: string,
  ): never {
    throw new Refused(reason, what, { row: this.header ? 0 : this.rows + 1 });
  }

  /** @throws Refused unevenRows, malformed, cellTooLong, tooManyColumns, tooLarge, with the row. */
  push(piece: Buffer): void {
    const { table, delimiter } = this;
    const most = this.limits.cellBytes;
    let { state } = this;
    let from = -this.cell; // where the cell in hand began, seen from this piece
    let begun = -this.row; // and the row
    let taken = 0; // of this piece into the header
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at] as number;
      if (this.afterCr) {
        this.afterCr = false;
        if (byte === LF) {
          this.sawEnd('crlf');
          from = at + 1;
          begun = from;
          continue;
        }
        this.sawEnd('cr');
      }
      if (table[byte] === 0) {
        if (state === start) state = bare;
        else if (state === closing) this.refuse('malformed', 'text after a closing quote');
        continue;
      }
      if (state === inside) {
        if (byte === QUOTE) state = closing;
        continue;
      }
      if (byte === QUOTE) {
        if (state === start) state = inside;
        else if (state === closing) state = inside;
        continue; // within bare text a quote is a character
      }
      if (at - from > most) this.refuse('cellTooLong', `a cell of more than ${most} bytes`);
      if (byte === delimiter) {
        this.cells += 1;
        if (this.cells >= this.limits.columns)
          this.refuse('tooManyColumns', `more than ${this.limits.columns} columns`);
        state = start;
        from = at + 1;
        continue;
      }
      const empty = this.cells === 0 && state === start && at === from;
      if (this.header) {
        this.header.push(Buffer.from(piece.subarray(taken, at)));
        taken = at + 1;
      }
      this.longest = Math.max(this.longest, at - begun);
      if (this.longest > rowBytes) this.refuse('cellTooLong', `a row of more than ${rowBytes} bytes`);
      this.ended(empty);
      if (byte === LF) this.sawEnd('lf');
      else this.afterCr = true;
      state = start;
      from = at + 1;
      begun = from;
    }
    if (this.header) this.header.push(Buffer.from(piece.subarray(taken)));
    if (piece.length - from > most + 1) this.refuse('cellTooLong', `a cell of more than ${most} bytes`);
    this.state = state;
    this.cell = piece.length - from;
    this.row = piece.length - begun;
    this.longest = Math.max(this.longest, this.row);
  }

  /** @throws Refused truncated where the file ends inside quotes. */
  end(): void {
    if (this.state === inside)
      throw new Refused('truncated', 'the file ends inside quotes', { row: this.rows + 1 });
    if (this.afterCr) this.sawEnd('cr');
    if (this.cells > 0 || this.state !== start || this.cell > 0) this.ended(false);
    if (this.header) throw new Refused('empty', 'no header');
  }

  private ended(empty: boolean): void {
    const cells = this.cells + 1;
    this.cells = 0;
    this.cell = 0;
    if (this.header) {
      if (empty) this.refuse('malformed', 'the header is an empty line');
      this.names.push(...namesOf(Buffer.concat(this.header), this.delimiter));
      this.header = undefined;
      return;
    }
    if (empty && this.names.length > 1) {
      this.blank += 1;
      return;
    }
    if (this.blank > 0) this.refuse('unevenRows', 'an empty line between rows');
    if (cells !== this.names.length)
      this.refuse('unevenRows', `${cells} cells where the header has ${this.names.length}`);
    if (this.rows >= this.limits.rows) this.refuse('tooLarge', `more than ${this.limits.rows} rows`);
    this.rows += 1;
  }

  private sawEnd(by: 'lf' | 'crlf' | 'cr'): void {
    this.lineEnd ??= by;
    if (this.lineEnd !== by) this.endsDiffer = true;
  }
}

/** The cells of one line without its line end. */
export const namesOf = (line: Buffer, delimiter: number): string[] => {
  const names: string[] = [];
  const text = line.toString('utf8').replace(/^\uFEFF/, '');
  const mark = String.fromCharCode(delimiter);
  for (let at = 0; ; ) {
    if (text[at] === '"') {
      let name = '';
      for (at += 1; at < text.length; at += 1) {
        if (text[at] !== '"') name += text[at];
        else if (text[at + 1] === '"') name += text[(at += 1)];
        else break;
      }
      names.push(name);
      at += 1;
    } else {
      const end = text.indexOf(mark, at);
      names.push(text.slice(at, end === -1 ? undefined : end));
      at = end === -1 ? text.length : end;
    }
    if (at >= text.length) return names;
    at += 1;
  }
};

/** The mark that parts most cells of the first line, commas first; one column where there is none. */
export const delimiterOf = (head: string): Delimiter => {
  const line = firstLine(head);
  const outside = line.replaceAll(/"(?:[^"]|"")*"/g, '');
  const count = (mark: Delimiter) => outside.split(mark).length;
  const marks: readonly Delimiter[] = [',', '\t', ';', '|'];
  return marks.reduce((best, mark) => (count(mark) > count(best) ? mark : best));
};

const firstLine = (text: string): string => {
  let open = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') open = !open;
    else if (!open && (text[at] === '\n' || text[at] === '\r')) return text.slice(0, at);
  }
  return text;
};
