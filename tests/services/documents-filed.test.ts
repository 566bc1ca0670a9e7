import { createDocumentStore } from '@gongshu/infra/documents/store';
import { recordUpload } from '@gongshu/infra/documents/register';
import { readMultipart, takeUpload } from '@gongshu/infra/documents/upload';
import Fastify from 'fastify';
import { connect } from '@gongshu/infra/database';
import { sql } from 'kysely';
import { formOf, sampleFile } from '../support/documents.ts';
import { contents } from '../support/cases.ts';
import { at, startReading } from './application-read-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

const zhongwei = bodiesOf('zhongwei');
const wuhai = bodiesOf('wuhai');
const merchant = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: 'zhongwei' } as const;
const caseNo = '640500-SQ-2024-000001';
const correction = 'SJ-00000000-0000-4000-8000-00000000000c';
const unknownHash = `sha256:${'e'.repeat(64)}`;

let city: Awaited<ReturnType<typeof startReading>>;
jest.setTimeout(60_000);
beforeAll(async () => {
  city = await startReading({ deliver: async () => ({ state: 'delivered', code: null }) });
  await city.submit(caseNo, { reviewers: ['dept-transport'] });
  await sql`update application_content set contents = ${JSON.stringify(contents)}`.execute(city.db);
  await city.play(caseNo, 'acceptance', 'operator', {
    entries: [{ kind: 'returned', at: at('03-01T11:00:00'), id: correction, receipt: null }],
  });
  await city.play(caseNo, 'review', 'dept-transport');
  city.clock.now = new Date(at('03-01T12:00:00'));
});
afterAll(() => city.stop());

const post = async (who: Who, url: string, body: object) => {
  const answer = await city.call(who, 'POST', url, { body });
  const { code, errors } = answer.json();
  return { status: answer.statusCode, code, errors };
};
const filed = async () => {
  const { documents } = (await city.call(zhongwei.bureau, 'GET', `/v1/applications/${caseNo}`)).json();
  return documents.map(({ hash, role }: { hash: string; role: string }) => [hash, role]);
};
const intakes = () => city.count('intake');

describe('A6: a formal extension request is an upload of the body that asks', () => {
  const ask = (documentHash: string) =>
    post(zhongwei.department, `/v1/applications/${caseNo}/reviews/dept-transport/extension-requests`, {
      ...{ days: 5, reason: '需现场核实', documentHash },
    });

  it('uploaded by it, it is filed with the case', async () => {
    const hash = await city.upload(zhongwei.department, sampleFile('pdf', 'request'));
    expect(await ask(hash)).toMatchObject({ status: 200 });
    expect(await filed()).toContainEqual([hash, 'extensionRequest']);
    expect((await city.call(zhongwei.operator, 'GET', `/v1/documents/${hash}`)).statusCode).toBe(200);
  });

  it('made up, or uploaded by another department, it is refused and nothing is taken in', async () => {
    const others = await city.upload(zhongwei.other, sampleFile('pdf', 'others'));
    const before = [await intakes(), await filed()];
    for (const hash of [unknownHash, others])
      expect(await ask(hash)).toMatchObject({
        ...{ status: 422, code: 'documentUnknown' },
        errors: [{ pointer: '/body/documentHash' }],
      });
    expect([await intakes(), await filed()]).toEqual(before);
  });
});

describe('a resubmission brings documents of the applicant', () => {
  const resubmit = (hash: string) =>
    post(merchant, `/v1/applications/${caseNo}/corrections/${correction}/resubmission`, {
      contents: { documents: [{ hash, title: '补充材料' }] },
    });

  it('unknown ones are refused by place and nothing is taken in; its own are filed', async () => {
    const before = [await intakes(), await filed()];
    const others = await city.upload(zhongwei.operator, sampleFile('pdf', 'operator'));
    for (const hash of [unknownHash, others])
      expect(await resubmit(hash)).toMatchObject({
        ...{ status: 422, code: 'documentUnknown' },
        errors: [{ pointer: '/body/contents/documents/0/hash' }],
      });
    expect([await intakes(), await filed()]).toEqual(before);
    const own = await city.upload(merchant, sampleFile('pdf', 'own'));
    expect(await resubmit(own)).toMatchObject({ status: 200 });
    expect(await filed()).toContainEqual([own, 'application']);
  });
});

