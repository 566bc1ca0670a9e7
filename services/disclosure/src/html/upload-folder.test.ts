import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { folderPrefix, removeLeftovers, uploadFolder } from './upload-folder.ts';

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

describe('what a killed process left is removed by the next that starts', () => {
  const parent = mkdtempSync(join(tmpdir(), 'uploads-of-the-killed-'));
  const children: ChildProcess[] = [];
  /** A process of its own that has taken in a file and not yet answered. */
  const taking = async (): Promise<{ child: ChildProcess; name: string }> => {
    const module = join(import.meta.dirname, 'upload-folder.ts');
    const program = `
      import { Readable } from 'node:stream';
      const { uploadFolder, folderPrefix } = await import(${JSON.stringify(module)});
      await uploadFolder().keep(Readable.from([Buffer.alloc(1024)]), 'x.pdf', 'application/pdf');
      console.log(folderPrefix);
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, TMPDIR: parent, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const [prefix] = (await once(child.stdout, 'data')) as [Buffer];
    const name = readdirSync(parent).find((one) => one.startsWith(prefix.toString().trim()));
    return { child, name: name ?? 'none' };
  };
  const killed = async (child: ChildProcess): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  afterAll(async () => {
    for (const child of children)
      if (child.exitCode === null && child.signalCode === null) await killed(child);
    rmSync(parent, { recursive: true, force: true });
  });

  it('its folder goes, a living one’s stays; sabotage: who takes all for living or all for dead is seen', async () => {
    const [dead, living] = [await taking(), await taking()];
    await killed(dead.child);
    const stands = ({ name }: { name: string }): boolean => existsSync(join(parent, basename(name)));
    expect([stands(dead), stands(living)]).toEqual([true, true]); // nothing but a start takes it away
    expect(await removeLeftovers(parent, () => true)).toEqual([]);
    expect(stands(dead)).toBe(true);
    expect(await removeLeftovers(parent)).toEqual([dead.name]);
    expect([stands(dead), stands(living)]).toEqual([false, true]);
    expect(await removeLeftovers(parent, () => false)).toEqual([living.name]);
  });
});
