import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { folderPrefix, uploadFolder } from './upload-folder.ts';

const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(folderPrefix));
const mib = 1024 * 1024;

it('a file of a form lies on the disk, not in memory, and is gone when the act is done', async () => {
  const before = folders();
  const folder = uploadFolder();
  const bytes = Readable.from(
    (function* () {
      for (let n = 0; n < 64; n += 1) yield Buffer.alloc(mib, n);
    })(),
  );
  const file = await folder.keep(bytes, '材料.pdf', 'application/pdf');
  expect([file.size, file.name, file.type]).toEqual([64 * mib, '材料.pdf', 'application/pdf']);
  const form = new FormData();
  form.append('file', file, file.name);
  expect(
    new Uint8Array(await (form.get('file') as File).slice(63 * mib, 63 * mib + 1).arrayBuffer()),
  ).toEqual(new Uint8Array([63]));
  expect(folders().length).toBe(before.length + 1);
  await folder.discard();
  expect(folders()).toEqual(before);
  await expect(file.arrayBuffer()).rejects.toMatchObject({ name: 'NotReadableError' }); // nothing of it was in memory
});

it('a form without files makes no folder', async () => {
  const before = folders();
  await uploadFolder().discard();
  expect(folders()).toEqual(before);
});
