// Bad input: hostile HTML in every public field, oversize, floods, forms sent twice: neutralised or refused, told plainly.
import { sql } from 'kysely';
import { type Portal, startPortal, tokenOf } from '../support/portal.ts';
import { complaint, evil, stranger as from } from '../support/public-forms.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({ lawNow: async () => new Date('2024-03-07T10:00:00+08:00') });
}, 60_000);
afterAll(() => portal?.stop());

const form = async (path = '/zhongwei/complaints/new') => tokenOf((await portal.page(path)).body);

describe('hostile HTML', () => {
  it('in every word of every public table is text on every page', async () => {
    for (const [table, column] of [
      ...[
        ['public_body', 'name'],
        ['public_resource', 'title'],
        ['public_resource', 'abstract'],
      ],
      ...[
        ['public_resource', 'provider_name'],
        ['public_resource', 'classification'],
        ['public_resource', 'grade'],
      ],
      ...[
        ['public_product', 'title'],
        ['public_product', 'description'],
        ['public_service_fee', 'title'],
      ],
      ...[
        ['public_publication', 'title_zh'],
        ['public_publication', 'title_en'],
      ],
      ...[
        ['public_report', 'title_zh'],
        ['public_report', 'title_en'],
        ['public_publication', 'article'],
      ],
      ...[
        ['public_mandate', 'instrument'],
        ['public_product', 'registration_code'],
      ],
    ] as [string, string][])
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${evil}`.execute(portal.db);
    const content = JSON.stringify({
      content: {
        [evil]: evil,
        items: [{ name: evil, deep: [{ [evil]: [evil] }] }],
        zh: { zh: evil, en: evil },
      },
    });
    await sql`update public_publication set document = ${content}`.execute(portal.db);
    await sql`update public_report set content = ${JSON.stringify({ [evil]: [[evil], { name: evil, columns: [evil], rows: [[evil]] }] })}`.execute(
      portal.db,
    );
    await sql`update public_resource set fields = ${JSON.stringify([{ name: evil, grade: null }])}`.execute(
      portal.db,
    );
    for (const path of [
      ...['', '/catalog', '/catalog/R-1', '/products', '/products/P-1', '/fees', '/mandates', '/selections'],
      ...['/selections/640500-XZ-2024-000001', '/evaluations', '/reports', '/reports/640500-PL-2024-000001'],
      ...['/notices', '/notices/GB-640500-2024-000001', `/catalog?q=${encodeURIComponent(evil)}`],
      ...[`/verify?number=${encodeURIComponent(evil)}&hash=${encodeURIComponent(evil)}`],
    ])
      for (const language of ['', '/en']) {
        const { statusCode, body } = await portal.page(`${language}/zhongwei${path}`);
        expect([path, statusCode]).toEqual([path, 200]);
        expect(body).not.toMatch(/<script|<img src=x|\u202e/);
      }
    const { body } = await portal.page('/zhongwei/catalog/R-1');
    expect(body).toContain('&#60;script&#62;alert(1)');
  });

  it('in an address, in a form that is drawn again, and in a cookie', async () => {
    const fields = complaint(await form(), {
      text: evil.slice(0, 9),
      about: evil,
      name: evil,
      contact: evil,
    });
    const again = await portal.post('/zhongwei/complaints/new', fields, from());
    expect(again.statusCode).toBe(400);
    const lost = await portal.page(`/zhongwei/catalog/${encodeURIComponent(evil)}`);
    const cookie = await portal.page('/zhongwei', { cookie: `gongshu-size=large"><script>` });
    for (const { body } of [again, lost, cookie]) expect(body).not.toMatch(/<script|<img src=x/);
  });
});

