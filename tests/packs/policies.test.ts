import { buildService } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import { createLogger } from '@gongshu/infra/logger';
import { loadPacks } from '@gongshu/infra/packs';
import { policyRoutes } from '@gongshu/service-catalog/routes/policies';
import type { FastifyInstance } from 'fastify';

const packs = loadPacks();
let app: FastifyInstance;

beforeAll(async () => {
  const deps: ServiceDeps = {
    db: undefined as never, // policies are read from memory
    logger: createLogger('policies', { level: 'silent' }),
    verify: () => Promise.reject(new Error('nobody brings a token here')),
    lawNow: () => Promise.resolve(new Date(0)),
    sandbox: false,
    checks: {},
  };
  app = await buildService({ name: 'catalog', title: 'policies', routes: [policyRoutes({ packs })], deps });
  await app.ready();
});
afterAll(() => app.close());

const get = async (url: string) => {
  const answer = await app.inject({ method: 'GET', url });
  return { status: answer.statusCode, body: answer.json() };
};

describe('GET /v1/policies: the law that the installation runs on, open to everyone', () => {
  it('lists every jurisdiction with version, status and dates', async () => {
    const { status, body } = await get('/v1/policies');
    expect(status).toBe(200);
    expect(body.items.map((item: { jurisdiction: string }) => item.jurisdiction)).toEqual(
      packs.jurisdictions,
    );
    expect(body.items.at(-1)).toMatchObject({
      title: '中卫市',
      version: packs.resolve('zhongwei').version,
      status: 'draft',
      topics: expect.arrayContaining(['catalog', 'dataUseApplication']),
    });
  });

  it.each([
    {
      tag: '[C1 national]',
      key: 'entryContents',
      article: '九（五）',
      value: ['updateFrequency', 'dataQuality'],
    },
    { tag: '[C2 national]', key: 'flow', article: '十六', value: [{ step: 'registered', by: 'authority' }] },
    { tag: '[C3 national]', key: 'update', article: '九（五）', value: { mode: 'statedFrequency' } },
  ])('$tag the value is served with its article: $key', async ({ key, article, value }) => {
    const { status, body } = await get('/v1/policies/national');
    expect(status).toBe(200);
    expect(body.rules.catalog[key]).toMatchObject({ value, force: 'says', basis: { kind: 'cite', article } });
  });

  it.each([
    { city: 'zhongwei', topic: 'supply', key: 'suppliedBy', article: '十' },
    { city: 'shuozhou', topic: 'supply', key: 'suppliedBy', article: '十一（一）4' },
    { city: 'shuozhou', topic: 'supply', key: 'ledgerReport', article: '十一（三）3' },
    { city: 'zhongwei', topic: 'merchantOnboarding', key: 'entry', article: '十八' },
    { city: 'shuozhou', topic: 'merchantOnboarding', key: 'entry', article: '六（二）' },
  ])('$city $topic $key is only said, and served with $article', async ({ city, topic, key, article }) => {
    const { body } = await get(`/v1/policies/${city}`);
    expect(body.rules[topic][key]).toMatchObject({ force: 'says', basis: { kind: 'cite', article } });
  });

  it('serves a whole pack, nothing lost on the way', async () => {
    const { status, body } = await get('/v1/policies/zhongwei');
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(packs.resolve('zhongwei'))));
  });

  it('serves on what two jurisdictions differ', async () => {
    const { status, body } = await get('/v1/policies/zhongwei/diff/shuozhou');
    expect(status).toBe(200);
    const onSilence = body.items.find(
      (item: { key: string; topic: string }) =>
        item.topic === 'dataUseApplication' && item.key === 'onSilence',
    );
    expect(onSilence).toMatchObject({ differs: 'value', a: { value: 'consent' }, b: { value: 'overdue' } });
    const limit = body.items.find((item: { key: string }) => item.key === 'reviewLimit');
    expect(limit).toMatchObject({
      differs: 'basis',
      a: { basis: { kind: 'cite' } },
      b: { basis: { kind: 'silent' } },
    });
  });

  it('serves the difference as CSV, a line a key, each side with its article', async () => {
    const answer = await app.inject({
      method: 'GET',
      url: '/v1/policies/shuozhou/diff/wuhai',
      headers: { accept: 'text/csv' },
    });
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [heading, ...lines] = answer.body.trim().split('\r\n');
    expect(heading).toContain('事项,规则,差异,甲：内容,甲：依据,乙：内容,乙：依据');
    const term = lines.filter((line) => line.startsWith('operatingAgreement,term,'));
    expect(term).toHaveLength(1);
    expect(term[0]).toContain('朔州市公共数据资源授权运营实施方案（试行）（征求意见稿） 八');
    expect(term[0]).toContain('乌海市公共数据资源授权运营实施方案（征求意见稿） 七');
    const items = (await get('/v1/policies/shuozhou/diff/wuhai')).body.items;
    expect(lines).toHaveLength(items.length);
  });

  it('a county differs from its city in nothing', async () => {
    expect((await get('/v1/policies/zhongning/diff/zhongwei')).body.items).toEqual([]);
  });

  it('a jurisdiction differs from itself in nothing', async () => {
    expect((await get('/v1/policies/wuhai/diff/wuhai')).body).toEqual({ a: 'wuhai', b: 'wuhai', items: [] });
  });

  it.each(['/v1/policies/atlantis', '/v1/policies/atlantis/diff/wuhai', '/v1/policies/wuhai/diff/atlantis'])(
    '%s: a jurisdiction that is not held is a problem, not a fault',
    async (url) => {
      expect(await get(url)).toMatchObject({ status: 404, body: { code: 'notFound' } });
    },
  );

  it.each(['/v1/policies/..%2F..', '/v1/policies/ZHONGWEI', '/v1/policies/constructor/diff/__proto__'])(
    '%s: a name that no jurisdiction can have is refused',
    async (url) => {
      const { status } = await get(url);
      expect([400, 404]).toContain(status);
    },
  );
});
