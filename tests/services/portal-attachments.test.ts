// S4: files beside a complaint, chosen without script: bounded, refused plainly by name, nothing lost of what was written.
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { PassThrough } from 'node:stream';
import { folderPrefix } from '@gongshu/service-disclosure/html/upload-folder';
import { fewLargeBodies } from '@gongshu/service-disclosure/large-bodies';
import { sql } from 'kysely';
import { type Portal, startPortal, tokenOf } from '../support/portal.ts';
import { complaint, evil, stranger as from } from '../support/public-forms.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({ lawNow: async () => new Date('2024-03-07T10:00:00+08:00') });
}, 60_000);
afterAll(() => portal?.stop());

const form = async (path = '/zhongwei/complaints/new') => tokenOf((await portal.page(path)).body);

describe('attachments of a complaint, chosen in the form', () => {
  const pdf = Buffer.from('%PDF-1.4 收据');
  type Part = [name: string, bytes: Buffer, type: string];
  const send = (
    fields: Record<string, string>,
    files: readonly Part[],
    path = '/zhongwei/complaints/new',
    { headers = from(), field = 'attachments' } = {},
  ) => {
    const parts: Uint8Array[] = Object.entries(fields).map(([name, value]) =>
      Buffer.from(`--b0\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
    );
    for (const [name, bytes, type] of files)
      parts.push(
        Buffer.from(
          `--b0\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
        ),
        bytes,
        Buffer.from('\r\n'),
      );
    return portal.app.inject({
      ...{ method: 'POST', url: path, payload: Buffer.concat([...parts, Buffer.from('--b0--\r\n')]) },
      headers: { accept: 'text/html', 'content-type': 'multipart/form-data; boundary=b0', ...headers },
    });
  };
  const kept = async (number: string) =>
    (
      await sql<{ media_type: string; content: Buffer }>`
        select media_type, content from complaint_attachment where case_no = ${number}`.execute(portal.db)
    ).rows;

  it('are kept with it; no file chosen is none; the form sent again is the same complaint', async () => {
    const fields = complaint(await form());
    const who = { headers: from() };
    const files: Part[] = [['收据.pdf', pdf, 'application/pdf']];
    const first = await send(fields, files, undefined, who);
    expect([first.statusCode, (await send(fields, files, undefined, who)).statusCode]).toEqual([202, 202]);
    const [, number = ''] = /(\d{6}-TS-\d{4}-\d{6})/.exec(first.body) ?? [];
    expect(await kept(number)).toEqual([{ media_type: 'application/pdf', content: pdf }]);
    const none = await send(complaint(await form()), [['', Buffer.alloc(0), 'application/octet-stream']]);
    expect(none.statusCode).toBe(202);
    expect(await kept(/(\d{6}-TS-\d{4}-\d{6})/.exec(none.body)?.[1] ?? '')).toEqual([]);
  });

  const mib = 1024 * 1024;
  /** A file of its kind, of so many bytes, unlike any other. */
  const sized = (bytes: number, n = 0) => Buffer.concat([pdf, Buffer.alloc(bytes - pdf.length, n)]);
  const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(folderPrefix));
  const large = sized(5 * mib + 1);
  const photo = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(4 * mib, 7)]);

  it('photographs and scans up to the bound are taken whole, from the disk, which is empty afterwards', async () => {
    const before = folders();
    const files: Part[] = [
      ['照片.jpg', photo, 'image/jpeg'],
      ['扫描件.pdf', sized(5 * mib), 'application/pdf'],
      ...[1, 2, 3].map((n): Part => [`${n}.pdf`, sized(mib, n), 'application/pdf']),
    ];
    const { statusCode, body } = await send(complaint(await form()), files);
    expect(statusCode).toBe(202);
    const rows = await kept(/(\d{6}-TS-\d{4}-\d{6})/.exec(body)?.[1] ?? '');
    expect(rows.map(({ content }) => content.length).toSorted((a, b) => a - b)).toEqual([
      ...[mib, mib, mib, photo.length, 5 * mib],
    ]);
    expect(rows.some(({ content }) => content.equals(photo))).toBe(true);
    expect(folders()).toEqual(before);
  });

  it.each<[string, readonly Part[], RegExp]>([
    ['too large', [['照片.jpg', large, 'image/jpeg']], /照片\.jpg 超过 5 MB/],
    ['far too large', [['录像.pdf', Buffer.alloc(30 * mib), 'application/pdf']], /录像\.pdf 超过 5 MB/],
    [
      'too large together',
      [1, 2, 3, 4].map((n): Part => [`${n}.pdf`, sized(4 * mib, n), 'application/pdf']),
      /合计超过 15 MB/,
    ],
    ['of another kind', [['x.exe', Buffer.from('MZ'), 'application/x-msdownload']], /x\.exe 不是 PDF/],
    ['no file of its kind', [['x.pdf', Buffer.from('MZ__'), 'application/pdf']], /附件|文件/],
    ['too many', Array.from({ length: 6 }, (): Part => ['a.pdf', pdf, 'application/pdf']), /最多 5 个/],
    ['of a hostile name', [[evil.replaceAll('"', ''), Buffer.from('MZ'), 'text/html']], /不是 PDF/],
  ])('%s: refused at the field, nothing of what was written is lost', async (_name, files, says) => {
    const before = folders();
    const fields = complaint(await form(), { who: 'named', name: '某甲', contact: '0955-7000000' });
    const { statusCode, body } = await send(fields, files);
    expect(statusCode).toBe(422);
    expect(body).toContain('id="f-attachments-error"');
    expect(body).toMatch(says);
    for (const written of [fields.text, '某甲', '0955-7000000']) expect(body).toContain(written);
    expect(body).not.toMatch(/<script|<img src=x/);
    expect(folders()).toEqual(before);
    expect((await send({ ...fields, token: tokenOf(body) }, [])).statusCode).toBe(202);
  });

  it('are to be chosen again where something else is wrong, by name', async () => {
    const { statusCode, body } = await send(complaint(await form(), { text: '短' }), [
      ['收据.pdf', pdf, 'application/pdf'],
    ]);
    expect([statusCode, /收据\.pdf 请重新选择/.test(body)]).toEqual([400, true]);
  });

  it.each<[string, () => ReturnType<typeof send>, number]>([
    [
      'larger than any form',
      async () => send(complaint(await form()), [['a.pdf', Buffer.alloc(65 * mib), 'application/pdf']]),
      413,
    ],
    [
      'with more words than any form',
      async () => send(complaint(await form(), { x: '长'.repeat(40_000) }), []),
      413,
    ],
    [
      'with a NUL character',
      async () => send(complaint(await form(), { text: '十个字以上的内容在这里了\u0000' }), []),
      400,
    ],
    [
      'with a field that reaches into objects',
      async () => send(complaint(await form(), { constructor: 'x' }), []),
      400,
    ],
    [
      'with eleven files',
      async () =>
        send(
          complaint(await form()),
          Array.from({ length: 11 }, (): Part => ['a.pdf', pdf, 'application/pdf']),
        ),
      413,
    ],
    ['without its token', async () => send(complaint(''), []), 400],
  ])('a form %s is refused as a page', async (_name, sending, status) => {
    const before = folders();
    const { statusCode, headers } = await sending();
    expect([statusCode, headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
    expect(folders()).toEqual(before);
  });

  it('a form that takes no files takes none', async () => {
    const answer = await send({ number: 'x', code: 'y' }, [], '/zhongwei/complaints/status');
    expect(answer.statusCode).toBe(415);
  });

  it('can be supplied when something was asked back; what silence brings about is told beside its limit', async () => {
    const first = await portal.post('/zhongwei/complaints/new', complaint(await form()), from());
    const [, number = ''] = /(\d{6}-TS-\d{4}-\d{6})/.exec(first.body) ?? [];
    const [, code = ''] = /([2-9A-Z]{4}(?:-[2-9A-Z]{4}){3})/.exec(first.body) ?? [];
    const reading = (key: string) => JSON.stringify([{ key, lastDay: '2024-03-14' }]);
    for (const [key, told] of [
      ['acceptance', true],
      ['answer', false],
    ] as const) {
      await sql`update procedure set readings = ${reading(key)}::jsonb where case_no = ${number}`.execute(
        portal.db,
      );
      const page = await portal.post('/zhongwei/complaints/status', { number, code }, from());
      expect([key, /2024年3月14日/.test(page.body), /视为自收到之日起受理/.test(page.body)]).toEqual([
        ...[key, true, told],
      ]);
    }
    const waits = JSON.stringify([{ role: 'public', act: 'supplyFacts' }]);
    await sql`update procedure set waits_for = ${waits}::jsonb where case_no = ${number}`.execute(portal.db);
    const asked = await portal.post('/zhongwei/complaints/status', { number, code }, from());
    expect(asked.body).toContain('enctype="multipart/form-data"');
    expect(asked.body).toContain('name="attachments"');
    const given = {
      token: tokenOf(asked.body),
      number,
      code,
      kind: 'supplyFacts',
      text: '三月一日上午九时，附收据。',
    };
    const refused = await send(given, [['照片.jpg', large, 'image/jpeg']], '/zhongwei/complaints/acts');
    expect([refused.statusCode, /照片\.jpg 超过 5 MB/.test(refused.body)]).toEqual([422, true]);
    expect(refused.body).toContain(given.text);
    const supplied = await send(given, [['收据.pdf', pdf, 'application/pdf']], '/zhongwei/complaints/acts');
    expect([supplied.statusCode, /回执校验值/.test(supplied.body)]).toEqual([200, true]);
    expect(await kept(number)).toEqual([{ media_type: 'application/pdf', content: pdf }]);
  });
});

