import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registrationFolder } from './registration-port.ts';

it('lays each package into the folder, whole, and again without harm', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'registration-'));
  try {
    const port = registrationFolder(join(folder, 'outbox'));
    const sent = { id: '640500-DJ-000001', number: 1, content: '{"entries":[]}' };
    await port.send(sent);
    await port.send(sent);
    expect(await readdir(join(folder, 'outbox'))).toEqual(['640500-DJ-000001.json']);
    expect(await readFile(join(folder, 'outbox', '640500-DJ-000001.json'), 'utf8')).toBe(sent.content);
  } finally {
    await rm(folder, { recursive: true });
  }
});
