/** The way to the body above (备案报送): a port, and the adapter that lays packages into a folder for an officer to carry. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export type FiledDocument = {
  hash: string;
  title: string;
  mediaType: string;
  bytes: number;
  /** The file, compared with its hash before the first byte is given. */
  read: () => Promise<Readable>;
};

/** A package as it is sent: `content` is canonical JSON, `hash` is over its bytes. */
export type FilingPackage = {
  number: string;
  caseNo: string;
  jurisdiction: string;
  to: string;
  /** RFC 3339. */
  filedAt: string;
  content: string;
  hash: string;
  documents: FiledDocument[];
};

/**
 * `send` resolves when the package is there for good. It may be called again with the same package and then changes
 * nothing; it rejects when the other side can't be reached, and is tried again.
 */
export type FilingPort = { send: (sent: FilingPackage) => Promise<void> };

const nameOf = (hash: string): string => `documents/${hash.slice('sha256:'.length)}`;

/** What lies in the folder, each file by its hash. */
const manifestOf = ({ documents, content: _content, ...envelope }: FilingPackage): string =>
  `${JSON.stringify(
    {
      ...envelope,
      files: [
        { name: 'content.json', hash: envelope.hash },
        ...documents.map(({ hash, title, mediaType, bytes }) => ({
          ...{ name: nameOf(hash), hash, title, mediaType, bytes },
        })),
      ],
    },
    null,
    2,
  )}\n`;

const synced = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const write = async (path: string, source: Readable | string[]): Promise<void> =>
  pipeline(source, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** What a process that died left half written of a package. */
const sweep = async (folder: string, number: string): Promise<void> => {
  const names = await readdir(folder).catch(() => []);
  for (const name of names)
    if (name.startsWith(`.${number}.`)) await rm(join(folder, name), { recursive: true, force: true });
};

/**
 * Packages as folders `<number>/` with `content.json`, `documents/<hex of the hash>` and `manifest.json`, each whole or
 * not there at all: it is written beside and renamed when everything is on the disk.
 */
export const filingFolder = (folder: string): FilingPort => ({
  async send(sent) {
    const place = join(folder, sent.number);
    const manifest = manifestOf(sent);
    const stands = await readFile(join(place, 'manifest.json'), 'utf8').catch(() => undefined);
    if (stands === manifest) return;
    if (stands !== undefined)
      throw Object.assign(new Error('another package has this number'), { code: 'numberTaken' });
    await sweep(folder, sent.number);
    const part = join(folder, `.${sent.number}.${randomUUID()}.part`);
    try {
      await mkdir(join(part, 'documents'), { recursive: true, mode: 0o700 });
      await write(join(part, 'content.json'), [sent.content]);
      for (const { hash, read } of sent.documents) await write(join(part, nameOf(hash)), await read());
      await write(join(part, 'manifest.json'), [manifest]);
      await synced(join(part, 'documents'));
      await synced(part);
      await rename(part, place);
      await synced(folder);
    } catch (error) {
      await rm(part, { recursive: true, force: true });
      // Another filer was first: the same package, for a number has one.
      if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
    }
  },
});
