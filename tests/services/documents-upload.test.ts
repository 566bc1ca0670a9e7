import { sql } from 'kysely';
import { type SampleFile, sampleFile, sampleKinds, zipOf } from '../support/documents.ts';
import { auditor, hashOf, maxBytes, merchant, rival, startDocuments } from './documents-support.ts';

jest.setTimeout(60_000);
let city: Awaited<ReturnType<typeof startDocuments>>;
beforeAll(async () => {
  city = await startDocuments();
});
afterAll(() => city.stop());

describe('an upload', () => {
  it.each(sampleKinds)('%s is taken, described and given back byte for byte', async (kind) => {
    const file = sampleFile(kind);
    const answer = await city.send(merchant, file, '数据安全管理制度');
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
    expect((await city.get(merchant, hashOf(file.bytes))).json()).toMatchObject({
      state: 'present',
      mediaType: file.type,
      fileName: file.name,
    });
    const content = await city.get(merchant, hashOf(file.bytes), true);
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
    const first = (await city.send(merchant, file, '甲')).json();
    expect((await city.send(merchant, { ...file, name: '乙.pdf' }, '乙')).json()).toEqual(first);
    const both = await Promise.all([city.send(rival, file, '丙'), city.send(rival, file, '丙')]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    expect((await city.get(rival, hash)).json()).toMatchObject({ title: '丙', uploadedBy: 'merchant-2' });
    const { rows } = await sql<{ aggregateid: string; payload: object }>`
      select aggregateid, payload from outbox where type = 'document.uploaded.v1'
        and payload->>'document' = ${hash} order by seq`.execute(city.db);
    const payload = { document: hash, bytes: file.bytes.length, mediaType: 'pdf' };
    expect(rows).toEqual([
      { aggregateid: `zhongwei:merchant-1:${hash}`, payload },
      { aggregateid: `zhongwei:merchant-2:${hash}`, payload },
    ]);
    expect((await city.files()).filter((name) => name === hash.slice(7))).toHaveLength(1);
  });

  it('without a title is called as its file; a list in GB18030 is text', async () => {
    const bytes = Buffer.from('c4bfc2bc2cca fdc1bf0a'.replaceAll(' ', ''), 'hex'); // 目录,数量
    const answer = await city.send(merchant, { name: '目录.csv', type: 'application/vnd.ms-excel', bytes });
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
    const before = [await city.files(), await city.count('document'), await city.count('outbox')];
    const answer = await city.send(merchant, file);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    const pointers = answer.json().errors?.map((error: { pointer: string }) => error.pointer) ?? [];
    expect(pointers).toEqual(expect.arrayContaining(pointer === null ? [] : [pointer]));
    expect([await city.files(), await city.count('document'), await city.count('outbox')]).toEqual(before);
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
    const before = await city.files();
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    const answer = await city.call(merchant, 'POST', '/v1/documents', { body: payload, headers });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(await city.files()).toEqual(before);
  });

  it('a path in its name is not followed', async () => {
    const form =
      '--b\r\nContent-Disposition: form-data; name="file"; filename="../../../etc/cron.d/a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4 path\r\n--b--\r\n';
    const answer = await city.call(merchant, 'POST', '/v1/documents', {
      body: form,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    expect([answer.statusCode, answer.json().fileName]).toEqual([201, 'a.pdf']);
    expect(await city.files()).toContain(hashOf(Buffer.from('%PDF-1.4 path')).slice(7));
  });

  it('is for who has a body: nobody without a token, no auditor, no bureau without its body', async () => {
    const statuses = await Promise.all(
      [null, auditor, { roles: ['bureau'], jurisdiction: 'zhongwei' } as const].map(
        async (who) => (await city.send(who, sampleFile('pdf', 'nobody'))).statusCode,
      ),
    );
    expect(statuses).toEqual([401, 403, 403]);
    expect(await city.files()).not.toContain(hashOf(sampleFile('pdf', 'nobody').bytes).slice(7));
  });
});
