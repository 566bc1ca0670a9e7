// S4: files beside a complaint, chosen without script: bounded, refused plainly by name, nothing lost of what was written.
import { sql } from 'kysely';
import { type Portal, startPortal, tokenOf } from '../support/portal.ts';

const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>'{{7*7}}\u202e&lt;`;
let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({ lawNow: async () => new Date('2024-03-07T10:00:00+08:00') });
}, 60_000);
afterAll(() => portal?.stop());

const form = async (path = '/zhongwei/complaints/new') => tokenOf((await portal.page(path)).body);
const complaint = (token: string, change: Record<string, string> = {}) => ({
  ...{ token, about: 'fees', text: '运营机构多收了服务费，请调查处理。', who: 'anonymous' },
  ...change,
});
let address = 0;
/** Somebody else each time, so that nobody is taken for a flood. */
const from = () => {
  address += 1;
  return { 'x-forwarded-for': `203.0.113.${address}` };
};

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

  const large = Buffer.concat([pdf, Buffer.alloc(300 * 1024)]);
  it.each<[string, readonly Part[], RegExp]>([
    ['too large', [['照片.jpg', large, 'image/jpeg']], /照片\.jpg 超过 200 KB/],
    ['far too large', [['录像.pdf', Buffer.alloc(6_000_000), 'application/pdf']], /录像\.pdf 超过 200 KB/],
    ['of another kind', [['x.exe', Buffer.from('MZ'), 'application/x-msdownload']], /x\.exe 不是 PDF/],
    ['no file of its kind', [['x.pdf', Buffer.from('MZ__'), 'application/pdf']], /附件|文件/],
    ['too many', Array.from({ length: 4 }, (): Part => ['a.pdf', pdf, 'application/pdf']), /最多 3 个/],
    ['of a hostile name', [[evil.replaceAll('"', ''), Buffer.from('MZ'), 'text/html']], /不是 PDF/],
  ])('%s: refused at the field, nothing of what was written is lost', async (_name, files, says) => {
    const fields = complaint(await form(), { who: 'named', name: '某甲', contact: '0955-7000000' });
    const { statusCode, body } = await send(fields, files);
    expect(statusCode).toBe(422);
    expect(body).toContain('id="f-attachments-error"');
    expect(body).toMatch(says);
    for (const written of [fields.text, '某甲', '0955-7000000']) expect(body).toContain(written);
    expect(body).not.toMatch(/<script|<img src=x/);
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
      async () =>
        send(complaint(await form()), [['a.pdf', Buffer.alloc(17 * 1024 * 1024), 'application/pdf']]),
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
    const { statusCode, headers } = await sending();
    expect([statusCode, headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
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
    expect([refused.statusCode, /照片\.jpg 超过 200 KB/.test(refused.body)]).toEqual([422, true]);
    expect(refused.body).toContain(given.text);
    const supplied = await send(given, [['收据.pdf', pdf, 'application/pdf']], '/zhongwei/complaints/acts');
    expect([supplied.statusCode, /回执校验值/.test(supplied.body)]).toEqual([200, true]);
    expect(await kept(number)).toEqual([{ media_type: 'application/pdf', content: pdf }]);
  });
});
