/** Files of a form on their way to a service: on the disk, so that the largest form takes no more memory than the smallest. */
import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What a form brought. `discard` takes everything away again; before that its files can be read any number of times. */
export type UploadFolder = {
  keep: (bytes: Readable, name: string, mediaType: string) => Promise<File>;
  discard: () => Promise<void>;
};

/** How this process’s folders begin: others keep theirs beside them. */
export const folderPrefix = `gongshu-form-${process.pid}-`;

/** A folder of its own for one request, made with its first file; nobody else can read it. */
export const uploadFolder = (): UploadFolder => {
  let folder: string | undefined;
  let files = 0;
  return {
    keep: async (bytes, name, type) => {
      folder ??= await mkdtemp(join(tmpdir(), folderPrefix));
      files += 1;
      const path = join(folder, String(files));
      await pipeline(bytes, createWriteStream(path, { mode: 0o600 }));
      return new File([await openAsBlob(path)], name, { type });
    },
    discard: async () => {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
};
