import { createHash, randomBytes } from 'node:crypto';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createDocumentStore, type DocumentStore } from '@gongshu/infra/documents/store';

let folder: string;
let store: DocumentStore;
const maxBytes = 64 * 1024;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongshu-store-'));
  store = createDocumentStore(folder, { maxBytes });
});
afterEach(() => rm(folder, { recursive: true }));

const hashOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const placeOf = (hash: string) => join(folder, hash.slice(7, 9), hash.slice(7));
/** Every file below the folder. */
const files = async (): Promise<string[]> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
};
const kept = async (bytes: Buffer): Promise<string> => {
  const received = await store.receive(Readable.from([bytes]));
  await received.keep();
  return received.hash;
};
const read = async (hash: string, bytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of await store.read(hash, bytes)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

describe('a document is stored once, under its hash, for its owner alone', () => {
  it('the same bytes twice are one file; nothing is left of how they came', async () => {
    const bytes = randomBytes(50_000);
    expect(await kept(bytes)).toBe(hashOf(bytes));
    expect(await kept(bytes)).toBe(hashOf(bytes));
    expect(await files()).toEqual([hashOf(bytes).slice(7)]);
    expect((await stat(placeOf(hashOf(bytes)))).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(placeOf(hashOf(bytes))))).mode & 0o777).toBe(0o700);
    expect(await read(hashOf(bytes), bytes.length)).toEqual(bytes);
  });

  it('exactly the most is taken, one byte more is not, and what is refused leaves nothing', async () => {
    await kept(Buffer.alloc(maxBytes, 1));
    await expect(store.receive(Readable.from([Buffer.alloc(maxBytes + 1, 2)]))).rejects.toMatchObject({
      code: 'documentTooLarge',
    });
    await expect(store.receive(Readable.from([]))).rejects.toMatchObject({ code: 'documentEmpty' });
    const broken = Readable.from(
      (function* () {
        yield Buffer.alloc(1000, 3);
        throw new Error('the client went away');
      })(),
    );
    await expect(store.receive(broken)).rejects.toThrow('went away');
    const received = await store.receive(Readable.from([Buffer.alloc(10, 4)]));
    await received.discard();
    expect(await files()).toHaveLength(1);
  });

  it('of what is too large no more than the most ever lies on the disk', async () => {
    let most = 0;
    const endless = Readable.from(
      (async function* () {
        for (let pieces = 0; pieces < 40; pieces += 1) {
          yield Buffer.alloc(16 * 1024, pieces);
          for (const name of await readdir(join(folder, 'incoming')))
            most = Math.max(most, (await stat(join(folder, 'incoming', name))).size);
        }
      })(),
    );
    await expect(store.receive(endless)).rejects.toMatchObject({ code: 'documentTooLarge' });
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(maxBytes);
    expect(await files()).toEqual([]);
  });

  it('15 MB pass through piece by piece: what was asked for is on the disk but for a few pieces', async () => {
    const piece = 64 * 1024;
    const large = createDocumentStore(folder, { maxBytes: 20 * 1024 * 1024 });
    let behind = 0;
    const source = Readable.from(
      (async function* () {
        for (let sent = 0; sent < 15 * 1024 * 1024; sent += piece) {
          yield Buffer.alloc(piece, sent % 251);
          const [name] = await readdir(join(folder, 'incoming'));
          const { size } = await stat(join(folder, 'incoming', name ?? ''));
          behind = Math.max(behind, sent + piece - size);
        }
      })(),
      { objectMode: true, highWaterMark: 1 },
    );
    const { bytes, discard } = await large.receive(source);
    expect(bytes).toBe(15 * 1024 * 1024);
    expect(behind).toBeLessThan(1024 * 1024);
    await discard();
  });

  it('what a process that died had half received is swept after an hour', async () => {
    const incoming = join(folder, 'incoming');
    await mkdir(incoming);
    for (const name of ['old.part', 'new.part']) await writeFile(join(incoming, name), 'half');
    const old = new Date(Date.now() - 3_700_000);
    await utimes(join(incoming, 'old.part'), old, old);
    await store.sweep();
    expect(await readdir(incoming)).toEqual(['new.part']);
    await rm(incoming, { recursive: true });
    await store.sweep();
  });
});

describe('missing or altered is said', () => {
  const bytes = Buffer.from('the grant as it was sealed');
  let hash: string;
  beforeEach(async () => {
    hash = await kept(bytes);
    await store.state(hash, bytes.length); // seen present, and remembered so
  });
  const refused = async () => ({
    state: await store.state(hash, bytes.length),
    code: await store.read(hash, bytes.length).then(
      (stream) => {
        stream.destroy();
        return 'served';
      },
      ({ code }) => code as string,
    ),
  });

  it.each<[string, (place: string) => Promise<unknown>, string, string]>([
    ['removed', (place) => rm(place), 'missing', 'documentMissing'],
    ['its folder removed', (place) => rm(dirname(place), { recursive: true }), 'missing', 'documentMissing'],
    ['cut off', (place) => writeFile(place, bytes.subarray(1)), 'altered', 'documentAltered'],
    ['emptied', (place) => writeFile(place, ''), 'altered', 'documentAltered'],
    ['a folder in its place', async (place) => (await rm(place), mkdir(place)), 'altered', 'documentAltered'],
    [
      'a link to the same bytes elsewhere',
      async (place) => (await rename(place, `${place}.b`), symlink(`${place}.b`, place)),
      'altered',
      'documentAltered',
    ],
    [
      'other words of the same length, and the old time put back',
      async (place) => {
        const { atime, mtime } = await stat(place);
        await writeFile(place, Buffer.alloc(bytes.length, 0x61));
        await utimes(place, atime, mtime);
      },
      'altered',
      'documentAltered',
    ],
  ])('%s', async (_name, act, state, code) => {
    await act(placeOf(hash));
    expect(await refused()).toEqual({ state, code });
  });

  it('the same bytes uploaded again mend it', async () => {
    await writeFile(placeOf(hash), 'forged');
    expect(await store.state(hash, bytes.length)).toBe('altered');
    await kept(bytes);
    expect(await refused()).toEqual({ state: 'present', code: 'served' });
    expect(await readFile(placeOf(hash))).toEqual(bytes);
  });

  it.each(['../../etc/passwd', 'sha256:', `sha256:${'A'.repeat(64)}`, `sha256:${'0'.repeat(63)}/`])(
    'a name that is no hash leads nowhere: %s',
    async (name) => {
      await expect(store.read(name, 1)).rejects.toMatchObject({ code: 'documentAltered' });
    },
  );
});
