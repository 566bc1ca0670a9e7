// E1: files of data are larger than papers, and of more forms; what a file says it is must be what it is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { buildRegistry } from '@gongshu/service-registry';
import type { FastifyInstance } from 'fastify';
import { formOf } from '../support/documents.ts';
import { testDatabase } from '../support/parts.ts';
import { noOnboardings } from '../support/registry-deps.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongshu-files-'));
const [maxBytes, maxDataBytes] = [2_000, 50_000];
let app: FastifyInstance;
let authorization: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  const database = await testDatabase();
  const tokens = await testTokens();
  const deps = serviceDeps('registry', { url: database.url, tokens });
  const documents = createDocumentStore(folder, { maxBytes, maxDataBytes });
  app = await buildRegistry({ ...deps, ...noOnboardings, documents });
  authorization = await tokens.bearer({ roles: ['merchant'], organisation: 'merchant-1' });
  stop = async () => {
    await app.close();
    await deps.db.destroy();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
}, 60_000);
afterAll(() => stop?.());

const send = async (name: string, type: string, bytes: Buffer) => {
  const { body, headers } = await formOf({ name, type, bytes });
  const answer = await app.inject({
    ...{ method: 'POST', url: '/v1/documents', payload: body },
    headers: { ...headers, authorization },
  });
  return { status: answer.statusCode, ...answer.json<{ code?: string; mediaType?: string }>() };
};
const csv = (bytes: number) => Buffer.from('a,b\n'.repeat(bytes / 4));
const parquet = Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(200, 7), Buffer.from('PAR1')]);

it.each([
  { name: 'x.csv', type: 'text/csv', bytes: csv(40_000), mediaType: 'text/csv' },
  {
    name: 'x.parquet',
    type: 'application/octet-stream',
    bytes: parquet,
    mediaType: 'application/vnd.apache.parquet',
  },
  {
    name: 'x.jsonl',
    type: 'application/x-ndjson',
    bytes: Buffer.from('{"a":1}\n{"a":2}\n'),
    mediaType: 'application/x-ndjson',
  },
])('$name of $bytes.length bytes is taken', async ({ name, type, bytes, mediaType }) => {
  expect(await send(name, type, bytes)).toMatchObject({ status: 201, mediaType });
});

it.each([
  {
    why: 'data beyond the limit of data',
    name: 'y.csv',
    type: 'text/csv',
    bytes: csv(60_000),
    code: 'documentTooLarge',
  },
  {
    why: 'a paper beyond that of papers',
    name: 'y.txt',
    type: 'text/plain',
    bytes: csv(4_000),
    code: 'documentTooLarge',
  },
  {
    why: 'text that says it is Parquet',
    name: 'y.parquet',
    type: 'application/octet-stream',
    bytes: csv(400),
    code: 'documentTypeDiffers',
  },
  {
    why: 'Parquet that says it is lines',
    name: 'y.jsonl',
    type: 'application/octet-stream',
    bytes: parquet,
    code: 'documentTypeDiffers',
  },
  {
    why: 'an archive',
    name: 'y.zip',
    type: 'application/zip',
    bytes: parquet,
    code: 'documentTypeNotAllowed',
  },
])('$why is refused', async ({ name, type, bytes, code }) => {
  expect(await send(name, type, bytes)).toMatchObject({ code });
});