describe('a complaint by the form', () => {
  it('is taken in once, however often the form is sent: the same number, the same code', async () => {
    const fields = complaint(await form());
    const who = from();
    const [first, second] = [
      await portal.post('/zhongwei/complaints/new', fields, who),
      await portal.post('/zhongwei/complaints/new', fields, who),
    ];
    const [, number] = /(\d{6}-TS-\d{4}-\d{6})/.exec(first.body) ?? [];
    const [, code] = /([2-9A-Z]{4}(?:-[2-9A-Z]{4}){3})/.exec(first.body) ?? [];
    expect([first.statusCode, second.statusCode]).toEqual([202, 202]);
    expect(second.body).toContain(number);
    expect(second.body).toContain(code);
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from complainant where case_no = ${number}`.execute(portal.db);
    expect(rows).toEqual([{ n: 1 }]);
    const other = await portal.post(
      '/zhongwei/complaints/new',
      { ...fields, text: '另外一件完全不同的事情。' },
      who,
    );
    expect([other.statusCode, /已经提交过/.test(other.body)]).toEqual([422, true]);
    const asked = await portal.post(
      '/zhongwei/complaints/status',
      { number: number ?? '', code: code ?? '' },
      from(),
    );
    expect([asked.statusCode, /待受理/.test(asked.body)]).toEqual([200, true]);
    for (const wrong of [
      { number: number ?? '', code: 'AAAA-AAAA-AAAA-AAAA' },
      { number: '640500-TS-2024-999999', code: code ?? '' },
    ]) {
      const refused = await portal.post('/zhongwei/complaints/status', wrong, from());
      expect([refused.statusCode, /没有与这组编号和查询码相符/.test(refused.body)]).toEqual([404, true]);
    }
    const elsewhere = await portal.post(
      '/shuozhou/complaints/status',
      { number: number ?? '', code: code ?? '' },
      from(),
    );
    expect(elsewhere.statusCode).toBe(404);
  });

  it('keeps a name beside the complaint alone: no kept answer, no event, no page holds it', async () => {
    const named = complaint(await form(), { who: 'named', name: '欧阳某某', contact: '13900001234' });
    const taken = await portal.post('/zhongwei/complaints/new', named, from());
    expect(taken.statusCode).toBe(202);
    expect(taken.body).not.toMatch(/欧阳某某|13900001234/);
    for (const table of ['idempotency', 'outbox', 'procedure', 'intake']) {
      const { rows } = await sql<{
        line: string;
      }>`select t::text as line from ${sql.table(table)} as t`.execute(portal.db);
      expect(rows.filter(({ line }) => /欧阳某某|13900001234/.test(line))).toEqual([]);
    }
    const { rows } = await sql<{ name: string }>`select name from complainant where name is not null`.execute(
      portal.db,
    );
    expect(rows).toEqual([{ name: '欧阳某某' }]);
  });

  it('is drawn again with its words where something is missing, each error leading to its field', async () => {
    const answer = await portal.post(
      '/zhongwei/complaints/new',
      complaint(await form(), { who: 'named', text: '短' }),
      from(),
    );
    expect(answer.statusCode).toBe(400);
    for (const part of [
      'role="alert"',
      'href="#f-text"',
      'href="#f-name"',
      'href="#f-contact"',
      'aria-invalid="true"',
      '>短</textarea>',
    ])
      expect(answer.body.replaceAll(/>\s+短/g, '>短')).toContain(part);
    const token = tokenOf(answer.body);
    expect(token).not.toBe('');
    const mended = complaint(token, { who: 'named', name: '甲', contact: '乙' });
    expect((await portal.post('/zhongwei/complaints/new', mended, from())).statusCode).toBe(202);
  });

  it.each<[string, Record<string, string>, number, RegExp]>([
    ['without its token', { token: '' }, 400, /表单不完整/],
    ['larger than any form', { text: '长'.repeat(40_000) }, 413, /过大/],
    ['with a NUL character', { text: `十个字以上的内容在这里了\u0000` }, 400, /不可保存/],
    ['with a field that reaches into objects', { __proto__x: 'x', constructor: 'x' }, 400, /请求不符合要求/],
  ])('%s is refused as a page', async (_name, change, status, words) => {
    const fields = complaint(await form(), change);
    const { statusCode, body } = await portal.post('/zhongwei/complaints/new', fields, from());
    expect([statusCode, words.test(body)]).toEqual([status, true]);
  });

  it('of another kind than a form is refused', async () => {
    const answer = await portal.app.inject({
      ...{ method: 'POST', url: '/zhongwei/complaints/new', payload: complaint('token-of-eight') },
      headers: { accept: 'text/html', ...from() },
    });
    expect(answer.statusCode).toBe(415);
  });

  it('a flood from one address is stopped and told how long; another address is served', async () => {
    const who = from();
    const answers = [];
    for (let n = 0; n < 11; n += 1)
      answers.push(await portal.post('/zhongwei/complaints/new', { token: '' }, who));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([
      ...Array.from({ length: 10 }, () => 400),
      429,
    ]);
    expect(answers.at(-1)?.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answers.at(-1)?.body).toMatch(/请求过于频繁[\s\S]*秒后重试/);
    expect((await portal.post('/zhongwei/complaints/new', complaint(await form()), from())).statusCode).toBe(
      202,
    );
  });
});
