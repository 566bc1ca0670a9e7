import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { wordsOf } from '../../faults.ts';
import { mustGoOn, Refused } from '../../refused.ts';
import type { OpenOptions, ReadLimits } from '../../table.ts';

const mostMembers = 2_000;
/** A member that unpacks to this many times its packed size, and is large, is a bomb: sheets come to 5 to 30. */
const mostRatio = 200;
const largeBytes = 50_000_000;

/** The parts of a workbook that hold its cells, or nothing a person put there. */
const known = [
  /^\[Content_Types\]\.xml$/,
  /^_rels\/\.rels$/,
  /^docProps\/(?:app|core)\.xml$/,
  /^xl\/(?:workbook|sharedStrings|styles|calcChain|metadata)\.xml$/,
  /^xl\/_rels\/workbook\.xml\.rels$/,
  /^xl\/theme\/[^/]+\.xml$/,
  /^xl\/worksheets\/[^/]+\.xml$/,
  /^xl\/worksheets\/_rels\/[^/]+\.rels$/,
  /^xl\/tables\/[^/]+\.xml$/,
  /^xl\/printerSettings\/[^/]+\.bin$/,
  /\/$/, // a folder
];

/** What the format is called that a zip holds which is no workbook. */
const kindOf = (names: ReadonlySet<string>): string =>
  names.has('xl/workbook.bin')
    ? 'a binary workbook'
    : names.has('word/document.xml')
      ? 'a text document'
      : 'zip';

/** The members of a workbook's zip, held to bounds before any is unpacked. */
export class Members {
  private readonly zip: ZipFile;
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly options: OpenOptions;
  private readonly size: number;
  private packedDone = 0;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, size: number, options: OpenOptions) {
    this.zip = zip;
    this.entries = entries;
    this.size = size;
    this.options = options;
  }

  /**
   * @throws Refused truncated (no directory at the end), archive (no workbook), encrypted, tooLarge (more than the
   * bounds, a bomb), malformed (members twice or over each other), unknownFormat (parts nobody here reads).
   */
  static async open(path: string, size: number, limits: ReadLimits, options: OpenOptions): Promise<Members> {
    const zip = await openPromise(path, { autoClose: false, validateEntrySizes: true }).catch(
      (error: unknown) => {
        throw zipFault(error);
      },
    );
    try {
      return new Members(zip, await entriesOf(zip, size, limits), size, options);
    } catch (error) {
      zip.close();
      throw error instanceof Refused ? error : zipFault(error);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  get names(): IterableIterator<string> {
    return this.entries.keys();
  }

  /**
   * Unpacks one member piece by piece.
   * @throws Refused malformed where it is not what the directory says (size, checksum); truncated where it is cut.
   */
  async each(name: string, take: (piece: Buffer) => void | Promise<void>): Promise<void> {
    const entry = this.entries.get(name);
    if (!entry) throw new Refused('malformed', 'a part of the workbook is missing');
    let sum = 0;
    try {
      const stream = await this.zip.openReadStreamPromise(entry);
      for await (const piece of stream as AsyncIterable<Buffer>) {
        mustGoOn(this.options.signal);
        sum = crc32(piece, sum);
        await take(piece);
      }
    } catch (error) {
      throw error instanceof Refused ? error : zipFault(error);
    }
    if (sum !== entry.crc32) throw new Refused('malformed', 'a part of the workbook has another checksum');
    this.packedDone += entry.compressedSize;
    this.options.progress?.({ phase: 'reading', done: Math.min(this.packedDone, this.size), of: this.size });
  }

  close(): void {
    this.zip.close();
  }
}

const entriesOf = async (zip: ZipFile, size: number, limits: ReadLimits): Promise<Map<string, Entry>> => {
  if (zip.entryCount > mostMembers) throw new Refused('archive', `more than ${mostMembers} members`);
  const entries = new Map<string, Entry>();
  let [packed, unpacked] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw new Refused('encrypted', 'an encrypted zip');
    if (entries.has(entry.fileName)) throw new Refused('malformed', 'a member named twice');
    entries.set(entry.fileName, entry);
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
    if (unpacked > limits.unpackedBytes)
      throw new Refused('tooLarge', `more than ${limits.unpackedBytes} bytes unpacked`);
    if (entry.uncompressedSize > largeBytes && entry.uncompressedSize > mostRatio * entry.compressedSize)
      throw new Refused('tooLarge', 'a member that unpacks beyond all measure');
  }
  const names = new Set(entries.keys());
  if (names.has('EncryptedPackage')) throw new Refused('encrypted', 'an encrypted Office document');
  if (!names.has('xl/workbook.xml') || !names.has('[Content_Types].xml'))
    throw new Refused('archive', kindOf(names));
  if (packed > size) throw new Refused('malformed', 'members that lie over each other');
  const unread = [...names].find((name) => !known.some((pattern) => pattern.test(name)));
  if (unread)
    throw new Refused(
      'unknownFormat',
      'a workbook with parts beside its cells (comments, pictures, links, caches): remove them',
    );
  return entries;
};

const zipFault = (error: unknown): unknown => {
  const said = wordsOf(error);
  if (/[Ee]nd of [Cc]entral [Dd]irectory|unexpected end of file|unexpected EOF/.test(said))
    return new Refused('truncated', 'a zip that is cut');
  return new Refused('malformed', 'a zip that is not what its directory says');
};
