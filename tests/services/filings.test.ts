// P2, O7 (national arts 11, 13): what is filed goes out whole, once, however often it is tried; nothing is lost.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { answerFiling, fileOut, mustHaveBeenSent } from '@gongshu/infra/filings/file-out';
import { type FilerDeps, sendNext, startFiler } from '@gongshu/infra/filings/filer';
import { filingFolder, type FilingPort } from '@gongshu/infra/filings/port';
import { sha256 } from '@gongshu/infra/hash';
import { createLogger } from '@gongshu/infra/logger';
import { sql } from 'kysely';
import { startRegistry } from '../support/registry.ts';
import { until } from '../support/turns.ts';

let registry: Awaited<ReturnType<typeof startRegistry>>;
let folder: string;
let documents: ReturnType<typeof createDocumentStore>;
let document: string;
beforeAll(async () => {
  registry = await startRegistry();
  folder = await mkdtemp(join(tmpdir(), 'gongshu-filings-'));
  documents = createDocumentStore(join(folder, 'documents'), { maxBytes: 1_000_000 });
  const received = await documents.receive(Readable.from([Buffer.from('会议纪要')]));
  await received.keep();
  document = received.hash;
  await sql`
    insert into document
      (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
    values ('zhongwei', 'city-bureau', ${document}, ${received.bytes}, 'application/pdf', '会议纪要', 'a.pdf', 'someone',
      ${registry.clock.now})`.execute(registry.db);
}, 60_000);
afterAll(async () => {
  await registry?.stop();
  await rm(folder, { recursive: true });
});

const bureau = { roles: ['bureau'], organisation: 'city-bureau', jurisdiction: 'zhongwei' } as const;
const filed = (filing: string, change: object = {}) =>
  registry.db.transaction().execute((trx) =>
    fileOut(trx, {
      ...{ filing, caseNo: filing.slice(0, -4), jurisdiction: 'zhongwei', to: 'provincialAuthority' },
      ...{ content: { title: '实施方案', version: 1 }, documents: [document], at: registry.clock.now },
      ...change,
    }),
  );
const deps = (port: FilingPort, wait = () => 0): FilerDeps => ({
  ...{
    db: registry.db as never,
    logger: createLogger('registry', { level: 'silent' }),
    documents,
    port,
    wait,
  },
  lawNow: async () => registry.clock.now,
});
const read = async (filing: string) =>
  (await registry.call(bureau, 'GET', `/v1/filings/${filing}`)).json<Record<string, never>>();
const sentOf = async (filing: string) =>
  (await registry.told('filing.sent.v1')).filter(({ filing: number }) => number === filing);

it('goes out as a folder whose files agree with their hashes, and is sent then', async () => {
  const { package: hash } = await filed('640500-FA-2024-000001-BA1');
  expect(await read('640500-FA-2024-000001-BA1')).toMatchObject({
    state: 'pending',
    sentAt: null,
    package: hash,
  });
  const out = join(folder, 'out');
  expect(await sendNext(deps(filingFolder(out)))).toBe(true);
  const place = join(out, '640500-FA-2024-000001-BA1');
  const manifest = JSON.parse(await readFile(join(place, 'manifest.json'), 'utf8')) as {
    files: { name: string; hash: string }[];
  };
  expect(manifest.files.map(({ hash: one }) => one)).toEqual([hash, document]);
  for (const file of manifest.files) expect(sha256(await readFile(join(place, file.name)))).toBe(file.hash);
  const view = await read('640500-FA-2024-000001-BA1');
  expect(view).toMatchObject({ state: 'sent', sentAt: '2024-03-01T10:00:00+08:00', fault: null });
  expect(sha256(view['content'] ?? '')).toBe(hash);
  expect(await sentOf('640500-FA-2024-000001-BA1')).toMatchObject([{ package: hash, documents: 1 }]);
  expect(await sendNext(deps(filingFolder(out)))).toBe(false);
});

it('the other side is away: tried again until it is there, and told once', async () => {
  const filing = '640500-FA-2024-000002-BA1';
  await filed(filing);
  let away = 3;
  const calls: string[] = [];
  const port: FilingPort = {
    send: async ({ number }) => {
      calls.push(number);
      if ((away -= 1) >= 0) throw Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    },
  };
  await sendNext(deps(port));
  expect(await read(filing)).toMatchObject({ state: 'pending', fault: 'ECONNREFUSED', attempts: 1 });
  await expect(mustHaveBeenSent(registry.db, filing.slice(0, -4))).rejects.toMatchObject({
    code: 'filingNotSent',
  });
  const stop = startFiler({ ...deps(port), pollMillis: 10 });
  await until('it is sent', async () => (await read(filing))['state'] === ('sent' as never));
  await stop();
  await mustHaveBeenSent(registry.db, filing.slice(0, -4));
  expect(calls).toHaveLength(4);
  expect(await sentOf(filing)).toHaveLength(1);
});