describe('attachments of a complaint over REST', () => {
  const mib = 1024 * 1024;
  const file = (bytes: number, n = 0) => ({
    mediaType: 'application/pdf',
    content: Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(bytes - 5, n)]).toString('base64'),
  });
  const given = (attachments: readonly object[]) => ({
    ...{ jurisdiction: 'zhongwei', about: 'fees', text: '运营机构多收了服务费，请调查处理。' },
    attachments,
  });
  let calls = 0;
  const complain = (attachments: readonly object[]) => {
    calls += 1;
    return portal.app.inject({
      ...{ method: 'POST', url: '/v1/complaints', payload: given(attachments) },
      headers: { 'idempotency-key': `attachments-${calls}`, ...from() },
    });
  };
  it.each<[string, readonly object[], number, string]>([
    ['five of three MiB', [1, 2, 3, 4, 5].map((n) => file(3 * mib, n)), 202, expect.any(String)],
    ['one of five MiB', [file(5 * mib)], 202, expect.any(String)],
    ['one byte more', [file(5 * mib + 3)], 400, 'invalidRequest'],
    [
      'a byte more together',
      [1, 2, 3].map((n) => file(5 * mib, n)).concat(file(6)),
      422,
      'attachmentsTooLarge',
    ],
    ['six', Array.from({ length: 6 }, (_, n) => file(10, n)), 400, 'invalidRequest'],
    ['more than any body', Array.from({ length: 5 }, (_, n) => file(5 * mib, n)), 413, 'bodyTooLarge'],
    [
      'no base64',
      [{ mediaType: 'application/pdf', content: `${'A'.repeat(2 * mib)}*` }],
      400,
      'invalidRequest',
    ],
    ['of another kind', [{ ...file(2 * mib), mediaType: 'image/png' }], 422, 'attachmentUnreadable'],
  ])('%s', async (_name, attachments, status, code) => {
    const answer = await complain(attachments);
    expect([answer.statusCode, answer.json<{ code?: string }>().code]).toEqual([status, code]);
  });

  it('large ones are few at a time, and the place is free again when each has been answered', async () => {
    for (let n = 0; n < 6; n += 1) expect((await complain([file(2 * mib, n)])).statusCode).toBe(202);
    const many = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => complain([file(2 * mib, n + 10)])));
    expect(many.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
      ...[202, 202, 202, 202, 503, 503],
    ]);
    expect((await complain([file(2 * mib, 20)])).statusCode).toBe(202);
  });

  it('sabotage: a gate that lets everybody in refuses nobody', async () => {
    const reply = { header: () => undefined, raw: { once: () => undefined } } as never;
    const large = (ip: string) => ({ ip, headers: { 'content-length': String(2 * mib) } }) as never;
    const body = () => new PassThrough().end('{}');
    const endless = { most: Infinity, mostOfOne: Infinity, windowMs: 60_000, windowBytes: 0 };
    const open = fewLargeBodies(endless);
    for (let n = 0; n < 20; n += 1) (await open(large('a'), reply, body())).destroy();
    const few = fewLargeBodies({ ...endless, most: 2, mostOfOne: 1 });
    (await few(large('a'), reply, body())).destroy();
    for (let n = 0; n < 5; n += 1)
      await expect(few(large('a'), reply, body())).rejects.toMatchObject({ code: 'tooManyRequests' });
    (await few(large('b'), reply, body())).destroy(); // who was refused was not counted
    await expect(few(large('c'), reply, body())).rejects.toMatchObject({ code: 'unavailable' });
    const unsaid = { ip: 'd', headers: {} } as never;
    await expect(few(unsaid, reply, body())).rejects.toMatchObject({ code: 'unavailable' });
    const small = { ip: 'a', headers: { 'content-length': '9' } } as never;
    await expect(few(small, reply, body())).resolves.toBeDefined();
  });

  describe('a client that announces large bodies and sends nothing', () => {
    const sockets: Socket[] = [];
    afterAll(() => sockets.forEach((one) => one.destroy()));
    /** What the server said to it, whenever it said something. */
    const stalled = (port: number, ip: string, key: number): Promise<string> => {
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      socket.write(
        `POST /v1/complaints HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-forwarded-for: ${ip}\r\n` +
          `idempotency-key: stalled-${key}\r\ncontent-length: ${10 * mib}\r\n\r\n`,
      );
      return new Promise((said) => {
        socket.once('data', (bytes: Buffer) => said(bytes.toString()));
        socket.once('error', () => said('gone'));
      });
    };

    it('keeps nobody else out; from many addresses, only until nothing has come for a while', async () => {
      const address = new URL(await portal.app.listen({ port: 0, host: '127.0.0.1' }));
      const port = Number(address.port);
      const one = from()['x-forwarded-for'];
      const held = [stalled(port, one, 1), stalled(port, one, 2)];
      await new Promise((later) => setTimeout(later, 200));
      const refused = await Promise.all([stalled(port, one, 3), stalled(port, one, 4)]);
      for (const said of refused) {
        expect(said).toMatch(/^HTTP\/1.1 429 /);
        expect(said).toMatch(/retry-after: 5/i);
        expect(said).toContain('tooManyRequests');
      }
      expect((await complain([file(2 * mib, 30)])).statusCode).toBe(202); // the honest one, beside it
      held.push(stalled(port, from()['x-forwarded-for'], 5), stalled(port, from()['x-forwarded-for'], 6));
      await new Promise((later) => setTimeout(later, 200));
      expect((await complain([file(2 * mib, 31)])).statusCode).toBe(503);
      for (const said of await Promise.all(held)) expect(said).toMatch(/^HTTP\/1.1 408 [^]*requestTimeout/);
      await new Promise((later) => setTimeout(later, 100));
      expect((await complain([file(2 * mib, 32)])).statusCode).toBe(202);
    }, 20_000);
  });
});
