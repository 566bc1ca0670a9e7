/** The files of documents, by their hash, outside the database (design 5). */
import { createHash, randomUUID } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { problem } from '@gongshu/shared/problems';

export const documentStates = ['present', 'missing', 'altered'] as const;
/** Whether the file is there and still is what was stored. */
export type DocumentState = (typeof documentStates)[number];

/** An upload on the disk and not yet kept: one of the two must be called. */
export type Received = {
  hash: string;
  bytes: number;
  /** Where it lies until then, for whoever looks at what it is. */
  path: string;
  /** Puts it in its place under its hash, on the disk for good when this returns. */
  keep: () => Promise<void>;
  /** Leaves nothing; does nothing after `keep`. */
  discard: () => Promise<void>;
};

export type DocumentStore = {
  /** The largest paper, and the largest file of data. */
  readonly maxBytes: number;
  readonly maxDataBytes: number;
  /**
   * Writes a stream to the disk while counting and hashing it; no more of it than one piece is held at a time. What is
   * too much (`limit`; of a paper when left out) is read and dropped. Throws `documentTooLarge`, `documentEmpty`, or what the stream failed with; then
   * nothing is left.
   */
  receive: (stream: Readable, limit?: number) => Promise<Received>;
  /** The state of a stored file; read again only when the file system shows that it changed. */
  state: (hash: string, bytes: number) => Promise<DocumentState>;
  /** The file, read whole and compared before the first byte is given. Throws `documentMissing`, `documentAltered`. */
  read: (hash: string, bytes: number) => Promise<Readable>;
  /** Where the file lies, read whole and compared first. Throws `documentMissing`, `documentAltered`. */
  pathOf: (hash: string, bytes: number) => Promise<string>;
  /** Removes what processes that died left half received, an hour old and older. */
  sweep: () => Promise<void>;
};

/** Longer than any upload may take. */
const abandonedAfterMillis = 3_600_000;
/** Verified files remembered, a few hundred bytes each. */
const remembered = 20_000;

const hashOf = async (file: FileHandle): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false }))
    hash.update(chunk as Buffer);
  return `sha256:${hash.digest('hex')}`;
};

const synced = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const isGone = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

const refusalOf = (state: DocumentState) =>
  problem(state === 'missing' ? 'documentMissing' : 'documentAltered');

/** Documents of an installation in one folder, shared by its services: `<first two digits>/<hash>`, mode 0600. */
export const createDocumentStore = (
  folder: string,
  { maxBytes, maxDataBytes = maxBytes }: { maxBytes: number; maxDataBytes?: number },
): DocumentStore => {
  const incoming = join(folder, 'incoming');
  const known = new Map<string, string>();

  const placeOf = (hash: string): string => {
    const hex = /^sha256:([0-9a-f]{64})$/.exec(hash)?.[1];
    if (hex === undefined) throw new TypeError('a document is named by its hash');
    return join(folder, hex.slice(0, 2), hex);
  };

  const receive: DocumentStore['receive'] = async (stream, limit = maxBytes) => {
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    const path = join(incoming, `${randomUUID()}.part`);
    const hash = createHash('sha256');
    let bytes = 0;
    const discard = () => rm(path, { force: true });
    const counted = async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        bytes += chunk.length;
        if (bytes > limit) continue;
        hash.update(chunk);
        yield chunk;
      }
    };
    try {
      await pipeline(stream, counted, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
      if (bytes > limit) throw problem('documentTooLarge', { params: { bytes: limit } });
      if (bytes === 0) throw problem('documentEmpty');
    } catch (error) {
      await discard();
      throw error;
    }
    const name = `sha256:${hash.digest('hex')}`;
    const keep = async (): Promise<void> => {
      const place = placeOf(name);
      await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      // Over a file that is there: the bytes are the same, or it was altered and is mended by this.
      await rename(path, place);
      await synced(dirname(place));
      await synced(folder);
    };
    return { hash: name, bytes, path, keep, discard };
  };

  /** The open file and what was found of it; no link is followed. The caller closes it. */
  const examined = async (
    hash: string,
    bytes: number,
    again: boolean,
  ): Promise<{ state: DocumentState; file?: FileHandle }> => {
    let file: FileHandle | undefined;
    try {
      file = await open(placeOf(hash), constants.O_RDONLY | constants.O_NOFOLLOW);
      const { size, mtimeMs, ctimeMs, ino } = await file.stat();
      const marks = [size, mtimeMs, ctimeMs, ino].join(' ');
      if (!again && known.get(hash) === marks) return { state: 'present', file };
      known.delete(hash);
      if (size !== bytes || (await hashOf(file)) !== hash) return { state: 'altered', file };
      if (known.size >= remembered) known.delete(known.keys().next().value ?? '');
      known.set(hash, marks);
      return { state: 'present', file };
    } catch (error) {
      known.delete(hash);
      // What is there and cannot be read as a file is not what was stored.
      return { state: isGone(error) ? 'missing' : 'altered', ...(file && { file }) };
    }
  };

  return {
    ...{ maxBytes, maxDataBytes },
    receive,
    state: async (hash, bytes) => {
      const { state, file } = await examined(hash, bytes, false);
      await file?.close();
      return state;
    },
    read: async (hash, bytes) => {
      const { state, file } = await examined(hash, bytes, true);
      if (state === 'present' && file) return file.createReadStream({ start: 0 });
      await file?.close();
      throw refusalOf(state);
    },
    pathOf: async (hash, bytes) => {
      const { state, file } = await examined(hash, bytes, true);
      await file?.close();
      if (state !== 'present') throw refusalOf(state);
      return placeOf(hash);
    },
    sweep: async () => {
      const names = await readdir(incoming).catch(() => []);
      for (const name of names) {
        const path = join(incoming, name);
        const age = await stat(path).then(
          ({ mtimeMs }) => Date.now() - mtimeMs,
          () => 0,
        );
        if (age > abandonedAfterMillis) await rm(path, { force: true });
      }
    },
  };
};
