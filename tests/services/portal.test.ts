// Design 5; S1–S4: pages for everybody, from the public tables alone, without script, in two languages.
import { buildService } from '@gongshu/infra/http/service';
import { testDatabase } from '../support/parts.ts';
import { type Portal, startPortal } from '../support/portal.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';
import { sampleRoutes } from '../support/sample-routes.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({ lawNow: async () => new Date('2024-06-07T10:00:00+08:00') });
}, 60_000);
afterAll(() => portal?.stop());

/** Every page that is read, and words that must stand on it. */
const pages: [path: string, words: RegExp][] = [
  ['/', /中卫市/],
  ['/zhongwei', /可申请的公共数据资源[\s\S]*<img src="data:image\/svg/],
  ['/zhongwei/catalog', /公共停车场即时车位/],
  ['/zhongwei/catalog?q=车位&provider=dept-transport', /公共停车场即时车位/],
  ['/zhongwei/catalog?q=&provider=&frequency=&level=', /不动产登记信息/],
  ['/zhongwei/catalog/R-1', /全市停车场剩余车位[\s\S]*车位数/],
  ['/zhongwei/products', /数据发展集团[\s\S]*8\.00[^<]*<span class="aside">[^<]*parking，减12\.5%/],
  ['/zhongwei/products?show=former', /召回的产品/],
  [
    '/zhongwei/products/P-1',
    /收费标准[\s\S]*parking[\s\S]*8\.00[\s\S]*减12\.5%[\s\S]*上限收费标准[\s\S]*12\.00/,
  ],
  ['/zhongwei/fees', /数据开发培训[\s\S]*10\.50/],
  ['/zhongwei/mandates', /2024年4月1日[\s\S]*2027年3月31日/],
  ['/zhongwei/selections', /640500-XZ-2024-000001/],
  ['/zhongwei/selections/640500-XZ-2024-000001', /已选定[\s\S]*公开文件/],
  ['/zhongwei/evaluations', /2024/],
  ['/zhongwei/reports', /年度披露报告/],
  ['/zhongwei/reports/640500-PL-2024-000001', /索引号[\s\S]*文号[\s\S]*发布机构[\s\S]*成文日期[\s\S]*有效性/],
  ['/zhongwei/bulletins', /通报/],
  ['/zhongwei/notices', /GB-640500-2024-000001/],
  ['/zhongwei/notices/GB-640500-2024-000001', /索引号[\s\S]*校验值/],
  ['/zhongwei/complaints/new', /查询码|投诉事项/],
  ['/zhongwei/complaints/status', /查询码/],
  ['/zhongwei/verify', /核验文书/],
  ['/zhongwei/open-data', /CSV/],
];

describe('every page', () => {
  it.each(pages)(
    '%s is served in Chinese, and in English at the same path below /en',
    async (path, words) => {
      const chinese = await portal.page(path);
      expect([chinese.statusCode, chinese.headers['content-language']]).toEqual([200, 'zh-CN']);
      expect(chinese.body).toMatch(/^<!doctype html>\n<html lang="zh-CN">/);
      expect(chinese.body).toMatch(words);
      const english = await portal.page(path === '/' ? '/en' : `/en${path}`);
      expect(english.statusCode).toBe(200);
      expect(english.body).toMatch(/^<!doctype html>\n<html lang="en">/);
      for (const { body } of [chinese, english]) {
        expect(body.match(/<h1>/g)).toHaveLength(1);
        expect(body).toContain('href="#main"');
        expect(body).not.toMatch(/<script|\sstyle="|\son[a-z]+="/);
        for (const [, address] of body.matchAll(/\s(?:href|src|action)="([^"]*)"/g))
          expect(address).toMatch(/^(?:\/(?!\/)|#|data:image\/svg\+xml;base64,)/);
      }
    },
  );

  it.each(pages)('%s may load from this host alone, and runs no script', async (path) => {
    const { headers } = await portal.page(path);
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; style-src 'self'; img-src 'self' data:/);
    expect(policy).not.toMatch(/script|unsafe|https?:/);
  });
});

describe('what the page loads', () => {
  it('has its content’s hash for a name, is kept for good, and is not sent twice', async () => {
    const { body } = await portal.page('/');
    const [, css = ''] = /rel="stylesheet"\s+href="([^"]+)"/.exec(body) ?? [];
    expect(css).toMatch(/^\/assets\/site-[0-9a-f]{16}\.css$/);
    const sheet = await portal.page(css);
    expect(sheet.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(sheet.body).not.toMatch(/url\(|@import/);
    const again = await portal.page(css, { 'if-none-match': String(sheet.headers['etag']) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await portal.page('/assets/site-0000000000000000.css')).statusCode).toBe(404);
  });
});

describe('large type', () => {
  it('is a cookie that a link sets, and leads back to a page of this site alone', async () => {
    const set = await portal.page('/display?size=large&back=%2Fzhongwei%2Fcatalog');
    expect([set.statusCode, set.headers.location]).toEqual([303, '/zhongwei/catalog']);
    expect(set.headers['set-cookie']).toMatch(
      /^gongshu-size=large; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/,
    );
    const large = await portal.page('/zhongwei', { cookie: 'other=1; gongshu-size=large' });
    expect(large.body).toContain('<html lang="zh-CN" class="large">');
    expect((await portal.page('/zhongwei', { cookie: 'gongshu-size=huge' })).body).not.toContain(
      'class="large"',
    );
    for (const back of [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example',
      '/a\nb',
      'javascript:alert(1)',
    ])
      expect(
        (await portal.page(`/display?size=large&back=${encodeURIComponent(back)}`)).headers.location,
      ).toBe('/');
  });
});

describe('what cannot be shown is told as a page, in the language asked for, with what to do next', () => {
  it.each<[string, number, RegExp]>([
    ['/nowhere', 404, /未找到/],
    ['/nowhere/at/all', 404, /未找到/],
    ['/en/nowhere', 404, /Not found/],
    ['/national', 404, /未找到/],
    ['/zhongwei/catalog/none', 404, /未找到/],
    ['/zhongwei/products/none', 404, /未找到/],
    ['/zhongwei/notices/none', 404, /未找到/],
    ['/shuozhou/notices/GB-640500-2024-000001', 404, /未找到/],
    ['/zhongwei/catalog?level=nothing', 400, /请求不符合要求/],
    ['/zhongwei/catalog?q=%00', 400, /不可保存/],
    [`/zhongwei/catalog?q=${'长'.repeat(101)}`, 400, /请求不符合要求/],
    ['/zhongwei/catalog?cursor=x', 400, /游标/],
    [`/zhongwei/notices?cursor=${btoa('["2024-13-77T00:00:00Z","x"]')}`, 400, /游标/],
    [`/zhongwei/evaluations?cursor=${btoa('[1e99,"x"]')}`, 400, /游标/],
    ['/zhongwei/catalog/%zz', 400, /请求不符合要求/],
    [`/zhongwei/catalog/${'x'.repeat(300)}`, 414, /地址过长/],
    ['/zhongwei/catalog/%ED%A0%80', 400, /请求不符合要求/],
  ])('%s is %d', async (path, status, words) => {
    const answer = await portal.page(path);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
    expect(answer.body).toMatch(words);
    expect(answer.body).toMatch(/返回首页|Back to the front page/);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('a client that asks for JSON is answered with a problem document, at the addresses of the API always', async () => {
    const asked = await portal.page('/zhongwei/catalog/none', { accept: 'application/json' });
    expect(asked.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect((await portal.page('/v1/nothing')).headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('where a service has no pages, all is as it was', async () => {
    const database = await testDatabase();
    const deps = serviceDeps('catalog', { url: database.url, tokens: await testTokens() });
    const app = await buildService({ name: 'catalog', title: 'test', routes: [sampleRoutes], deps });
    const { headers } = await app.inject({ url: '/nowhere', headers: { accept: 'text/html' } });
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    await app.close();
    await deps.db.destroy();
    await database.drop();
  });

  it('a part that is away is a page too, and says nothing of what failed', async () => {
    const broken = await startPortal({
      lawNow: async () => {
        throw Object.assign(new Error('secret words'), { code: 'ECONNREFUSED' });
      },
    });
    const answer = await broken.page('/zhongwei');
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
    expect(answer.body).toContain('服务暂不可用');
    expect(answer.body).not.toContain('secret words');
    await broken.stop();
  });
});

describe('verification', () => {
  const hash = (letter: string) => letter.repeat(64);
  it.each([
    [
      'number and hash as recorded',
      { number: 'CP-1-1', hash: `sha256:${hash('d')}` },
      /核验一致[\s\S]*出域核查记录/,
    ],
    ['the hash in capitals, without its prefix', { number: 'CP-1-1', hash: hash('D') }, /核验一致/],
    ['a receipt', { number: 'SJ-catalog', hash: hash('9') }, /核验一致[\s\S]*收件回执/],
    ['a receipt with another hash', { number: 'SJ-catalog', hash: hash('8') }, /核验不一致/],
    ['another hash', { number: 'CP-1-1', hash: hash('e') }, /核验不一致/],
    ['another number', { number: 'CP-9-9', hash: hash('d') }, /未查到/],
    ['no hash', { number: 'CP-1-1', hash: '' }, /请同时填写/],
  ])('%s', async (_name, query, words) => {
    const { statusCode, body } = await portal.page(
      `/zhongwei/verify?${new URLSearchParams(query).toString()}`,
    );
    expect([statusCode, words.test(body)]).toEqual([200, true]);
  });

  it('is of the city that is asked', async () => {
    const { body } = await portal.page(`/shuozhou/verify?number=CP-1-1&hash=${hash('d')}`);
    expect(body).toContain('未查到');
  });
});
