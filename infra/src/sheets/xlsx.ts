/** The cells of a workbook's first sheet as text, held to bounds: what a person sends as XLSX in place of CSV. */
import sax from 'sax';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';

export const xlsxLimits = { unpackedBytes: 64_000_000, members: 500, rows: 50_000, columns: 200 } as const;

/** The file as a whole cannot be read as a workbook. */
export class WorkbookRefused extends Error {
  override readonly name = 'WorkbookRefused';
}
type Attributes = Readonly<Record<string, string>>;
type Reader = {
  open: (name: string, attributes: Attributes) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};
const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

class Members {
  private readonly zip: ZipFile;
  private readonly entries: ReadonlyMap<string, Entry>;
  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.zip = zip;
    this.entries = entries;
  }

  static async open(bytes: Buffer): Promise<Members> {
    const zip = await fromBufferPromise(bytes, { validateEntrySizes: true });
    const entries = new Map<string, Entry>();
    let unpacked = 0;
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize;
      if (entry.isEncrypted()) throw new WorkbookRefused('encrypted');
      if (entries.size >= xlsxLimits.members || unpacked > xlsxLimits.unpackedBytes)
        throw new WorkbookRefused('too large');
      entries.set(entry.fileName, entry);
    }
    return new Members(zip, entries);
  }

  /** Reads one XML member; nothing where there is none. A document type (entities) is refused. */
  async read(name: string, reader: Reader): Promise<void> {
    const entry = this.entries.get(name);
    if (!entry) return;
    const parser = sax.parser(true, { position: false });
    const fail = () => {
      throw new WorkbookRefused('not XML as it should be');
    };
    parser.onerror = fail;
    parser.ondoctype = fail;
    parser.onopentag = (tag) => reader.open(bare(tag.name), tag.attributes as Attributes);
    parser.onclosetag = (tag) => reader.close?.(bare(tag));
    parser.ontext = (text) => reader.text?.(text);
    parser.oncdata = (text) => reader.text?.(text);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const stream = await this.zip.openReadStreamPromise(entry);
    for await (const piece of stream as AsyncIterable<Buffer>)
      parser.write(decoder.decode(piece, { stream: true }));
    parser.write(decoder.decode());
    parser.close();
  }
}

/** Where the first sheet stands, by the workbook's own list. */
const firstSheet = async (members: Members): Promise<string> => {
  let [id, target] = ['', ''];
  await members.read('xl/workbook.xml', {
    open: (name, attributes) => {
      if (name !== 'sheet' || id !== '') return;
      id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
    },
  });
  await members.read('xl/_rels/workbook.xml.rels', {
    open: (name, { Id, Target = '', TargetMode }) => {
      if (name === 'Relationship' && Id === id && TargetMode !== 'External') target = Target;
    },
  });
  if (target === '') throw new WorkbookRefused('no sheet');
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
};

/** Shared texts by number; how a word is pronounced (`rPh`) is no part of it. */
const sharedTexts = async (members: Members): Promise<string[]> => {
  const texts: string[] = [];
  let [text, reading, aside] = ['', false, false];
  await members.read('xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') aside = true;
      else if (name === 't') reading = !aside;
    },
    text: (part) => {
      if (reading) text += part;
    },
    close: (name) => {
      if (name === 't') reading = false;
      else if (name === 'rPh') aside = false;
      else if (name === 'si') texts.push(text);
    },
  });
  return texts;
};

const builtInDates = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 27 && id <= 36);
const showsDate = (format: string): boolean =>
  /[yd年月日]/i.test(format.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, ''));

/** By the index of a cell's style: whether its number is shown as a date. */
const datedStyles = async (members: Members): Promise<boolean[]> => {
  const custom = new Map<number, boolean>();
  const dated: boolean[] = [];
  let inCells = false;
  await members.read('xl/styles.xml', {
    open: (name, attributes) => {
      if (name === 'cellXfs') inCells = true;
      const id = Number(attributes['numFmtId'] ?? 0);
      if (name === 'numFmt') custom.set(id, showsDate(attributes['formatCode'] ?? ''));
      if (name === 'xf' && inCells) dated.push(custom.get(id) ?? builtInDates(id));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dated;
};

const columnOf = (reference: string): number =>
  Array.from(/^[A-Z]{1,3}/.exec(reference)?.[0] ?? '').reduce(
    (sum, one) => sum * 26 + one.charCodeAt(0) - 64,
    0,
  );

/** A day's serial number (1900) as a date; as it stands where it is none. */
const dateText = (raw: string): string => {
  const days = Number(raw);
  if (!Number.isInteger(days) || days < 61 || days > 2_958_465) return raw;
  return new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10);
};

/** A number as it was typed: files keep 0.1 as 0.10000000000000001 and large ones with an exponent. */
const numberText = (raw: string): string => {
  const value = Number(raw);
  if (/^-?\d+$/.test(raw) || !Number.isFinite(value)) return raw;
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(15)));
};

type Cell = { column: number; type: string; style: number; raw: string };

const readRows = async (members: Members, sheet: string): Promise<string[][]> => {
  const [texts, dated] = [await sharedTexts(members), await datedStyles(members)];
  const rows: string[][] = [];
  let [at, column, reading] = [0, 0, false];
  let cells: string[] = [];
  let cell: Cell | undefined;
  const shown = ({ type, style, raw }: Cell): string => {
    if (type === 's') return texts[Number(raw)] ?? '';
    if (type === 'b') return raw === '1' ? 'true' : 'false';
    if (type !== 'n' || raw === '') return raw;
    return dated[style] ? dateText(raw) : numberText(raw);
  };
  await members.read(sheet, {
    open: (name, attributes) => {
      if (name === 'row') {
        at = Number(attributes['r'] ?? at + 1);
        [cells, column] = [[], 0];
        if (!(at > rows.length && at <= xlsxLimits.rows)) throw new WorkbookRefused('rows out of bounds');
      } else if (name === 'c') {
        column = attributes['r'] ? columnOf(attributes['r']) : column + 1;
        if (!(column >= 1 && column <= xlsxLimits.columns))
          throw new WorkbookRefused('columns out of bounds');
        cell = { column, type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0), raw: '' };
      } else if (name === 'v' || name === 't') reading = cell !== undefined;
    },
    text: (part) => {
      if (cell && reading) cell.raw += part;
    },
    close: (name) => {
      if (name === 'v' || name === 't') reading = false;
      else if (name === 'c' && cell) {
        while (cells.length < cell.column) cells.push('');
        cells[cell.column - 1] = shown(cell);
        cell = undefined;
      } else if (name === 'row') {
        while (rows.length < at - 1) rows.push([]);
        rows.push(cells);
      }
    },
  });
  return rows;
};

/**
 * Rows of the first sheet in their order, empty ones between counted; each as long as its last cell. Dates are
 * `YYYY-MM-DD`, formulas give the value they were saved with. @throws WorkbookRefused for anything that is no sound
 * workbook of a person's size.
 */
export const xlsxRows = async (bytes: Uint8Array): Promise<string[][]> => {
  try {
    const members = await Members.open(Buffer.from(bytes));
    return await readRows(members, await firstSheet(members));
  } catch (cause) {
    throw cause instanceof WorkbookRefused ? cause : new WorkbookRefused('not a workbook', { cause });
  }
};