it('one that failed waits its time and holds up no other', async () => {
  await filed('640500-FA-2024-000003-BA1');
  await filed('640500-FA-2024-000004-BA1');
  const sent: string[] = [];
  const given = deps(
    {
      send: async ({ number }) => {
        if (number.includes('000003')) throw new Error('refused');
        sent.push(number);
      },
    },
    () => 3_600_000,
  );
  while (await sendNext(given));
  expect(sent).toEqual(['640500-FA-2024-000004-BA1']);
  expect(await read('640500-FA-2024-000003-BA1')).toMatchObject({ state: 'pending', fault: 'unreachable' });
});

it('a crash between sending and writing it down: the same package again, one folder, one event', async () => {
  const filing = '640500-FA-2024-000005-BA1';
  await filed(filing);
  const out = join(folder, 'crashed');
  const port = filingFolder(out);
  const crashing: FilingPort = {
    send: async (sent) => {
      await port.send(sent);
      throw new Error('the process died here');
    },
  };
  await mkdir(join(out, `.${filing}.half.part`), { recursive: true });
  await sendNext(deps(crashing));
  expect(await sentOf(filing)).toEqual([]);
  await sendNext(deps(port));
  expect(await readdir(out)).toEqual([filing]);
  expect(await sentOf(filing)).toHaveLength(1);
});

it('the folder is whole or not there: a file that fails half-way leaves nothing', async () => {
  const out = join(folder, 'half');
  await mkdir(out);
  const one = {
    ...{ number: 'X-BA1', caseNo: 'X', jurisdiction: 'zhongwei', to: 'provincialAuthority', filedAt: '' },
    ...{ content: '{}', hash: sha256('{}') },
  };
  const broken = {
    ...{ hash: document, title: '', mediaType: '', bytes: 1 },
    read: async () =>
      Readable.from(
        (async function* () {
          yield 'half';
          throw new Error('disk');
        })(),
      ),
  };
  await expect(filingFolder(out).send({ ...one, documents: [broken] })).rejects.toThrow('disk');
  expect(await readdir(out)).toEqual([]);
  await filingFolder(out).send({ ...one, documents: [] });
  await filingFolder(out).send({ ...one, documents: [] });
  expect(await readdir(out)).toEqual(['X-BA1']);
  await writeFile(join(out, 'X-BA1', 'manifest.json'), 'another');
  await expect(filingFolder(out).send({ ...one, documents: [] })).rejects.toMatchObject({
    code: 'numberTaken',
  });
});

it('a document whose file is gone keeps the package back, and says why', async () => {
  const filing = '640500-FA-2024-000006-BA1';
  await filed(filing, { documents: [`sha256:${'0'.repeat(64)}`] });
  await sendNext(deps({ send: async () => {} }, () => 3_600_000));
  expect(await read(filing)).toMatchObject({ state: 'pending', fault: 'documentMissing' });
});

it('is receipted or returned once, with the date and the number of the answer', async () => {
  const filing = '640500-FA-2024-000001-BA1';
  const answer = (state: 'receipted' | 'returned', number: string) =>
    registry.db
      .transaction()
      .execute((trx) =>
        answerFiling(trx, { filing, state, number, document, on: '2024-03-04', at: registry.clock.now }),
      );
  await answer('receipted', '宁数备〔2024〕1号');
  await answer('returned', '宁数备〔2024〕2号');
  expect(await read(filing)).toMatchObject({
    state: 'receipted',
    answer: { number: '宁数备〔2024〕1号', on: '2024-03-04', document },
  });
});

it('is listed page by page and as CSV, to the city’s own; the content is not for auditors', async () => {
  const first = await registry.call(bureau, 'GET', '/v1/filings?limit=2');
  const { items, next } = first.json<{ items: { filing: string }[]; next: string }>();
  const second = await registry.call(bureau, 'GET', `/v1/filings?limit=200&cursor=${next}`);
  const rest = second.json<{ items: { filing: string }[] }>().items;
  expect([...items, ...rest].map(({ filing }) => filing.slice(15, 21))).toEqual(
    ['6', '5', '4', '3', '2', '1'].map((n) => n.padStart(6, '0')),
  );
  const csv = await registry.call(bureau, 'GET', '/v1/filings?state=receipted', {
    headers: { accept: 'text/csv' },
  });
  expect(csv.body).toContain('宁数备〔2024〕1号');
  const elsewhere = { roles: ['bureau'], organisation: 'city-bureau', jurisdiction: 'wuhai' } as const;
  const one = '/v1/filings/640500-FA-2024-000001-BA1';
  expect((await registry.call(elsewhere, 'GET', one)).statusCode).toBe(404);
  expect((await registry.call(elsewhere, 'GET', '/v1/filings')).json()).toMatchObject({ items: [] });
  const auditor = { roles: ['auditor'], organisation: 'audit', jurisdiction: 'zhongwei' } as const;
  expect((await registry.call(auditor, 'GET', one)).json()).toMatchObject({
    content: null,
    state: 'receipted',
  });
  const merchant = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: 'zhongwei' } as const;
  expect((await registry.call(merchant, 'GET', one)).statusCode).toBe(403);
  expect((await registry.call(bureau, 'GET', '/v1/filings?cursor=bm8')).statusCode).toBe(400);
});