describe('[C4 wuhai] a consent names its document by number, and by hash where it is stored', () => {
  const consent = (documentHash?: string) => ({
    ...{ provider: 'dept-land', documentId: 'LETTER-1', consentedOn: '2024-02-01', scope: '仅限汇总统计' },
    ...(documentHash && { documentHash }),
  });

  it('a hash that the recording body has not uploaded is refused, and no consent stands', async () => {
    const id = await city.compile(wuhai.department, 'consent-hash', { obtainedBySharing: true });
    const elsewhere = await city.upload(zhongwei.department, sampleFile('pdf', 'elsewhere'));
    for (const hash of [unknownHash, elsewhere])
      expect(await post(wuhai.department, `/v1/resources/${id}/consents`, consent(hash))).toMatchObject({
        ...{ status: 422, code: 'documentUnknown' },
      });
    const list = await city.call(wuhai.department, 'GET', `/v1/resources/${id}/consents`);
    expect(list.json()).toEqual({ items: [] });
  });

  it('uploaded by the bureau that records it, the entry’s department reads it too, another does not', async () => {
    const id = await city.compile(wuhai.department, 'consent-read', { obtainedBySharing: true });
    const hash = await city.upload(wuhai.bureau, sampleFile('pdf', 'consent'), '同意函');
    expect(await post(wuhai.bureau, `/v1/resources/${id}/consents`, consent(hash))).toMatchObject({
      status: 201,
    });
    const read = async (who: Who) =>
      (await city.call(who, 'GET', `/v1/documents/${hash}/content`)).statusCode;
    expect(await Promise.all([wuhai.bureau, wuhai.department].map(read))).toEqual([200, 200]);
    expect(await Promise.all([wuhai.other, wuhai.operator, zhongwei.bureau].map(read))).toEqual([
      404, 404, 404,
    ]);
  });

  it('by number alone it is recorded, and no hash is made up', async () => {
    const id = await city.compile(wuhai.department, 'consent-number', { obtainedBySharing: true });
    const answer = await city.call(wuhai.department, 'POST', `/v1/resources/${id}/consents`, {
      body: consent(),
    });
    expect(answer.json()).toMatchObject({ consent: { documentId: 'LETTER-1', documentHash: null } });
  });
});

describe('the registry records uploads in its own tables and under its own event', () => {
  it('one row, one event', async () => {
    const url = new URL(city.url);
    const db = connect<never>(url.toString(), { schema: 'registry', max: 2 });
    const app = Fastify();
    const store = createDocumentStore(city.folder, { maxBytes: 100_000 });
    await readMultipart(app);
    app.post('/', async (request) => {
      const upload = await takeUpload(request, store);
      const by = { id: 'm-1', role: 'merchant', organisation: 'merchant-1', jurisdiction: 'zhongwei' };
      return recordUpload(db as never, 'registry', upload, { ...by, at: city.clock.now });
    });
    const { body, headers } = await formOf(sampleFile('docx'), '进驻申请');
    const answer = await app.inject({ method: 'POST', url: '/', payload: body, headers });
    expect(answer.statusCode).toBe(200);
    const { rows } = await sql`select type, payload from outbox`.execute(db);
    expect(rows).toEqual([
      {
        type: 'registryDocument.uploaded.v1',
        payload: { document: answer.json().hash, bytes: answer.json().bytes, mediaType: 'docx' },
      },
    ]);
    await app.close();
    await (db as unknown as { destroy: () => Promise<void> }).destroy();
  });
});
