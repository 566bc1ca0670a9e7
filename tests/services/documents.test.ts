import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { sql } from 'kysely';
import { formOf, type SampleFile, sampleFile, sampleKinds, zipOf } from '../support/documents.ts';
import { at, startReading } from './application-read-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

const zhongwei = bodiesOf('zhongwei');
const wuhai = bodiesOf('wuhai');
const merchantOf = (organisation: string, jurisdiction = 'zhongwei') =>
  ({ roles: ['merchant'], organisation, jurisdiction }) as const;
const merchant = merchantOf('merchant-1');
const rival = merchantOf('merchant-2');
const auditor = { roles: ['auditor'], jurisdiction: 'zhongwei' } as const;
const caseNo = '640500-SQ-2024-000001';
const maxBytes = 256 * 1024;

jest.setTimeout(60_000);
let city: Awaited<ReturnType<typeof startReading>>;
beforeAll(async () => {
  city = await startReading();
  // A store with a small limit, so that tests need not send megabytes.
  Object.assign(city.deps.documents, createDocumentStore(city.folder, { maxBytes }));
  await city.submit(caseNo, { reviewers: ['dept-transport'] });
  city.clock.now = new Date(at('03-01T12:00:00'));
});
afterAll(() => city.stop());

const send = async (who: Who, file: SampleFile | undefined, title?: string) =>
  city.call(who, 'POST', '/v1/documents', await formOf(file, title));
const get = (who: Who, hash: string, content = false) =>
  city.call(who, 'GET', `/v1/documents/${hash}${content ? '/content' : ''}`);
const hashOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const placeOf = (hash: string) => join(city.folder, hash.slice(7, 9), hash.slice(7));
const files = async (): Promise<string[]> => {
  const found = await readdir(city.folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
};
const link = (hash: string, number = caseNo, by = 'merchant-1') =>
  sql`insert into document_link (jurisdiction, case_no, hash, role, organisation, linked_at)
    values ('zhongwei', ${number}, ${hash}, 'application', ${by}, ${new Date(at('03-01T12:00:00'))})`.execute(
    city.db,
  );

describe('an upload', () => {
  it.each(sampleKinds)('%s is taken, described and given back byte for byte', async (kind) => {
    const file = sampleFile(kind);
    const answer = await send(merchant, file, '数据安全管理制度');
    expect([answer.statusCode, answer.json()]).toMatchObject([
      201,
      {
        hash: hashOf(file.bytes),
        bytes: file.bytes.length,
        title: '数据安全管理制度',
        uploadedBy: 'merchant-1',
      },
    ]);
    expect(answer.headers['location']).toBe(`/v1/documents/${hashOf(file.bytes)}`);
    expect((await get(merchant, hashOf(file.bytes))).json()).toMatchObject({
      state: 'present',
      mediaType: file.type,
      fileName: file.name,
    });
    const content = await get(merchant, hashOf(file.bytes), true);
    expect(content.rawPayload).toEqual(file.bytes);
    expect(content.headers).toMatchObject({
      'content-type': file.type,
      'content-length': String(file.bytes.length),
      'content-disposition': `attachment; filename="__.${kind}"; filename*=UTF-8''%E6%9D%90%E6%96%99.${kind}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
  });

  it('the same bytes by the same body again answer the same, and are one event; by another body they are its own', async () => {
    const file = sampleFile('pdf', 'twice');
    const hash = hashOf(file.bytes);
    const first = (await send(merchant, file, '甲')).json();
    expect((await send(merchant, { ...file, name: '乙.pdf' }, '乙')).json()).toEqual(first);
    const both = await Promise.all([send(rival, file, '丙'), send(rival, file, '丙')]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    expect((await get(rival, hash)).json()).toMatchObject({ title: '丙', uploadedBy: 'merchant-2' });
    const { rows } = await sql<{ aggregateid: string; payload: object }>`
      select aggregateid, payload from outbox where type = 'document.uploaded.v1'
        and payload->>'document' = ${hash} order by seq`.execute(city.db);
    const payload = { document: hash, bytes: file.bytes.length, mediaType: 'pdf' };
    expect(rows).toEqual([
      { aggregateid: `zhongwei:merchant-1:${hash}`, payload },
      { aggregateid: `zhongwei:merchant-2:${hash}`, payload },
    ]);
    expect((await files()).filter((name) => name === hash.slice(7))).toHaveLength(1);
  });

  it('without a title is called as its file; a list in GB18030 is text', async () => {
    const bytes = Buffer.from('c4bfc2bc2cca fdc1bf0a'.replaceAll(' ', ''), 'hex'); // 目录,数量
    const answer = await send(merchant, { name: '目录.csv', type: 'application/vnd.ms-excel', bytes });
    expect([answer.statusCode, answer.json()]).toMatchObject([
      201,
      { title: '目录.csv', mediaType: 'text/csv' },
    ]);
  });

  it.each<[string, SampleFile | undefined, number, string, string | null]>([
    ['no file', undefined, 422, 'documentFileMissing', null],
    ['an empty file', { ...sampleFile('pdf'), bytes: Buffer.alloc(0) }, 422, 'documentEmpty', null],
    [
      'a page',
      { name: 'a.html', type: 'text/html', bytes: Buffer.from('<p>') },
      415,
      'documentTypeNotAllowed',
      null,
    ],
    [
      'a program',
      { name: 'a.exe', type: 'application/octet-stream', bytes: Buffer.from('MZ') },
      415,
      'documentTypeNotAllowed',
      null,
    ],
    ['a name without ending', { ...sampleFile('pdf'), name: 'pdf' }, 415, 'documentTypeNotAllowed', null],
    [
      'a name of another type than declared',
      { ...sampleFile('pdf'), name: 'a.png' },
      422,
      'documentTypeDiffers',
      '/body/file/mediaType',
    ],
    [
      'a picture called PDF',
      { ...sampleFile('pdf'), bytes: sampleFile('png').bytes },
      422,
      'documentTypeDiffers',
      '/body/file/content',
    ],
    [
      'words called PDF',
      { ...sampleFile('pdf'), bytes: Buffer.from('PDF') },
      422,
      'documentTypeDiffers',
      null,
    ],
    [
      'a spreadsheet called DOCX',
      { ...sampleFile('docx'), bytes: sampleFile('xlsx').bytes },
      422,
      'documentTypeDiffers',
      null,
    ],
    [
      'a zip called OFD',
      { ...sampleFile('ofd'), bytes: zipOf({ 'a/OFD.xml': 'x' }) },
      422,
      'documentTypeDiffers',
      null,
    ],
    [
      'a zip called OFD, cut off',
      { ...sampleFile('ofd'), bytes: sampleFile('ofd').bytes.subarray(0, -30) },
      422,
      'documentTypeDiffers',
      null,
    ],
    [
      'a zip called DOCX, cut off',
      { ...sampleFile('docx'), bytes: sampleFile('docx').bytes.subarray(0, 40) },
      422,
      'documentTypeDiffers',
      null,
    ],
    [
      'a PDF called TXT',
      { ...sampleFile('txt'), bytes: sampleFile('pdf').bytes },
      422,
      'documentTypeDiffers',
      null,
    ],
    [
      'controls in a text',
      { ...sampleFile('txt'), bytes: Buffer.from('a\u0007b') },
      422,
      'documentTypeDiffers',
      null,
    ],
    ['NUL in a list', { ...sampleFile('csv'), bytes: Buffer.from('a\0b') }, 422, 'documentTypeDiffers', null],
    [
      'neither UTF-8 nor GB18030',
      { ...sampleFile('csv'), bytes: Buffer.from([0x61, 0xff, 0x0a]) },
      422,
      'documentTypeDiffers',
      null,
    ],
    [
      'one byte too many',
      { ...sampleFile('pdf'), bytes: Buffer.concat([sampleFile('pdf').bytes, Buffer.alloc(maxBytes)]) },
      413,
      'documentTooLarge',
      null,
    ],
    [
      'a name with controls',
      { ...sampleFile('pdf'), name: 'a\u0007.pdf' },
      400,
      'invalidRequest',
      '/body/file/fileName',
    ],
    [
      'a name of 300 letters',
      { ...sampleFile('pdf'), name: `${'a'.repeat(300)}.pdf` },
      400,
      'invalidRequest',
      '/body/file/fileName',
    ],
  ])('%s is refused, and leaves nothing', async (_name, file, status, code, pointer) => {
    const before = [(await files()).sort(), await city.count('document'), await city.count('outbox')];
    const answer = await send(merchant, file);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    if (pointer) expect(answer.json().errors).toMatchObject([{ pointer }]);
    expect([(await files()).sort(), await city.count('document'), await city.count('outbox')]).toEqual(
      before,
    );
  });

  it.each<[string, string | undefined, string, number, string]>([
    ['no form', 'application/json', '{}', 415, 'unsupportedMediaType'],
    ['no type at all', undefined, '', 415, 'unsupportedMediaType'],
    ['a form without boundary', 'multipart/form-data', 'x', 400, 'documentIncomplete'],
    [
      'a form that breaks off',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4',
      400,
      'documentIncomplete',
    ],
    [
      'two files',
      'multipart/form-data; boundary=b',
      ['a', 'b']
        .map(
          (name) =>
            `--b\r\nContent-Disposition: form-data; name="${name}"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\r\n`,
        )
        .join('') + '--b--\r\n',
      400,
      'invalidRequest',
    ],
    [
      'a part that nobody knows',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nx\r\n--b--\r\n',
      400,
      'invalidRequest',
    ],
    [
      'a part named like an object’s own',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\nx\r\n--b--\r\n',
      400,
      'documentIncomplete',
    ],
    [
      'a title of two lines',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\na\nb\r\n--b--\r\n',
      400,
      'invalidRequest',
    ],
  ])('%s is refused, and leaves nothing', async (_name, type, payload, status, code) => {
    const before = (await files()).sort();
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    const answer = await city.call(merchant, 'POST', '/v1/documents', { body: payload, headers });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect((await files()).sort()).toEqual(before);
  });

  it('a path in its name is not followed', async () => {
    const form =
      '--b\r\nContent-Disposition: form-data; name="file"; filename="../../../etc/cron.d/a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4 path\r\n--b--\r\n';
    const answer = await city.call(merchant, 'POST', '/v1/documents', {
      body: form,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    expect([answer.statusCode, answer.json().fileName]).toEqual([201, 'a.pdf']);
    expect(await files()).toContain(hashOf(Buffer.from('%PDF-1.4 path')).slice(7));
  });

  it('is for who has a body: nobody without a token, no auditor, no bureau without its body', async () => {
    const statuses = await Promise.all(
      [null, auditor, { roles: ['bureau'], jurisdiction: 'zhongwei' } as const].map(
        async (who) => (await send(who, sampleFile('pdf', 'nobody'))).statusCode,
      ),
    );
    expect(statuses).toEqual([401, 403, 403]);
    expect(await files()).not.toContain(hashOf(sampleFile('pdf', 'nobody').bytes).slice(7));
  });
});

describe('over a real connection', () => {
  let port: number;
  beforeAll(async () => {
    await city.app.listen({ port: 0, host: '127.0.0.1' });
    port = (city.app.server.address() as AddressInfo).port;
  });
  const tokenOf = async () => (await city.tokens.bearer(merchant)) as string;

  it('what is too large is told while it is still being sent, and nothing is left', async () => {
    const before = (await files()).sort();
    const form = await formOf({ ...sampleFile('pdf'), bytes: randomBytes(8 * maxBytes) });
    const answer = await fetch(`http://127.0.0.1:${port}/v1/documents`, {
      method: 'POST',
      headers: { ...form.headers, authorization: await tokenOf() },
      body: new Uint8Array(form.body),
    });
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'documentTooLarge' }]);
    expect((await files()).sort()).toEqual(before);
  });

  it('a client that goes away half-way leaves nothing', async () => {
    const before = (await files()).sort();
    const { body, headers } = await formOf({ ...sampleFile('pdf'), bytes: randomBytes(maxBytes / 2) });
    const socket = connectTcp(port, '127.0.0.1');
    socket.write(
      `POST /v1/documents HTTP/1.1\r\nhost: x\r\nauthorization: ${await tokenOf()}\r\ncontent-type: ${headers['content-type']}\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    socket.write(body.subarray(0, body.length / 2));
    await until(async () => (await files()).some((name) => name.endsWith('.part')));
    socket.destroy();
    await until(async () => (await files()).every((name) => !name.endsWith('.part')));
    expect((await files()).sort()).toEqual(before);
  });
});

/** Asks again until it holds, for five seconds. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + 5_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise((go) => setTimeout(go, 10));
  }
};

describe('a document is read by exactly the bodies that handle what it was filed with', () => {
  const statuses = async (hash: string, ...whos: Who[]) =>
    Promise.all(
      whos.map(async (who) => {
        const [metadata, content] = [await get(who, hash), await get(who, hash, true)];
        expect(content.statusCode).toBe(metadata.statusCode);
        return metadata.statusCode;
      }),
    );
  const everybody: Who[] = [merchant, zhongwei.operator, zhongwei.department, zhongwei.bureau, auditor];
  const strangers: Who[] = [
    rival,
    zhongwei.other,
    zhongwei.county,
    wuhai.bureau,
    merchantOf('merchant-1', 'wuhai'),
  ];

  it('filed with nothing it is its uploader’s alone', async () => {
    const hash = await city.upload(merchant, sampleFile('pdf', 'unfiled'));
    expect(await statuses(hash, ...everybody)).toEqual([200, 404, 404, 404, 404]);
    expect(await statuses(hash, ...strangers)).toEqual([404, 404, 404, 404, 404]);
  });

  it('filed with a case it is read by those who handle the case, the bureau and the auditor of the city', async () => {
    const hash = await city.upload(merchant, sampleFile('pdf', 'filed'), '进驻说明');
    await link(hash);
    expect(await statuses(hash, ...everybody)).toEqual([200, 200, 200, 200, 200]);
    expect(await statuses(hash, ...strangers)).toEqual([404, 404, 404, 404, 404]);
    expect((await get(null, hash)).statusCode).toBe(401);
    expect((await get(zhongwei.operator, hash)).json()).toMatchObject({ title: '进驻说明' });
  });

  it('another body’s upload of the same bytes shows nobody the words of the first', async () => {
    const hash = await city.upload(merchant, sampleFile('pdf', 'same'), '甲的标题');
    await city.upload(rival, sampleFile('pdf', 'same'), '乙的标题');
    await link(hash);
    expect((await get(rival, hash)).json()).toMatchObject({ title: '乙的标题', uploadedBy: 'merchant-2' });
    expect((await get(zhongwei.operator, hash)).json()).toMatchObject({ title: '甲的标题' });
  });

  it.each([`sha256:${'0'.repeat(64)}`])('one that is not on record is not found', async (hash) => {
    expect(await statuses(hash, ...everybody)).toEqual([404, 404, 404, 404, 404]);
  });

  it.each([
    '..%2F..%2Fetc%2Fpasswd',
    'sha256:abc',
    `sha256:${'A'.repeat(64)}`,
    '%00',
    `sha256%3A${'0'.repeat(63)}%2F`,
  ])('an address that is no hash is refused: %s', async (hash) => {
    expect([400, 404]).toContain((await get(merchant, hash)).statusCode);
    expect([400, 404]).toContain((await get(merchant, hash, true)).statusCode);
  });
});

describe('missing or altered is said on the document and on the case', () => {
  const stateOnCase = async (hash: string) => {
    const { documents } = (await city.call(zhongwei.operator, 'GET', `/v1/applications/${caseNo}`)).json();
    return documents.find((one: { hash: string }) => one.hash === hash)?.state;
  };

  it.each([
    {
      name: 'removed on disk',
      act: (place: string) => rm(place),
      state: 'missing',
      status: 410,
      code: 'documentMissing',
    },
    {
      name: 'altered on disk',
      act: (place: string) => writeFile(place, 'forged'),
      state: 'altered',
      status: 409,
      code: 'documentAltered',
    },
  ])('$name', async ({ name, act, state, status, code }) => {
    const file = sampleFile('pdf', name);
    const hash = await city.upload(merchant, file, '制度');
    await link(hash);
    expect(await stateOnCase(hash)).toBe('present');
    await act(placeOf(hash));
    expect(await stateOnCase(hash)).toBe(state);
    expect((await get(zhongwei.operator, hash)).json()).toMatchObject({ state });
    const refused = await get(zhongwei.operator, hash, true);
    expect([refused.statusCode, refused.json().code]).toEqual([status, code]);
    await city.upload(merchant, file);
    expect(await stateOnCase(hash)).toBe('present');
    expect((await get(zhongwei.operator, hash, true)).rawPayload).toEqual(file.bytes);
  });

  it('the case tells titles to those who handle it, and the rest to an auditor', async () => {
    const hash = await city.upload(merchant, sampleFile('pdf', 'titled'), '安全评估报告');
    await link(hash);
    const listed = async (who: Who) => {
      const { documents } = (await city.call(who, 'GET', `/v1/applications/${caseNo}`)).json();
      return documents.find((one: { hash: string }) => one.hash === hash);
    };
    expect(await listed(merchant)).toMatchObject({
      title: '安全评估报告',
      role: 'application',
      filedBy: 'merchant-1',
    });
    expect(await listed(auditor)).toMatchObject({ title: null, state: 'present' });
  });

  it('no title and no file name is in an event or an audit entry', async () => {
    await city.upload(merchant, { ...sampleFile('pdf', 'planted'), name: '张三身份证.pdf' }, '李四的授权书');
    const { rows } = await sql<{ all: string }>`
      select coalesce(string_agg(payload::text, ' '), '') || (select string_agg(a::text, ' ') from audit_entry a) as all
      from outbox`.execute(city.db);
    expect(rows[0]?.all).toContain('document.uploaded.v1');
    expect(rows[0]?.all).not.toMatch(/张三|李四|授权书/);
  });
});
